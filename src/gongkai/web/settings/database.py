"""The database: SQLite in the data folder, or what GONGKAI_DATABASE_URL names."""

from __future__ import annotations

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from .environment import Environment

# What is deleted or replaced is overwritten with zeros: no session lives on in a free page of a copy (ADR 0110).
# Writers queue (immediate transactions, 20 s) instead of failing half-way; readers never wait (WAL).
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)


def databases(env: Environment) -> dict[str, Any]:
    """Django's DATABASES for this environment."""
    if env.database_url:
        if not env.database_url.startswith(("postgresql://", "postgres://")):
            # Not the address itself: it may hold a password.
            scheme = env.database_url.partition(":")[0][:20]
            raise ImproperlyConfigured(
                f"环境变量GONGKAI_DATABASE_URL应形如postgresql://用户:口令@主机/库名，现在以“{scheme}”开头。用SQLite的，不设这个变量。"
            )
        found: dict[str, Any] = dict(
            dj_database_url.parse(env.database_url, conn_max_age=60, conn_health_checks=True)
        )
        return {"default": found}
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.data / "gongkai.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    }
