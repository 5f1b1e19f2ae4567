"""Settings, read from the environment by django-environ; every default is safe and complete (docs/running.md)."""

import secrets
from http import HTTPStatus
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import services, storages

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _machine_secret() -> str:
    """The secret of this machine: made once and readable by its owner alone."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or _machine_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "accounts",
    "articles",
    "comments",
    "blocks",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.sitemaps",
    "newsroom.apps.SignInConfig",
    "ckeditor",
    "csp",
    "django_filters",
]

MIDDLEWARE = [
    # Before whatever asks the database, for all of it has to ask the same one.
    "newsroom.replica.ReadReplica",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.QueryStringLimit",
    "newsroom.page_cache.PageCache",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.middleware.FaultPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["newsroom.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.chrome",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------------

# Threads of one web process (deploy/gunicorn.conf.py): as many connections to the database it needs at once.
WEB_THREADS = env.int("WEB_THREADS", default=4)
DATABASES = services.databases(
    env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}"),
    env.db_url("DATABASE_REPLICA_URL") if env.str("DATABASE_REPLICA_URL", default="") else None,
    threads=WEB_THREADS,
    pool=env.int("DATABASE_POOL", default=None),
)
DATABASE_ROUTERS = ["newsroom.replica.Router"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": services.cache(env.cache_url("CACHE_URL", default="locmemcache://"))}
# Who has just read what (articles/readers.py): marks of half an hour, in a place or under a name of their own, so that
# a flood of them pushes no kept page out of local memory. Where they fill their place the oldest go, and a reader may
# count again: six megabytes in each worker.
CACHES["readers"] = CACHES["default"] | {"KEY_PREFIX": "readers"}
if CACHES["readers"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
    CACHES["readers"] |= {"LOCATION": "readers", "OPTIONS": {"MAX_ENTRIES": 20_000}}

MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Pictures on S3 instead; see newsroom/storages.py.
MEDIA_STORAGE_URL = env.str("MEDIA_STORAGE_URL", default="")
STORAGES = storages.pictures(MEDIA_STORAGE_URL, Path(MEDIA_ROOT), MEDIA_URL) | {
    "staticfiles": {"BACKEND": "newsroom.storage.SiteFilesStorage"},
}

# Readers' pictures in AVIF beside WebP: up to a quarter lighter, at three times the work (docs/running.md).
PICTURES_AVIF = env.bool("PICTURES_AVIF", default=False)

# Pages that must not need the database (500, 503), rewritten whenever the publication is saved.
ERROR_PAGES_ROOT = VAR_DIR / "errors"

# --- People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# Ten guesses from one address at one name, then a quarter of an hour of silence: a person who mistypes is not shut
# out for the evening, and a dictionary of a thousand words takes a day.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "admin/lockout.html"
AXES_RESET_ON_SUCCESS = True
# Behind a proxy all requests come from its address: whoever guessed there would lock everybody out.
AXES_CLIENT_IP_CALLABLE = "articles.visitors.client_of"
# newsroom/admin.py shows the same rows with headings in Vietnamese.
AXES_ENABLE_ADMIN = False

# --- Log --------------------------------------------------------------------------------------------------------------

# Django's own set-up is silent where DEBUG is off; a fault of the site must leave its trace in the server's log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    # A server that is away is named once (newsroom/resting.py), and not with every request that met it.
    "filters": {
        "news": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE,
        }
    },
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["news"]}},
    "loggers": {
        "django": {"handlers": ["log"], "level": "ERROR", "propagate": False},
        # Scanners that ask for foreign hosts are answered with 400, and are no fault of ours.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "newsroom.resting": {"handlers": ["log"]},
        # Its pool would say so with every attempt.
        "psycopg.pool": {"level": "ERROR"},
    },
}

# --- Vietnamese -------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["newsroom.formats"]
# Ours first; then what Django and the third-party apps lack in Vietnamese.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "third_party"]

# --- Safety -----------------------------------------------------------------------------------------------------------

SITE_ID = 1
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
# Behind a proxy of ours that sets X-Forwarded-Proto and appends to X-Forwarded-For; never set it without one.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_PROXY
SESSION_COOKIE_HTTPONLY = True
# A story whose form comes too late is given back to be sent again.
CSRF_FAILURE_VIEW = "newsroom.errors.csrf_failure"
# CKEditor's dialogs open in frames of our own.
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *storages.foreign_origins(STORAGES)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}

# As many as a query string of 4,000 bytes can hold (middleware.QueryStringLimit), which is answered as a page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4001
# A letter of Vietnamese takes nine bytes in a form: a body of twice html.BODY_LIMIT is still refused by its form, in
# which nothing is lost, and not by the server.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
# Nothing of a file is kept beyond the limits of articles/uploads.py, whoever sends it to whatever address.
FILE_UPLOAD_HANDLERS = ["articles.uploads.BoundedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
# Seconds. Whoever sends a story back waits for its letter, and must not wait for a mail server that says nothing.
EMAIL_TIMEOUT = 5

# --- The editor (docs/decisions/0001-editor.md) -----------------------------------------------------------------------

# W001 reminds of CKEditor 4's end of support; the answer is that its output is always cleaned as hostile.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

# --- Readers' comments ------------------------------------------------------------------------------------------------

COMMENTS_CLOSE_AFTER_DAYS = env.int("COMMENTS_CLOSE_AFTER_DAYS", default=30)
COMMENT_ADDRESS_KEPT_DAYS = env.int("COMMENT_ADDRESS_KEPT_DAYS", default=90)
