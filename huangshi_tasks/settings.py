"""Every setting, from the environment. README.md has the table of variables; no prefix.

Three ways to run, one file: the demonstration (SQLite, jobs in-process, a business date), tests,
and production (PostgreSQL, Redis, SITE_URL with https). Secure by default: DEBUG is off.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from huangshi_tasks.deploying.variables import NAMES
from huangshi_tasks.env import Environment, SettingError
from huangshi_tasks.secret import checkout_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
env = Environment(os.environ)
env.refuse_misspelt(NAMES)

# --- What kind of running this is
DEBUG = env.flag("DEBUG")
SECRET_KEY_IS_OWN = "SECRET_KEY" in os.environ
SECRET_KEY = env.text("SECRET_KEY", "") if SECRET_KEY_IS_OWN else checkout_key(VAR / "secret_key")
# keys of before, while what they signed is still about
SECRET_KEY_FALLBACKS = env.texts("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE = env.site("SITE_URL", "http://127.0.0.1:8000")
SITE_URL = SITE.geturl().rstrip("/")
OFFICE_NAMES = {  # until somebody names the place in the system (units.city)
    "organisation": env.optional("ORGANISATION") or "",
    "bureau": env.text("BUREAU", "督查室"),
    "phone": env.optional("SUPPORT_PHONE") or "",
}
BUSINESS_DATE = env.day("BUSINESS_DATE")
ALLOW_SAMPLE = env.flag("ALLOW_SAMPLE")  # the sample year on PostgreSQL: for tests and measuring
RAW_ADMIN = env.flag("RAW_ADMIN")  # Django's admin at /admin/
ALLOW_BUSINESS_DATE = env.flag("ALLOW_BUSINESS_DATE") or DEBUG
if BUSINESS_DATE and not ALLOW_BUSINESS_DATE:
    raise SettingError(
        "BUSINESS_DATE", "只用于培训和演示；确需使用时同时设置 ALLOW_BUSINESS_DATE=1"
    )

INSTALLED_APPS = [
    "huangshi_tasks",
    "units",
    "tasks",
    "progress",
    "reports",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
if find_spec("demo") is not None:  # the sample year; a production machine does without its folder
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "huangshi_tasks.watching.middleware.RequestNumberMiddleware",
    "huangshi_tasks.watching.middleware.ProbeMiddleware",
    "huangshi_tasks.watching.middleware.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huangshi_tasks.middleware.NoStoreMiddleware",
    "huangshi_tasks.middleware.CompressMiddleware",
    "csp.middleware.CSPMiddleware",
    "huangshi_tasks.middleware.InputGuardMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huangshi_tasks.middleware.IdleSessionMiddleware",
    "units.log.origin.OriginMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "units.session.person.PersonMiddleware",
    "units.people.middleware.LoginMiddleware",
    "units.guard.middleware.RefusedMiddleware",
    "units.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huangshi_tasks.middleware.MethodMiddleware",
]

ROOT_URLCONF = "huangshi_tasks.urls"
WSGI_APPLICATION = "huangshi_tasks.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["units.templatetags.own_forms"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.frame.context.shell",
            ],
        },
    },
]

# --- The door for other systems (`reports.api`)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "reports.api.access.TokenCaller",
        "reports.api.access.SessionCaller",
    ],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "reports.api.answers.problem",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "重点工作督查接口",
    "DESCRIPTION": "与页面同一查询、同一权限的只读数据。数字与页面和Excel一致。",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # it asks the database; a test compares the schema instead
    "PREPROCESSING_HOOKS": ["reports.api.schema.only_ours"],
    "POSTPROCESSING_HOOKS": ["reports.api.schema.with_shapes"],
}

FORM_RENDERER = "units.face.controls.Renderer"  # thirty widgets a page, without their templates

# --- Database
DATABASE = env.database("DATABASE_URL", "sqlite:///var/db.sqlite3", BASE_DIR)
IS_SQLITE = DATABASE["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    if DATABASE["NAME"] != ":memory:":
        Path(DATABASE["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASE["OPTIONS"] = {
        # Without these three, most concurrent writes fail with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A new connection costs more than most pages: each thread keeps its own for good.
    DATABASE |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    # Everything fits in memory, and pages ask for few rows: with the defaults, made for spinning
    # disks, a page of one year reads whole tables once there are many years. jit costs more than it
    # gives. An address with `options` of its own has the last word.
    DATABASE["OPTIONS"] = {"options": "-c random_page_cost=1.1 -c jit=off"} | DATABASE["OPTIONS"]
    # A pool hands out a connection for one transaction: a cursor that outlives it is not there.
    DATABASE["DISABLE_SERVER_SIDE_CURSORS"] = env.flag("DATABASE_POOLED")
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who comes in
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "units:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "units:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "units.people.validators.LengthValidator"},
    {"NAME": "units.people.validators.CharacterClassValidator"},
    {"NAME": "units.people.validators.UserNameValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "units.people.validators.GuessableValidator"},
    {"NAME": "units.people.validators.HistoryValidator"},
]
PASSWORD_LENGTH = env.number("PASSWORD_LENGTH", 12, least=8, most=64)
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 0, least=0, most=3650)  # 0: no change period
_PBKDF2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
_ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
PASSWORD_HASHERS = [_PBKDF2, _ARGON2]  # the first makes new ones, both are read
if env.choice("PASSWORD_HASHER", "pbkdf2", ("pbkdf2", "argon2")) == "argon2":
    PASSWORD_HASHERS.reverse()
# of whom two people decide: whoever holds power or sees more than one unit, or everybody
TWO_PEOPLE = env.choice("TWO_PEOPLE", "powers", ("powers", "all"))
SECOND_FACTOR_IS_SET = "SECOND_FACTOR" in os.environ
SECOND_FACTOR = env.choice("SECOND_FACTOR", "required", ("required", "offered", "off"))
OTP_TOTP_THROTTLE_FACTOR = 0  # tries of all ways are counted together (`units.guard.tries`)
# whose word counts about where a request comes from, and about certificates
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
CLIENT_CERT_HEADER = env.header("CLIENT_CERT_HEADER")
if CLIENT_CERT_HEADER and not TRUSTED_PROXIES:
    raise SettingError("CLIENT_CERT_HEADER", "只采信TRUSTED_PROXIES列出的前端，请同时设置")

# --- Sessions end after half an hour without a request, after twelve, and with the browser
SESSION_ENGINE = "units.session.store"
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_LONGEST = 12 * 3600  # seconds from the login on, however busy
SESSIONS_PER_PERSON = env.number("SESSIONS_PER_PERSON", 0, least=0, most=100)  # 0: no limit
CSRF_FAILURE_VIEW = "units.people.views_expired.csrf_failure"

# --- Language and time
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- What the browser may do
HTTPS = SITE.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
_OURS = "__Host-" if HTTPS else ""  # browsers take these from this very host over https only
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_OURS}session", f"{_OURS}csrftoken"
DEVICE_COOKIE_NAME = f"{_OURS}device"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# other sites of the city may lie under the same name, and be http still: they are not ours to say
HSTS_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and HSTS_SUBDOMAINS
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # ask for those two
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^metrics$"]  # probes are answered before anybody looks
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Files
FILES_DIR = env.folder("FILES_DIR", VAR / "files", BASE_DIR)
MEDIA_ROOT = FILES_DIR
MEDIA_URL = ""  # never served by address: every download goes through a view and its permission
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOADS_PER_DAY = env.number("UPLOADS_PER_DAY", 1000, least=20, most=1_000_000)  # MB a person
CLAMD_URL = env.clamd("CLAMD_URL")  # None: 未配置病毒扫描
OFFICE_CONVERTER = env.optional("OFFICE_CONVERTER")  # soffice; None: papers are printed, no PDF
BODY_MAX_BYTES = UPLOAD_MAX_BYTES + 5 * 1024 * 1024
FIELDS_MAX_BYTES = 2 * 1024 * 1024  # what is typed, by InputGuardMiddleware; a notice may be longer
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_MAX_BYTES
STATIC_URL = "static/"
STATICFILES_DIRS: list[Any] = [BASE_DIR / "static"]
BUILD = BASE_DIR / "build"  # site.css and site.js, by `npm run build`
if BUILD.is_dir():  # commands and tests run without the front-end's files
    STATICFILES_DIRS.append(BUILD)
ECHARTS = BASE_DIR / "node_modules" / "echarts" / "dist"
if ECHARTS.is_dir():
    STATICFILES_DIRS.append(("echarts", ECHARTS))
STATIC_MANIFEST = env.flag("STATIC_MANIFEST")
STATIC_ROOT = BASE_DIR / "staticfiles" if STATIC_MANIFEST else None
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "units.files.store.Store"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        # not as uploads: root collects them, and the site's own account reads them
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

# --- Mail and jobs
MAIL = env.email("EMAIL_URL", "file:///var/mail", BASE_DIR)
globals().update(MAIL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "ducha@localhost")
REDIS_URL = env.redis("REDIS_URL")

# --- Pages that nothing was written to since (`units.pages.kept`)
KEEP_PAGES = not DEBUG
if REDIS_URL:
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "pages",
            # a page is made rather than waited for
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 200},
        }
    }

# --- Other ways by which reminders leave; hosts they may go to are named one by one
OUTBOUND_HOSTS = env.hosts("OUTBOUND_HOSTS", "localhost")
SMS_FOLDER = env.file_folder("SMS_URL", BASE_DIR)
SMS_URL = env.outbound("SMS_URL", OUTBOUND_HOSTS) if SMS_FOLDER is None else None
SMS_TOKEN = env.optional("SMS_TOKEN")
if SMS_TOKEN and SMS_URL and SMS_URL.startswith("http:"):
    raise SettingError("SMS_URL", "设置了SMS_TOKEN时必须用https，否则令牌在网络上可被读取")
WECOM_URL = env.outbound("WECOM_URL", OUTBOUND_HOSTS)
DINGTALK_URL = env.outbound("DINGTALK_URL", OUTBOUND_HOSTS)
DINGTALK_SECRET = env.optional("DINGTALK_SECRET")
WEBHOOK_URL = env.outbound("WEBHOOK_URL", OUTBOUND_HOSTS)
WEBHOOK_SECRET = env.optional("WEBHOOK_SECRET")
# how many seconds a minute of leases and retries has: 60; fault tests let it pass faster
OUTBOX_MINUTE = env.number("OUTBOX_MINUTE", 60, least=1, most=60)

# --- What is kept of the system elsewhere, and what is told of it to machines
_key_file = env.optional("BACKUP_KEY_FILE")
BACKUP_KEY_FILE = None if _key_file is None else Path(_key_file)
# the log is made with a key outside the database, and told to a witness (units/log)
_log_keys = env.optional("LOG_KEY_FILE")
LOG_KEY_FILE = None if _log_keys is None else Path(_log_keys)
LOG_DIGEST = env.choice("LOG_DIGEST", "sha256", ("sha256", "sm3"))
LOG_WITNESS = env.witness("LOG_WITNESS")
METRICS_TOKEN = env.optional("METRICS_TOKEN")
if METRICS_TOKEN is not None and len(METRICS_TOKEN) < 20:
    raise SettingError("METRICS_TOKEN", "应不少于20个字符")

# --- Logging: lines for machines in production, for people with DEBUG
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "huangshi_tasks.logs.JsonFormatter"},
        "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "text" if DEBUG else "json",
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # in-process jobs are in 消息渠道; a line a minute would push the accounts off the screen
        "celery.app.trace": {"level": "INFO" if REDIS_URL else "WARNING"},
    },
}
