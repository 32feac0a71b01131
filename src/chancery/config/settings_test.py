"""Settings of the test run: quick password hashes, no manifest of static files, no pool."""

from chancery.config.settings import *  # noqa: F403 - the same settings, but for what stands below
from chancery.config.settings import DATABASES, STORAGES

DATABASES["default"]["OPTIONS"] = {}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
ACCOUNT_RATE_LIMITS = {}
WHITENOISE_AUTOREFRESH = True
