"""Run inside a data folder: what its database holds, and what its pages answer, as JSON."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402


def rows() -> dict[str, int]:
    """How many rows each table has."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def pages() -> dict[str, int]:
    """What a stranger gets for each document, by its stage and state; and for the lists."""
    from gongkai.web.catalogue.models import Item
    from gongkai.web.catalogue.published import published_items

    client = Client(raise_request_exception=False)
    public = set(published_items().values_list("pk", flat=True))
    wrong = {
        f"/info/{one.number}": status
        for one in Item.objects.all()
        if (status := client.get(f"/info/{one.number}").status_code) != (200 if one.pk in public else 404)
    }
    lists = {path: client.get(path).status_code for path in ("/", "/organs/", "/search/?q=节水", "/api/items", "/health/ready")}
    return {"public": len(public), **wrong, **{path: status for path, status in lists.items() if status != 200}}


def secrets() -> list[str]:
    """The encrypted values can still be read."""
    from gongkai.web.accounts.models import Authenticator, User

    codes = {len(one.secret) for one in Authenticator.objects.all()}
    return sorted({one.mobile for one in User.objects.all()} - {""}) + sorted(map(str, codes))


if __name__ == "__main__":
    if sys.argv[1] == "rows":
        print(json.dumps(rows()))
    else:
        for check in (["migrate", "--check"], ["verify_audit"], ["verify_files"], ["rebuild_search"]):
            call_command(*check, stdout=sys.stderr)  # raises what does not hold
        print(json.dumps({"pages": pages(), "secrets": secrets()}))
