"""Every variable of the environment, once: what it means, and what one looks like. Pure.

The settings refuse what is one letter away from a name here; the file of the environment that
`deployment_files` writes explains each. A test holds this list and what the settings read together.
"""

from __future__ import annotations

from typing import NamedTuple


class Variable(NamedTuple):
    """One setting. `example` is what production writes; `needed`: it does not run without."""

    name: str
    meaning: str
    example: str
    needed: bool = False
    is_training: bool = False  # only for training and tests, never offered to production


VARIABLES = (
    Variable(
        "SECRET_KEY",
        "密钥，登录和表单以它签名。各台机器必须相同；更换后所有人需重新登录。本文件生成时已随机产生",
        "",
        needed=True,
    ),
    Variable(
        "SITE_URL",
        "用户打开的网址，邮件里的链接用它。https 开头时登录信息只走加密连接",
        "https://ducha.example.gov.cn",
        needed=True,
    ),
    Variable(
        "ALLOWED_HOSTS",
        "网址中允许出现的主机名，用逗号分隔，不带 http:// 和端口",
        "ducha.example.gov.cn",
        needed=True,
    ),
    Variable(
        "DATABASE_URL",
        "PostgreSQL 地址。密码中的特殊字符写成百分号编码（如 # 写成 %23）",
        "postgres://ducha:PASSWORD@127.0.0.1:5432/ducha",
        needed=True,
    ),
    Variable(
        "DATABASE_POOLED",
        "DATABASE_URL 指向按事务复用连接的 pgbouncer 时写 1",
        "0",
    ),
    Variable(
        "REDIS_URL",
        "Redis 地址，后台任务和已生成的页面经由它。停用期间页面照常，任务留在数据库中等待",
        "redis://127.0.0.1:6379/0",
        needed=True,
    ),
    Variable(
        "FILES_DIR",
        "上传文件所在的文件夹。两台机器时须是两台都能读写的共享目录",
        "/var/lib/ducha/files",
        needed=True,
    ),
    Variable(
        "STATIC_MANIFEST",
        "正式环境写 1：样式和脚本带校验值，升级后浏览器立即换新。需先运行 collectstatic",
        "1",
        needed=True,
    ),
    Variable(
        "EMAIL_URL",
        "发信服务器：smtp://、smtp+tls://（STARTTLS）或 smtps://USER:PASSWORD@HOST:PORT",
        "smtp+tls://ducha:PASSWORD@mail.example.gov.cn:587",
        needed=True,
    ),
    Variable("EMAIL_FROM", "提醒邮件的发件人", "ducha@example.gov.cn", needed=True),
    Variable(
        "CLAMD_URL",
        "病毒扫描程序 clamd 的地址：tcp://HOST:3310 或 unix:/run/clamav/clamd.ctl。不设则不扫描",
        "unix:/run/clamav/clamd.ctl",
    ),
    Variable(
        "OFFICE_CONVERTER",
        "LibreOffice 的程序，用来把印发的通报转成 PDF。不设则页面只提供打印",
        "/usr/bin/soffice",
    ),
    Variable("ORGANISATION", "页眉页脚上的单位全称", "示例市人民政府办公室"),
    Variable("BUREAU", "页面上对督查部门的称呼", "督查室"),
    Variable("SUPPORT_PHONE", "忘记密码时联系的电话，显示在登录页和页脚", "0000-0000000"),
    Variable(
        "OUTBOUND_HOSTS",
        "下面几种消息可以发往的主机，用逗号分隔；不在其中的一律不发",
        "qyapi.weixin.qq.com,oapi.dingtalk.com",
    ),
    Variable(
        "SMS_URL",
        "短信网关的 https 地址，其主机须在 OUTBOUND_HOSTS 中",
        "https://sms.example.gov.cn/send",
    ),
    Variable("SMS_TOKEN", "短信网关的口令", "TOKEN"),
    Variable(
        "WECOM_URL",
        "企业微信群机器人的地址，含 key",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=KEY",
    ),
    Variable(
        "DINGTALK_URL",
        "钉钉群机器人的地址，含 access_token",
        "https://oapi.dingtalk.com/robot/send?access_token=TOKEN",
    ),
    Variable("DINGTALK_SECRET", "钉钉群机器人的加签密钥", "SECRET"),
    Variable("WEBHOOK_URL", "其他接收方的地址，收到的是 JSON", "https://oa.example.gov.cn/hook"),
    Variable("WEBHOOK_SECRET", "发往 WEBHOOK_URL 的请求以它签名", "SECRET"),
    Variable(
        "BACKUP_KEY_FILE",
        "备份加密口令所在的文件，用 openssl rand -base64 48 生成，另存一份在别处。不设则不加密",
        "/etc/ducha/backup.key",
    ),
    Variable(
        "LOG_KEY_FILE",
        "操作日志的密钥所在的文件，每行一个，新的在后，用 openssl rand -base64 48 生成，"
        "另存一份在别处。设置后运行 manage.py key_log，此前的日志照旧核对",
        "/etc/ducha/log.key",
    ),
    Variable("LOG_DIGEST", "操作日志用密钥校验的算法，sha256 或 sm3", "sha256"),
    Variable(
        "LOG_WITNESS",
        "操作日志末端的见证，在另一块磁盘或另一台机器上：file:///路径 或 syslog://HOST:514",
        "file:///mnt/witness/ducha-log.txt",
    ),
    Variable(
        "METRICS_TOKEN",
        "监控程序读取 /metrics 的口令，不少于20个字符。不设则没有 /metrics",
        "TOKEN-OF-AT-LEAST-20-CHARACTERS",
    ),
    Variable(
        "SECOND_FACTOR",
        "第二重验证：required 督查室和管理、审计人员必须使用，offered 自愿，off 不用",
        "required",
        needed=True,
    ),
    Variable(
        "TWO_PEOPLE",
        "哪些任职和重置须由两人办理：powers 督查室、系统管理员、审计员、政府领导、查阅，"
        "all 所有角色",
        "powers",
    ),
    Variable(
        "TRUSTED_PROXIES",
        "前端 nginx 的地址或网段，用逗号分隔，两台机器时写两台的地址。只采信它们转来的用户地址，"
        "不设则人人都是前端的地址，一人试错密码会挡住所有人",
        "127.0.0.1",
        needed=True,
    ),
    Variable(
        "CLIENT_CERT_HEADER",
        "前端核验客户端证书（UKey）后转来证书主体的请求头。设置、更改或停用后须重新生成并安装 "
        "nginx 的文件：由它覆盖用户自带的这个请求头。签发机构的证书放在 /etc/ducha/tls/clients.crt",
        "X-Client-Subject",
    ),
    Variable("PASSWORD_LENGTH", "密码最短几个字符，8至64", "12"),
    Variable("PASSWORD_DAYS", "密码每隔几天必须更换，0 为不要求", "0"),
    Variable("PASSWORD_HASHER", "密码的散列算法，pbkdf2 或 argon2", "pbkdf2"),
    Variable("SESSIONS_PER_PERSON", "一人同时可有几处登录，多出的最早一处退出，0 为不限", "0"),
    Variable("UPLOADS_PER_DAY", "一人一天最多上传多少 MB", "1000"),
    Variable("HSTS_SUBDOMAINS", "同一域名下所有网站都长期只用 https 时写 1", "0"),
    Variable(
        "SECRET_KEY_FALLBACKS",
        "更换密钥后，旧密钥写在这里，用空格分隔，待旧的签名失效后删除",
        "",
    ),
    Variable("DEBUG", "只用于开发，正式环境不得设置", "0", is_training=True),
    Variable("BUSINESS_DATE", "把业务日期移到某一天，只用于培训", "2022-08-03", is_training=True),
    Variable(
        "RAW_ADMIN",
        "写 1 时开放 /admin/（Django 自带的账号和单位页面），只在须手工改正数据时打开",
        "0",
    ),
    Variable("ALLOW_SAMPLE", "允许把示例年度载入 PostgreSQL", "1", is_training=True),
    Variable("ALLOW_BUSINESS_DATE", "允许 BUSINESS_DATE", "1", is_training=True),
    Variable("OUTBOX_MINUTE", "发件箱的一分钟有几秒，只有测试缩短它", "60", is_training=True),
)
NAMES = frozenset(each.name for each in VARIABLES)
