"""Every engine there is, empty or holding a small invented shelf of documents."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from gongkai.web.search.engine import Engine
from gongkai.web.search.engines import NAMES, make
from gongkai.web.search.engines.postgres import TABLE, Postgres
from tests.web.support.postgres import start_cluster

from .shelf import shelf


@pytest.fixture(scope="session")
def cluster() -> dict[str, object]:
    """Connection parameters of a throw-away PostgreSQL; skips where there is no server to start."""
    try:
        address = start_cluster()
    except (RuntimeError, OSError) as error:
        pytest.skip(f"没有可用的PostgreSQL：{error}")
    return dict(psycopg.conninfo.conninfo_to_dict(address))


@pytest.fixture(params=NAMES)
def empty(request: pytest.FixtureRequest, tmp_path) -> Iterator[Engine]:
    """An engine before anything was ever indexed."""
    if request.param == "postgres":
        found: Engine = Postgres(request.getfixturevalue("cluster"))
        with psycopg.connect(**request.getfixturevalue("cluster"), autocommit=True) as connection:
            connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
    else:
        found = make(request.param, tmp_path / "search")
    yield found
    found.close()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """An engine that holds the shelf."""
    empty.rebuild(shelf(), lambda count: None)
    return empty
