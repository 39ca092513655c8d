"""Django's settings, from the environment only (12-factor). Each matter has a file beside this one."""

from __future__ import annotations

import os

from django.contrib.messages import constants

from gongkai.web import keys

from . import apps, database, environment, logs, oidc, security
from .security import *  # noqa: F403 - Django reads settings as names of this module

ENV = environment.read(os.environ)
KEYS = keys.load(ENV.data)
DEBUG = ENV.debug
SECRET_KEY = KEYS.secret
ALLOWED_HOSTS = list(ENV.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ENV.hosts if ENV.https and "." in host]

INSTALLED_APPS = [*apps.LIBRARIES, *apps.ROOMS] + (["mozilla_django_oidc"] if ENV.oidc_issuer else [])
MIDDLEWARE = apps.MIDDLEWARE
TEMPLATES = apps.templates(ENV)
ROOT_URLCONF = "gongkai.web.urls"
WSGI_APPLICATION = "gongkai.web.wsgi.application"
APPEND_SLASH = False

DATABASES = database.databases(ENV)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = apps.BACKENDS + ([oidc.BACKEND] if ENV.oidc_issuer else [])
LOGIN_URL = "/account/login"
LOGIN_REDIRECT_URL = "/staff/"
OTP_LOGIN_URL = "/account/second-factor"
CSRF_FAILURE_VIEW = "gongkai.web.house.error_pages.forged"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y-m-d"

# The classes of house/messages.html.
MESSAGE_TAGS = {constants.SUCCESS: "ok", constants.WARNING: "warn", constants.ERROR: "bad"}

STATIC_URL = "/static/"
STATIC_ROOT = ENV.static
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ENV.data / "files"},
    },
    "staticfiles": {"BACKEND": "gongkai.web.house.static_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
LOGGING = logs.logging(ENV)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600

globals().update(security.transport(ENV))
globals().update(oidc.settings(ENV))
