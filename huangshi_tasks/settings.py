"""Every setting, from the environment. README.md has the table of variables; no prefix.

Three ways to run, one file: the demonstration (SQLite, jobs in-process, a business date), tests,
and production (PostgreSQL, Redis, SITE_URL with https). Secure by default: DEBUG is off.
"""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from huangshi_tasks.env import Environment, SettingError
from huangshi_tasks.secret import checkout_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
env = Environment(os.environ)
env.refuse_misspelt(
    frozenset(
        {
            "SECRET_KEY",
            "DEBUG",
            "ALLOWED_HOSTS",
            "DATABASE_URL",
            "BUSINESS_DATE",
            "ALLOW_BUSINESS_DATE",
            "REDIS_URL",
            "EMAIL_URL",
            "EMAIL_FROM",
            "SMS_URL",
            "SMS_TOKEN",
            "WECOM_URL",
            "DINGTALK_URL",
            "DINGTALK_SECRET",
            "WEBHOOK_URL",
            "WEBHOOK_SECRET",
            "OUTBOUND_HOSTS",
            "OUTBOX_MINUTE",
            "SITE_URL",
            "FILES_DIR",
            "CLAMD_URL",
            "STATIC_MANIFEST",
            "ORGANISATION",
            "BUREAU",
            "SUPPORT_PHONE",
        }
    )
)

# --- What kind of running this is
DEBUG = env.flag("DEBUG")
SECRET_KEY_IS_OWN = "SECRET_KEY" in os.environ
SECRET_KEY = env.text("SECRET_KEY", "") if SECRET_KEY_IS_OWN else checkout_key(VAR / "secret_key")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE = env.site("SITE_URL", "http://127.0.0.1:8000")
SITE_URL = SITE.geturl().rstrip("/")
OFFICE_NAMES = {  # as heads of pages print them
    "organisation": env.text("ORGANISATION", "黄石市人民政府办公室"),
    "bureau": env.text("BUREAU", "督查室"),
    "phone": env.optional("SUPPORT_PHONE") or "",
}
BUSINESS_DATE = env.day("BUSINESS_DATE")
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
    "axes",
    "csp",
]
if find_spec("demo") is not None:  # the sample year; a production machine does without its folder
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huangshi_tasks.middleware.NoStoreMiddleware",
    "huangshi_tasks.middleware.CompressMiddleware",
    "csp.middleware.CSPMiddleware",
    "huangshi_tasks.middleware.InputGuardMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huangshi_tasks.middleware.IdleSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "units.people.middleware.LoginMiddleware",
    "units.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
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
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who comes in
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
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
]
# By user name: by address, one clerk's typing would lock a whole office behind one router.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "units.people.accounts.tried_name"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # logins are in our own log, which nobody can empty
AXES_LOCKOUT_CALLABLE = "huangshi_tasks.errors.locked_out"
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # asks for the address in the key; see above

# --- Sessions end after half an hour without a request, and with the browser
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "session"
CSRF_FAILURE_VIEW = "units.people.views_expired.csrf_failure"

# --- Language and time
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- What the browser may do
HTTPS = SITE.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
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
CLAMD_URL = env.clamd("CLAMD_URL")  # None: 未配置病毒扫描
BODY_MAX_BYTES = UPLOAD_MAX_BYTES + 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
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
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Mail and jobs
MAIL = env.email("EMAIL_URL", "file:///var/mail", BASE_DIR)
globals().update(MAIL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "ducha@localhost")
REDIS_URL = env.redis("REDIS_URL")

# --- Other ways by which reminders leave; hosts they may go to are named one by one
OUTBOUND_HOSTS = env.hosts("OUTBOUND_HOSTS", "localhost")
SMS_FOLDER = env.file_folder("SMS_URL", BASE_DIR)
SMS_URL = env.outbound("SMS_URL", OUTBOUND_HOSTS) if SMS_FOLDER is None else None
SMS_TOKEN = env.optional("SMS_TOKEN")
WECOM_URL = env.outbound("WECOM_URL", OUTBOUND_HOSTS)
DINGTALK_URL = env.outbound("DINGTALK_URL", OUTBOUND_HOSTS)
DINGTALK_SECRET = env.optional("DINGTALK_SECRET")
WEBHOOK_URL = env.outbound("WEBHOOK_URL", OUTBOUND_HOSTS)
WEBHOOK_SECRET = env.optional("WEBHOOK_SECRET")
# how many seconds a minute of leases and retries has: 60; fault tests let it pass faster
OUTBOX_MINUTE = env.number("OUTBOX_MINUTE", 60, least=1, most=60)

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
