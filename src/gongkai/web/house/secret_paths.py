"""Addresses whose knowledge is the permission: a part of their path is a key, and no log may tell it."""

from __future__ import annotations

import re

from django.urls.converters import StringConverter

MASK = "***"
# What `secrets.token_urlsafe` makes, from 16 bytes on. A slug has no capital and is shorter, a content's hash is hexadecimal.
_KEY = re.compile(r"(?<=/)(?![0-9a-f]+(?![A-Za-z0-9_-]))(?=[a-z_-]*[A-Z0-9])[A-Za-z0-9_-]{22,}")


class SecretKey(StringConverter):
    """A key in a route. Whatever route is to hold one uses this converter: its keys are what `masked` hides."""

    regex = "[A-Za-z0-9_-]{24}"


def masked(text: str) -> str:
    """`text` with the keys in its paths hidden. By their shape, not by the route: an address without its last slash, one
    that is turned away before any view, and a path in a traceback have no route."""
    return _KEY.sub(MASK, text)
