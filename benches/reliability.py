"""Kill it at random points, fifty times: `python benches/reliability.py [--kills 50] [--seed 711]`.

One platform in a folder of its own (or in the database of --database). Each round starts a process that imports a table,
drafts and revises items with files through the verbs, works off background tasks, or takes a backup; kills it with
SIGKILL at a random moment; and then looks: is everything whole, does the audit chain hold, does a second run finish the
work without doubling anything. At the end a backup is taken, restored and compared. Exit code 1 when anything is amiss.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROWS, BATCH, DRAFTS, FILES = 300, 25, 20, 60
HERE = Path(__file__).resolve()
BACKUP = "from gongkai.cli.backup import backup_command; backup_command()"
faults: list[str] = []


def demand(holds: bool, what: str) -> None:
    """Note what does not hold."""
    if not holds:
        faults.append(what)
        print("FAULT", what, flush=True)


def run(*line: str) -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    return subprocess.run([sys.executable, *line], capture_output=True, text=True, check=False)


def killed(chance: random.Random, seconds: float, *line: str) -> bool:
    """Start, kill at a moment within `seconds`; False when it had ended before."""
    process = subprocess.Popen(
        [sys.executable, *line], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(chance.uniform(0.1, 1) * seconds)
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return alive


def import_round(place: Path, number: int, chance: random.Random, seconds: float) -> bool:
    """A table of 300 rows with a file each sixtieth row."""
    from gongkai.web.bringing_in.models import Origin

    path, source = place / f"table{number}.csv", f"源{number}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["来源编号", "标题", "信息类别", "发布日期", "正文", "附件"])
        for row in range(ROWS):
            name = f"{number}-{row}.txt" if row % FILES == 0 else ""
            if name:
                (place / "files" / name).write_text(f"附件{number}-{row}", "utf-8")
            writer.writerow(
                [f"{row}", f"第{number}批第{row}号公告", "公告公示", "2024-05-06", "正文" * 200, name]
            )
    line = [
        "-m",
        "gongkai.web",
        "bring_in",
        "table",
        str(path),
        "--organ",
        "lh-shuiwu",
        "--folder",
        str(place / "files"),
    ]
    line += ["--publish", "--batch", str(BATCH), "--source", source]
    alive = killed(chance, seconds, *line)
    there = Origin.objects.filter(source=source).count()
    demand(there % BATCH == 0, f"round {number}: half a batch ({there} rows)")
    done = run(*line)
    demand(done.returncode == 0, f"round {number}: second run failed: {done.stderr[-300:]}")
    demand(Origin.objects.filter(source=source).count() == ROWS, f"round {number}: rows lost or doubled")
    return alive


def draft(number: int) -> None:
    """In a process of its own: draft, attach, revise through the verbs."""
    import io

    import django

    django.setup()
    from gongkai.web.catalogue.actions.attach_file import AttachFile
    from gongkai.web.catalogue.actions.create_item import CreateItem
    from gongkai.web.catalogue.actions.revise_item import ReviseItem
    from gongkai.web.house.actor import Actor
    from gongkai.web.organs.models import Organ

    actor, organ = Actor.operator(), Organ.objects.get(slug="lh-shuiwu")
    for one in range(DRAFTS):
        values = {"title": f"起草{number}-{one}", "kind": "notice", "body": "<p>初稿</p>"}
        item = CreateItem(actor=actor, organ=organ, values=values).perform()
        content = f"起草附件{number}".encode()
        AttachFile(
            actor=actor, item=item, content=io.BytesIO(content), size=len(content), name="附件.txt"
        ).perform()
        ReviseItem(actor=actor, item=item, values={"body": "<p>定稿</p>"}).perform()


def draft_round(place: Path, number: int, chance: random.Random, seconds: float) -> bool:
    """Each act is whole with its event, or has not been."""
    from gongkai.web.audit.models import AuditEvent
    from gongkai.web.catalogue.models import Attachment, Item

    alive = killed(chance, seconds, str(HERE), "--draft", str(number))
    items = Item.objects.filter(title__startswith=f"起草{number}-")
    for item in items:
        told = Counter(
            AuditEvent.objects.filter(subject_kind="catalogue.item", subject_id=str(item.pk)).values_list(
                "verb", flat=True
            )
        )
        files = Attachment.objects.filter(item=item).count()
        demand(
            told["catalogue.create"] == 1,
            f"round {number}: {item} has {told['catalogue.create']} creations in the log",
        )
        demand(
            told["catalogue.attach"] == files,
            f"round {number}: {item} has {files} files, the log says {told['catalogue.attach']}",
        )
        demand(
            told["catalogue.revise"] == ("定稿" in item.body), f"round {number}: {item} revised but not told"
        )
        demand(
            item.versions.count() == sum(told.values()),
            f"round {number}: {item} has {item.versions.count()} versions of {told}",
        )
    return alive


def work_round(place: Path, number: int, chance: random.Random, seconds: float) -> bool:
    """The background worker; what it leaves running is taken up at the end."""
    return killed(chance, seconds, "-m", "gongkai.web", "work", "--batch")


def backup_round(place: Path, number: int, chance: random.Random, seconds: float) -> bool:
    """A whole archive or none."""
    from gongkai.web.backup.archive import BadArchive, verify

    alive = killed(chance, seconds, "-c", BACKUP, str(place / "kept"))
    for path in (place / "kept").glob("*.tar"):
        try:
            verify(path)
        except BadArchive as error:
            demand(False, f"round {number}: {error}")
        path.unlink()
    return alive


def whole(number: int) -> None:
    """What must hold after every kill."""
    from django.db.models import Count

    from gongkai.web.audit import chain
    from gongkai.web.bringing_in.models import Origin
    from gongkai.web.catalogue.files.storing import intact
    from gongkai.web.catalogue.models import Item, StoredFile

    demand(not list(chain.verify()), f"round {number}: the audit chain is broken")
    demand(
        not Item.objects.annotate(kept=Count("versions")).filter(kept=0).exists(),
        f"round {number}: an item without a version",
    )
    demand(
        not Item.objects.values("title").annotate(n=Count("pk")).filter(n__gt=1).exists(),
        f"round {number}: an item twice",
    )
    demand(
        not Origin.objects.filter(item__isnull=True).exists(), f"round {number}: an origin without its item"
    )
    lost = [row.sha256 for row in StoredFile.objects.all() if not intact(row)]
    demand(not lost, f"round {number}: contents lost {lost[:3]}")


def end_to_end(place: Path, address: str) -> None:
    """Finish the background work; back up; restore; compare."""
    from django_tasks_db.models import DBTaskResult

    from gongkai.web.catalogue.models import Item, StoredFile, TextState

    done = run("-m", "gongkai.web", "work", "--batch")
    demand(done.returncode == 0, f"the worker failed: {done.stderr[-300:]}")
    demand(not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists(), "tasks are left over")
    demand(
        not StoredFile.objects.exclude(text_state=TextState.DONE).exists(),
        "contents whose words were never taken out",
    )
    os.environ["GONGKAI_BACKUP_PASSPHRASE"] = "three-long-words-here"
    done = run("-c", BACKUP, str(place / "kept"))
    demand(done.returncode == 0, f"backup failed: {done.stderr[-300:]}")
    if address:
        return
    (archive,) = (place / "kept").glob("*.tar")
    restore = "from gongkai.cli.backup import restore_command; restore_command()"
    done = run("-c", restore, str(archive), "--data", str(place / "again"))
    demand(done.returncode == 0, f"restore failed: {done.stderr[-300:]}")
    os.environ["GONGKAI_DATA"] = str(place / "again")
    done = run("-m", "gongkai.web", "verify_audit")
    demand(done.returncode == 0, f"the restored chain is broken: {done.stderr[-300:]}")
    count = run(
        "-c",
        "import django; django.setup(); from gongkai.web.catalogue.models import Item; print(Item.objects.count())",
    )
    demand(
        count.stdout.strip() == str(Item.objects.count()),
        f"restored {count.stdout.strip()} items of {Item.objects.count()}",
    )
    print(f"restored: {count.stdout.strip()} items; {done.stdout.strip()[:40]}")


ROUNDS = {"import": import_round, "draft": draft_round, "work": work_round, "backup": backup_round}


def main() -> int:
    """Print one line a kind and every fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=711)
    parser.add_argument("--database", default="")
    parser.add_argument("--draft", type=int)
    given = parser.parse_args()
    if given.draft is not None:
        draft(given.draft)
        return 0
    with tempfile.TemporaryDirectory(prefix="gongkai-kills-") as name:
        place, chance, begin = Path(name), random.Random(given.seed), time.monotonic()
        os.environ |= {
            "GONGKAI_DATA": f"{place}/data", "GONGKAI_DATABASE_URL": given.database, "GONGKAI_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }  # fmt: skip
        (place / "files").mkdir()
        (place / "organs.csv").write_text(
            "代号,名称,类别,上级代号,层级,类型\nlinhe,临禾市,地区,,市级,\nlh-shuiwu,临禾市水务局,机关,linhe,市级,组成部门\n",
            "utf-8",
        )
        run("-m", "gongkai.web", "prepare").check_returncode()
        run("-m", "gongkai.web", "import_organs", str(place / "organs.csv")).check_returncode()
        import django

        django.setup()
        # Seconds within which the kill falls: adapted so that most kills meet a process at work.
        seconds, kills, rounds = dict.fromkeys(ROUNDS, 6.0), Counter(), 0
        while sum(kills.values()) < given.kills and rounds < given.kills * 3:
            kind = list(ROUNDS)[rounds % len(ROUNDS)]
            alive = ROUNDS[kind](place, rounds, chance, seconds[kind])
            kills[kind] += alive
            seconds[kind] *= 1.15 if alive else 0.7
            whole(rounds)
            rounds += 1
        end_to_end(place, given.database)
        print(
            f"{sum(kills.values())} kills {dict(kills)} in {rounds} rounds, {time.monotonic() - begin:.0f} s; faults: {len(faults)}"
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
