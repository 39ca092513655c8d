"""A short run over every route and form: no 500, refusals in Chinese, nothing given back unescaped (judge.py).

The long run is benches/fuzz_web.py (its figures: docs/fuzzing.md). A fault is printed with the request that shows it.
"""

from __future__ import annotations

import dataclasses

import pytest

from gongkai.web.search import engines

from . import rounds
from .scene import build
from .sending import listening

pytestmark = pytest.mark.slow
SEED = 20260203


@pytest.fixture
def scene(town, settings, tmp_path):
    settings.ENV = dataclasses.replace(settings.ENV, data=tmp_path, api_rate=0, search_rate=0, checker_fetch=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}},
    }
    engines.engine.cache_clear()
    yield build(town)
    engines.engine().close()
    engines.engine.cache_clear()


def test_no_request_does_harm(scene):
    with listening() as ear:
        fuzzer = rounds.begin(scene, SEED, ear)
        rounds.addresses(fuzzer, times=1)
        rounds.forms(fuzzer, times=4, slow=1)
    assert len(fuzzer.faults) == 0, f"seed {SEED}\n" + "\n\n".join(fuzzer.faults.values())
    assert not (left := fuzzer.unreached()), "\n".join(left)
    assert len(fuzzer.forms) > 60
    assert fuzzer.counts["crawl"] > 1000
