"""A long run of the web fuzzer: every route, every role, every form, and the open API by schemathesis.

    python benches/fuzz_web.py [--seconds 600] [--seed 1] [--api-examples 200] [--postgresql]

A throw-away database and data folder; nothing of yours is touched. Prints a line a round (requests by kind and by status)
and each fault with the request that shows it; the same seed makes the same requests. Exit code 1 when there was a fault.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
# The reader of a check is a process of its own: sign in again before a session or its fresh password runs out.
ROUND_SECONDS = 240


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--seconds", type=float, default=600)
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--api-examples", type=int, default=200)
    read.add_argument("--postgresql", action="store_true")
    asked = read.parse_args()
    if asked.postgresql:
        os.environ["GONGKAI_TEST_DATABASE"] = "postgresql"
    import tests.web.conftest  # noqa: F401 - Django, with a data folder of its own
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    _settings()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        faults = fuzz(asked.seconds, asked.seed) + describe(asked.api_examples)
    finally:
        teardown_databases(databases, verbosity=0)
    sys.exit(1 if faults else 0)


def fuzz(seconds: float, seed: int) -> int:
    """Rounds until the time is over; how many faults."""
    from tests.web.fuzz import rounds, scene, sending
    from tests.web.support import town

    place = scene.build(town.build())
    end, counts, statuses, faults, forms = time.monotonic() + seconds, Counter(), Counter(), {}, set()  # type: ignore[var-annotated]
    number = 0
    while time.monotonic() < end:
        with sending.listening() as ear:
            fuzzer = rounds.begin(place, seed * 1000 + number, ear)
            fuzzer.faults |= faults
            until = min(end, time.monotonic() + ROUND_SECONDS)
            turn = 0
            while time.monotonic() < until:
                rounds.forms(fuzzer, times=2, slow=int(turn == 0))
                rounds.addresses(fuzzer, times=1)
                turn += 1
        counts, statuses, faults = counts + fuzzer.counts, statuses + fuzzer.statuses, fuzzer.faults
        forms |= set(fuzzer.forms)
        number += 1
        print(f"round {number}, seed {seed * 1000 + number - 1}: {sum(counts.values()):,} requests {dict(counts)}", flush=True)
    print(f"{len(forms)} kinds of forms; routes never reached: {fuzzer.unreached() or 'none'}")
    print(f"statuses {dict(sorted(statuses.items()))}; {len(faults)} faults", flush=True)
    return len(faults)


def describe(examples: int) -> int:
    """The open API against its description, what it allows and what it forbids; how many operations broke it."""
    import schemathesis
    from django.core.handlers.wsgi import WSGIHandler
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis.generation import GenerationMode
    from tests.web.api.test_openapi import CHECKS

    asked = broken = 0
    for found in schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler()).get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @seed(Random(f"{operation.label}{mode}").randrange(2**32))
            @settings(max_examples=examples, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
            @given(case=operation.as_strategy(generation_mode=mode))
            def keeps(case: schemathesis.Case) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(checks=CHECKS)

            try:
                keeps()
            except Unsatisfiable:
                pass  # nothing that is sent to this operation is forbidden
            except Exception as fault:  # told, and the other operations are asked all the same
                broken += 1
                print(f"{operation.label} ({mode.value}): {fault}", file=sys.stderr, flush=True)
    print(f"open API: {asked:,} requests by schemathesis, {broken} operations broke their description", flush=True)
    return broken


def _settings() -> None:
    """As in the tests: plain static names, a cheap password hash, no limit of rate, files in the folder of the run."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": settings.ENV.data / "files"}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ENV = dataclasses.replace(settings.ENV, api_rate=0, checker_fetch=True)


if __name__ == "__main__":
    main()
