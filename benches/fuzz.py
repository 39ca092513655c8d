"""A long fuzzing run of every format: damaged documents through the whole reader, in worker processes.

    FUZZ_SECONDS=600 python benches/fuzz.py [kind …]

Prints a line a format: documents, how many were still read, problems by code, what failed, slowest. Failing inputs are kept in
build/fuzz/. Exit code 1 when a document made the reader fail.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.reading.mutations import SEEDS, mutated  # noqa: E402

from gongkai.reading.limits import Limits  # noqa: E402
from gongkai.reading.worker import read_many  # noqa: E402

KEPT = ROOT / "build" / "fuzz"
BATCH = 100


def run(kind: str, seconds: float, limits: Limits) -> int:
    """Fuzz one format for so many seconds; how many documents made the reader fail."""
    data, random = SEEDS[kind](), Random(os.environ.get("FUZZ_SEED", kind))
    folder = KEPT / kind
    folder.mkdir(parents=True, exist_ok=True)
    codes: Counter[str] = Counter()
    done = read = failed = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        paths = []
        for i in range(BATCH):
            path = folder / f"{i}.{kind}"
            path.write_bytes(mutated(data, random))
            paths.append(path)
        for report in read_many(paths, jobs=os.cpu_count() or 1, limits=limits):
            done += 1
            read += report.form is not None
            found = {p.code for p in report.problems}
            codes.update(found)
            if "failed" in found:
                failed += 1
                source = Path(report.source.split("!")[0])
                source.with_name(f"failed-{done}.{kind}").write_bytes(source.read_bytes())
                print(f"  failed: {report.problems[0].message}", file=sys.stderr)
    for path in folder.glob(f"[0-9]*.{kind}"):
        path.unlink()
    told = ", ".join(f"{code} {n}" for code, n in codes.most_common(6))
    print(f"{kind:5} {done:7} documents, {read:7} with a form, {failed} failed; {told}", flush=True)
    return failed


def main() -> None:
    seconds = float(os.environ.get("FUZZ_SECONDS", "60"))
    kinds = sys.argv[1:] or list(SEEDS)
    limits = Limits(seconds=30, bytes=4 << 20, unpacked=64 << 20)
    sys.exit(1 if sum([run(kind, seconds, limits) for kind in kinds]) else 0)


if __name__ == "__main__":
    main()
