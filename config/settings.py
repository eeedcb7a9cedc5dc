"""Settings of Isnad. Every value an operator may change is read from the environment and listed in docs/operations.md."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# The process's own environment wins over both files.
env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
# Written by `make run` and `make test`: the private cluster's address and this installation's secret key.
env.read_env(VAR_DIR / "settings.env")

DEBUG = env.bool("DEBUG", default=False)
TESTING = "pytest" in sys.modules
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or TESTING):
        raise ImproperlyConfigured("Set SECRET_KEY: 50 random characters or more, kept out of the repository.")
    SECRET_KEY = "only-for-development-" + "x" * 50
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "config",
    "incidents",
    "sources",
    "entities",
    "history",
    "leaflet",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "pgtrigger",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.Unchanged",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "incidents.api.middleware.ApiMiddleware",
    "incidents.api.throttling.RequestLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.keep_what_was_written",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# PostGIS is the one database; `make run` points this at the private cluster under var/.
DATABASES = {"default": env.db("DATABASE_URL", default="postgis:///isnad")}
DATABASES["default"]["ENGINE"] = "django.contrib.gis.db.backends.postgis"
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# PostgreSQL would compile a large query anew each time it is asked, and take longer for that than for the first rows of a million.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# gis.W001: Debian 12's GDAL 3.6 cannot be kept from the network by a hostile spatial reference. None gets that far: geometry comes in as
# plain coordinates in SRID 4326, never with a reference system of its own.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

# Background work waits in the same database: nothing is lost with a broker, and a task is queued in the transaction that asks for it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "incidents.views.errors.not_taken"
# By default axes would lock a whole newsroom's address after one colleague's typing errors.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "config.middleware.client_address"

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Baghdad"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# django-leaflet asks for leaflet/leaflet.js: the vendored Leaflet comes before the older one it bundles.
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", BASE_DIR / "static" / "vendor" / "leaflet")]
# In tests the files that were collected for a server are not read anew for every client.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # In development and tests files are served as they lie there, under their own names.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG or TESTING else "config.storage.HashedStorage"
    },
}

# An online tile layer is the operator's choice: a URL template, its attribution; '' means none is ever asked for.
TILE_URL = env.str("TILE_URL", default="")
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", default="")
TILE_HOSTS = [f"https://{urlsplit(TILE_URL).netloc}"] if TILE_URL else []

# `default-src 'none'`: nothing loads that is not named here, and nothing from another host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:", *TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_HTTPS = False if TESTING else env.bool("SECURE_HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LEAFLET_CONFIG = {
    "DEFAULT_CENTER": (35.4, 44.3),
    "DEFAULT_ZOOM": 8,
    "MIN_ZOOM": 4,
    "MAX_ZOOM": 18,
    "TILES": [],
    "RESET_VIEW": False,
    "ATTRIBUTION_PREFIX": "",
}
DATA_LICENCE = env.str("DATA_LICENCE", default="CC BY 4.0")

# Requests a minute from one address; 0 for no limit.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=600)
FILE_REQUESTS_A_MINUTE = env.int("FILE_REQUESTS_A_MINUTE", default=120)
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "incidents.api.schema.PublicSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["incidents.api.renderers.JSON"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "incidents.api.problems.problem_of",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    # Whoever is not behind a proxy of ours could write any address into X-Forwarded-For.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Isnad",
    "DESCRIPTION": "Published incidents and joint coordination, each claim with the passage, the statement and the outlets it hangs on.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": DATA_LICENCE},
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_GENERATOR_CLASS": "incidents.api.schema.EnglishGenerator",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "incidents.api.schema.add_problems"],
    "ENUM_NAME_OVERRIDES": {
        "ClaimAttribute": "incidents.models.Claim.Attribute",
        "HeadlineAttribute": "incidents.models.Resolution.Attribute",
        "EventKind": "incidents.taxonomy.Kind",
        "EventType": "incidents.taxonomy.TYPE_CHOICES",
        "EventModality": "incidents.taxonomy.Modality",
        "Certainty": "incidents.models.Claim.Certainty",
        "CommitmentKind": "incidents.models.Commitment.Kind",
        "CommitmentStatus": "incidents.models.Commitment.Status",
        "OutletKind": "sources.models.Outlet.Kind",
        "SpeakerKind": "sources.models.Speaker.Kind",
        "StatementKind": "sources.models.Statement.Kind",
        "ActorKind": "entities.models.Actor.Kind",
        "Side": "entities.models.Side",
        "CandidateVerdict": "incidents.models.Candidate.Verdict",
        "ReuseVerdict": "sources.models.TextReuse.Verdict",
        "SubmissionState": "sources.models.Submission.State",
        "ImportState": "incidents.models.DatasetImport.State",
    },
    "AUTHENTICATION_WHITELIST": ["incidents.api.desk.access.TokenAuthentication"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
