"""What a backup is not for: who is signed in, and what is counted against whom at this moment.

A session in an archive would sign in whoever can read the archive; after a restore everybody signs in again.
"""

from __future__ import annotations

from typing import Any

TABLES = (
    "django_session",
    "accounts_staffsession",
    "accounts_attempts",
    # Of archives older than ADR 0117; each before what it refers to.
    "axes_accessattemptexpiration",
    "axes_accessattempt",
    "axes_accessfailurelog",
    "axes_accesslog",
)
# Second factors whose set-up is under way: their secret stands on somebody's screen.
UNCONFIRMED = "accounts_authenticator"


def forget(link: Any, tables: set[str]) -> None:
    """Delete it, over a DB-API connection, as far as there are such tables among `tables`; the caller commits."""
    cursor = link.cursor()
    for table in TABLES:
        if table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    if UNCONFIRMED in tables:
        cursor.execute(f"DELETE FROM {UNCONFIRMED} WHERE NOT confirmed")  # noqa: S608 - as above
    cursor.close()
