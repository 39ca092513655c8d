"""A word for the running code and the settings that pages show: what another version made is not this one's answer."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache, lru_cache
from pathlib import Path

import django
from django.conf import settings

import gongkai.web
from gongkai.web.settings.environment import Environment

SUFFIXES = {".py", ".html", ".toml"}
# All other settings count as shown: a new one can be forgotten here without harm.
NOT_SHOWN = {
    "data", "hosts", "proxies", "database_url", "search", "log_level", "second_factor", "metrics_from", "api_rate", "kept_pages_mb", "pages_ahead",
    "oidc_issuer", "oidc_client", "oidc_secret", "oidc_claim", "oidc_authorize", "oidc_token", "oidc_userinfo", "oidc_keys",
    "checker_fetch", "checker_fetch_hosts",
}  # fmt: skip


def imprint() -> str:
    """The same in every process that would make the same pages."""
    return _of(settings.ENV, settings.SECRET_KEY)


@lru_cache(maxsize=16)
def _of(env: Environment, secret: str) -> str:
    shown = [(field.name, getattr(env, field.name)) for field in fields(env) if field.name not in NOT_SHOWN]
    # The word for the host (document_pages.py) comes from the secret: with another secret nobody would replace it.
    return hashlib.blake2b(f"{code()} {shown!r}".encode(), digest_size=9, key=secret.encode()[:64]).hexdigest()


@cache
def code() -> str:
    """Of the platform's own files, Django, and the names of the static files, as they are when the process starts."""
    root = Path(gongkai.web.__file__).parent
    digest = hashlib.blake2b(django.__version__.encode())
    for path in sorted(one for one in root.rglob("*") if one.suffix in SUFFIXES):
        digest.update(f"{path.relative_to(root)} ".encode() + path.read_bytes())
    names = Path(settings.STATIC_ROOT) / "staticfiles.json"
    digest.update(names.read_bytes() if names.exists() else b"")
    return digest.hexdigest()
