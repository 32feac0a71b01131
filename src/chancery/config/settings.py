"""Django's settings, read from the environment. `chancery up` prepares that environment."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from chancery.config.security import content_security_policy, is_local

DATA = Path(os.environ.get("CHANCERY_DATA", "var")).resolve()
WEB = Path(__file__).parent.parent / "web"  # what belongs together lives together: area by area
BASE_URL = os.environ.get("CHANCERY_BASE_URL", "http://localhost:8000").rstrip("/")
_IS_LOCAL = is_local(BASE_URL)


def _database(url: str) -> dict[str, object]:
    """Return Django's description of a postgresql:// address, with a pool of connections."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 16, "timeout": 10},
            **dict(parse_qsl(parts.query)),  # such as sslmode=require
        },
    }


def _secret_key() -> str:
    """Return the signing key: from the environment, else from the key file that the start made."""
    if key := os.environ.get("CHANCERY_SECRET_KEY"):
        return key
    return (DATA / "keys" / "django.key").read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or "localhost"]
if _IS_LOCAL:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
FILE_UPLOAD_HANDLERS = [
    "chancery.web.shell.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
ROOT_URLCONF = "chancery.config.urls"
WSGI_APPLICATION = "chancery.config.wsgi.application"
DATABASES = {"default": _database(os.environ["CHANCERY_DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "chancery.tenancy",
    "chancery.outbox",
    "chancery.practice",
    "chancery.ledger",
    "chancery.trust",
    "chancery.office",
    "chancery.accounting",
    "chancery.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chancery.web.firm_of_request.FirmOfRequest",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(WEB.glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "chancery.web.shell.context.shell",
            ],
        },
    }
]

AUTH_USER_MODEL = "practice.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_COOKIE_AGE has passed
ACCOUNT_FORMS = {
    "login": "chancery.web.sign_in.forms.SignIn",
    "change_password": "chancery.web.sign_in.forms.ChangePassword",
    "reauthenticate": "chancery.web.sign_in.forms.SignInAgain",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # as trust.releases.STEP_UP_LASTS, which decides
ACCOUNT_ADAPTER = "chancery.web.sign_in.adapter.ClosedDoor"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/5m/key"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = sorted(WEB.glob("*/static"))
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# On a machine's own address there is no certificate; anywhere else everything is HTTPS.
SESSION_COOKIE_NAME = "chancery-session" if _IS_LOCAL else "__Host-chancery-session"
CSRF_COOKIE_NAME = "chancery-csrf" if _IS_LOCAL else "__Host-chancery-csrf"
SESSION_COOKIE_SECURE = not _IS_LOCAL
CSRF_COOKIE_SECURE = not _IS_LOCAL
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = not _IS_LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if _IS_LOCAL else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

XERO_CLIENT_ID = os.environ.get("XERO_CLIENT_ID", "")
XERO_CLIENT_SECRET = os.environ.get("XERO_CLIENT_SECRET", "")
XERO_SANDBOX_URL = os.environ.get("XERO_SANDBOX_URL", "").rstrip("/")
XERO_CONSENT_URL = XERO_SANDBOX_URL or "https://login.xero.com"
CONTENT_SECURITY_POLICY = content_security_policy(XERO_CONSENT_URL)
TOKEN_KEY_FILE = DATA / "keys" / "tokens.key"
