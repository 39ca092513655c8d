"""How fast "everything in the subtree of these organs" is answered: closure table, recursive query (django-tree-queries),
and a walk from each row up. Same database, same rows, same run.

    python benches/organ_tree.py [ORGANS] [ITEMS]
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 30

CLOSURE = """
SELECT count(*) FROM item WHERE organ IN (SELECT low FROM within WHERE high IN ({posts}))
"""
# What django-tree-queries 0.28 builds for descendants(): the whole tree with its paths, then a filter on the path.
TREE_QUERIES = """
WITH RECURSIVE tree(depth, path, ordering, pk) AS (
  SELECT 0, printf('\x1f%s\x1f', id), printf('\x1f%020s\x1f', rank), id FROM organ WHERE parent IS NULL
  UNION ALL
  SELECT tree.depth + 1, tree.path || printf('%s\x1f', organ.id), tree.ordering || printf('%020s\x1f', organ.rank), organ.id
  FROM organ JOIN tree ON organ.parent = tree.pk
)
SELECT count(*) FROM item WHERE organ IN (SELECT pk FROM tree WHERE {paths})
"""
# A recursive query written for the purpose: down from the posts only.
DOWN = """
WITH RECURSIVE below(pk) AS (
  SELECT id FROM organ WHERE id IN ({posts})
  UNION SELECT organ.id FROM organ JOIN below ON organ.parent = below.pk
)
SELECT count(*) FROM item WHERE organ IN (SELECT pk FROM below)
"""


def build(path: Path, organs: int, items: int) -> sqlite3.Connection:
    """A tree four to six deep, items spread evenly."""
    dice = random.Random(20)
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE TABLE organ(id INTEGER PRIMARY KEY, parent INTEGER, rank INTEGER);"
        "CREATE INDEX organ_parent ON organ(parent);"
        "CREATE TABLE within(high INTEGER, low INTEGER, depth INTEGER, UNIQUE(high, low));"
        "CREATE TABLE item(id INTEGER PRIMARY KEY, organ INTEGER); CREATE INDEX item_organ ON item(organ);"
    )
    above: dict[int, list[int]] = {1: [1]}
    base.execute("INSERT INTO organ VALUES (1, NULL, 1)")
    open_parents = [1]
    for number in range(2, organs + 1):
        parent = dice.choice(open_parents)
        above[number] = [*above[parent], number]
        if len(above[number]) < 6:
            open_parents.append(number)
        base.execute("INSERT INTO organ VALUES (?, ?, ?)", (number, parent, number))
    base.executemany(
        "INSERT INTO within VALUES (?, ?, ?)",
        (
            (high, low, len(line) - 1 - depth)
            for low, line in above.items()
            for depth, high in enumerate(line)
        ),
    )
    base.executemany("INSERT INTO item(organ) VALUES (?)", ((dice.randint(1, organs),) for _ in range(items)))
    base.commit()
    base.execute("ANALYZE")
    return base


def main() -> None:
    """Print median and maximum for each way; the answers must agree."""
    organs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    items = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        base = build(Path(folder) / "tree.sqlite3", organs, items)
        asked = [dice.sample(range(2, organs // 20), 2) for _ in range(ROUNDS)]
        answers: dict[str, list[int]] = {}
        for name, query in (("closure", CLOSURE), ("tree-queries", TREE_QUERIES), ("recursive, down", DOWN)):
            times, answers[name] = [], []
            for posts in asked:
                paths = " OR ".join(f"instr(path, '\x1f{post}\x1f') > 0" for post in posts)
                text = query.format(posts=",".join(map(str, posts)), paths=paths)
                started = time.perf_counter()
                answers[name].append(base.execute(text).fetchone()[0])
                times.append((time.perf_counter() - started) * 1000)
            print(f"{name:16} median {statistics.median(times):8.2f} ms   max {max(times):8.2f} ms")
        if len({tuple(found) for found in answers.values()}) != 1:
            raise SystemExit("the answers differ")
        print(
            f"{organs} organs, {items} items, {base.execute('SELECT count(*) FROM within').fetchone()[0]} closure rows"
        )


if __name__ == "__main__":
    main()
