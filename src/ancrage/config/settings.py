"""Settings of the site, all from the environment; every default is safe on one's own machine.

``DATABASE_URL``            where what people write is kept; SQLite in the data folder by default
``ANCRAGE_DATA``            folder of public data and of the default database
``ANCRAGE_HOSTS``           names the site answers to, separated by commas
``ANCRAGE_SECRET_KEY``      made once and kept in the data folder when absent
``ANCRAGE_SECRET_KEY_FICHIER``  file where a vault writes it
``ANCRAGE_ORIGINE``         address people type, for links in documents, such as https://ancrage.example.org
``ANCRAGE_MANDATAIRES``     servers (reverse proxies) between a visitor and this one (0 by default)
``ANCRAGE_DEBIT_API``       requests a minute that one address may make to the API (600 by default)
``ANCRAGE_PARTAGE``         what processes share: ``debits`` (rates, in the database), ``base`` (pages too) or
                            ``redis://…`` (pages there, rates in the database); nothing by default
``ANCRAGE_SMTP``            server that messages leave by: smtp://name:password@host:587?tls=1, smtps://…
``ANCRAGE_EXPEDITEUR``      address they are from, such as Ancrage <ne-pas-repondre@example.org>
``ANCRAGE_ANTIVIRUS``       clamd, that looks at files given: unix:///run/clamav/clamd.ctl or tcp://host:3310;
                            nobody by default
``ANCRAGE_BOITE``           folder of the messages that a local server received (development only)
``ANCRAGE_COPIES_DU_DROIT`` git folders of public copies of the law by day, whose wordings alerts compare

How people sign in, an identity provider among others, is in :mod:`ancrage.config.accounts`.
"""

import os

import dj_database_url

from ancrage.config.accounts import accounts, sessions
from ancrage.config.antivirus import antivirus
from ancrage.config.caches import caches
from ancrage.config.databases import encrypted
from ancrage.config.mail import mail_settings
from ancrage.config.secret import secret_of
from ancrage.config.security import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from ancrage.location import data_directory
from ancrage.web.assets import BUILT, SERVED

DATA = data_directory()
DEBUG = False
SECRET_KEY = secret_of(os.environ, DATA)
ALLOWED_HOSTS = os.environ.get("ANCRAGE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_ORIGIN = os.environ.get("ANCRAGE_ORIGINE", "").rstrip("/")
# How many servers stand before this one: the address of a visitor is the one the last of them saw.
NINJA_NUM_PROXIES = int(os.environ.get("ANCRAGE_MANDATAIRES", "0"))
API_RATE = f"{int(os.environ.get('ANCRAGE_DEBIT_API', '600'))}/min"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "ancrage.people.identity_provider",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "ancrage.web",
    "ancrage.journal",
    "ancrage.portrait",
    "ancrage.tasks",
    "ancrage.people",
    "ancrage.alerts",
    "ancrage.introductions",
    "ancrage.needs",
    "ancrage.workspace",
]
MIDDLEWARE = [
    "ancrage.desk.journal.JournalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "ancrage.desk.headers.HeadersMiddleware",
    "ancrage.desk.clear.ClearMiddleware",
    "ancrage.desk.private.NeverKeptMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ancrage.desk.compression.CompressionMiddleware",
    "ancrage.desk.private.PrivateSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ancrage.desk.private.PrivateCsrfMiddleware",
    "ancrage.desk.private.PrivateAuthenticationMiddleware",
    "ancrage.desk.private.PrivateMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ancrage.desk.changing.ChangingMiddleware",
    "ancrage.api.doorway.ApiMiddleware",
    "ancrage.web.failures.FailureMiddleware",
]
ROOT_URLCONF = "ancrage.config.urls"
WSGI_APPLICATION = "ancrage.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "ancrage.web.pages.environment",
            "context_processors": ["ancrage.web.pages.surroundings"],
        },
    }
]

DATABASES = {
    "default": encrypted(
        dj_database_url.parse(
            os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'atelier.sqlite3'}",
            conn_max_age=60,
            conn_health_checks=True,
        )
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Several processes write: wait for one's turn, and let readers read meanwhile. What was told written
    # is on the disk, even when the machine loses its power.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASK_KINDS = "ancrage.desk.kinds.KINDS"
SWEEPERS = (
    "ancrage.people.persons.forget_over",
    "ancrage.desk.passes.alerts",
    "ancrage.desk.passes.introductions",
    "ancrage.desk.passes.needs",
    "ancrage.desk.passes.projects",
)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CACHES = caches(os.environ.get("ANCRAGE_PARTAGE", ""))
# Whether several processes count the requests of a visitor together; each counts its own otherwise.
RATES_SHARED = bool(os.environ.get("ANCRAGE_PARTAGE"))

STATIC_URL = "/statique/"
STATIC_ROOT = SERVED
STATICFILES_DIRS = [BUILT] if BUILT.is_dir() else []
STORAGES = {"staticfiles": {"BACKEND": "ancrage.web.assets.storage.SiteFiles"}}
WHITENOISE_MAX_AGE = 3600

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
# The words of Django and of django-allauth, in signed-in pages; nothing else is translated.
USE_I18N = True
USE_TZ = True

# Public pages have no session, no cookie, no account: nothing there needs the visitor's consent.
SECURE = SITE_ORIGIN.startswith("https")
globals().update(accounts(secure=SECURE), **sessions(secure=SECURE))
# Messages: where they leave from, and where the local server of development keeps those it received.
globals().update(mail_settings(os.environ.get("ANCRAGE_SMTP", "")))
DEFAULT_FROM_EMAIL = os.environ.get("ANCRAGE_EXPEDITEUR", "Ancrage <ne-pas-repondre@localhost>")
LOCAL_MAILBOX = os.environ.get("ANCRAGE_BOITE", "")
LAW_COPIES = tuple(filter(None, os.environ.get("ANCRAGE_COPIES_DU_DROIT", "").split(os.pathsep)))
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
# Also what the door reads of a body. Files given are no larger: they are read in memory, never written.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 4_500_000
FILE_UPLOAD_HANDLERS = ["ancrage.desk.uploads.LookedAt"]
# Who looks at them: clamd, at unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; nobody by default.
ANTIVIRUS = antivirus(os.environ.get("ANCRAGE_ANTIVIRUS", ""))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "{levelname}{name}{message}",
            "style": "{",
            "timestamp": True,
        }
    },
    "filters": {"sans_requete": {"()": "ancrage.desk.journal.WithoutRequest"}},
    "handlers": {
        "journal": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["sans_requete"]}
    },
    "root": {"handlers": ["journal"], "level": "WARNING"},
    "loggers": {
        "ancrage": {"level": "INFO"},
        # Faults of ours only: Django's own line of a refused request adds nothing to that of the journal.
        "django.request": {"level": "ERROR"},
    },
}
