"""Settings of the test run: quick password hashes, no manifest of static files, no pool.

The tests' own database server is started when the first test asks for it and told to Django then;
until it is, the address below leads nowhere.
"""

import os
import tempfile
import uuid

# Only named here: the type checker reads these settings too, and leaves without tidying up.
os.environ.setdefault(
    "CHANCERY_DATA", f"{tempfile.gettempdir()}/chancery-test-data-{uuid.uuid4().hex}"
)
os.environ.setdefault("CHANCERY_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
os.environ.setdefault("CHANCERY_SECRET_KEY", "a key of the tests, worth nothing anywhere else")

from chancery.config.settings import *  # noqa: F403 - the same settings, but for what follows
from chancery.config.settings import DATABASES, STORAGES

DATABASES["default"]["OPTIONS"] = {}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
ACCOUNT_RATE_LIMITS = {}
WHITENOISE_AUTOREFRESH = True
