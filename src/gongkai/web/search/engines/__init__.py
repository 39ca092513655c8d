"""The engines behind the one interface, and the door to the configured one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from gongkai.web.search.engine import Engine

NAMES = ("tantivy", "fts5", "postgres")


def folder() -> Path:
    """Where the engines that live in files keep them."""
    return Path(settings.ENV.data) / "search"


@cache
def engine() -> Engine:
    """The engine GONGKAI_SEARCH names, one a process."""
    return make(settings.ENV.search, folder())


def make(name: str, place: Path) -> Engine:
    """The engine `name`; those in files keep them in `place`. Only this engine's library is imported."""
    if name == "tantivy":
        from .tantivy import Tantivy

        return Tantivy(place)
    if name == "fts5":
        from .fts5 import Fts5

        return Fts5(place)
    if name == "postgres":
        from django.db import connection

        from .postgres import Postgres

        return Postgres(connection.get_connection_params())
    raise ValueError(f"no search engine is called {name}")
