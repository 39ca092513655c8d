"""Kill it at random points, fifty times and more: `python benches/reliability.py [--kills 60] [--seed 711] [--postgresql]`.

One platform in a folder of its own, on SQLite or on a throw-away PostgreSQL. Every second round kills a real
`gongkai serve` (web processes, background worker and index follower at once) while clerks take policies and their
readings from the draft to the public through its pages and bring in tables, and a backup is being taken; the others kill
one process: an import on the command line, drafting through the verbs, the background worker, a backup. Then the bench
looks: is everything acknowledged there, is anything there twice, is everything whole, does the audit chain hold; the
server is started again and the clerks finish what they were at. At the end backups (also one taken amid the work) are
restored and compared. Exit code 1 when anything is amiss.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))

from kills import clerks, faults, looking  # noqa: E402
from kills.faults import demand  # noqa: E402
from kills.processes import BACKUP, RESTORE, Server, kill, killed_within, run, start  # noqa: E402

ROWS, BATCH, DRAFTS, FILES = 300, 25, 20, 60
SERVE_SECONDS = 4.0
PASSPHRASE = "three-long-words-here"


class Place:
    """The platform, its server, and what the rounds share. `seconds`: within which the kill of a kind falls, adapted so
    that most kills meet a process at work."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.server = Server(folder / "serve.log")
        self.seconds = dict.fromkeys(ROUNDS, 6.0)
        self.acts: Counter[str] = Counter()

    def moment(self, kind: str) -> float:
        """Somewhere within."""
        return self.chance.uniform(0.1, 1) * self.seconds[kind]


def serve_round(place: Place, number: int) -> bool:
    """Up, clerks at work, down at once; look; up again, finish, look again."""
    from gongkai.web.organs.models import Organ

    organ = Organ.objects.get(slug="lh-shuiwu").pk
    # The kills fall on every act of the way to the public alike, not only on the first ones.
    work = clerks.Work(number, head_start=place.chance.randrange(len(clerks.acts())))
    place.server.launch()
    if place.chance.random() < 0.15:
        # While it starts: keys, migrations, index.
        time.sleep(place.chance.uniform(0.1, 4))
        alive = place.server.kill()
    else:
        place.server.wait_ready()
        work.begin(place.server.address, organ)
        work.under_way.wait(120)
        backup = start("-c", BACKUP, str(place.folder / "amid"))
        time.sleep(place.chance.uniform(0, SERVE_SECONDS))
        work.gone.set()
        alive = place.server.kill()
        place.acts["backups killed" if kill(backup) else "backups done"] += 1
        work.end()
    demand(alive, f"round {number}: the server ended by itself")
    for said in work.refused:
        demand(False, f"round {number}: refused: {said}")
    archives(place, number)
    for case in work.cases:
        looking.case_holds(number, case)
        place.acts.update(one.verb for one in case.acts if one.acknowledged)
    for table in work.tables:
        looking.table_holds(number, table)
        place.acts["bringing_in"] += table.acknowledged
    looking.whole(number)
    place.server.launch()
    place.server.wait_ready()
    looking.public(number, place.server.address, work.cases)
    looking.finish(number, place.server.address, organ, work)
    looking.settled(number, place.server.address, work.cases)
    looking.public(number, place.server.address, work.cases)
    demand(place.server.stop() == 0, f"round {number}: it did not stop when asked")
    return alive


def archives(place: Place, number: int) -> None:
    """What a backup amid the work left: whole archives only. The newest is kept for the end."""
    from gongkai.web.backup.archive import BadArchive, verify

    found = sorted((place.folder / "amid").glob("gongkai-backup-*"))
    for path in found:
        try:
            verify(path, passphrase=PASSPHRASE)
        except BadArchive as error:
            demand(False, f"round {number}: {error}")
    for path in found[:-1]:
        path.unlink()


def import_round(place: Place, number: int) -> bool:
    """A table of 300 rows with a file each sixtieth row."""
    from gongkai.web.bringing_in.models import Origin

    path, source = place.folder / f"table{number}.csv", f"源{number}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["来源编号", "标题", "信息类别", "发布日期", "正文", "附件"])
        for row in range(ROWS):
            name = f"{number}-{row}.txt" if row % FILES == 0 else ""
            if name:
                (place.folder / "files" / name).write_text(f"附件{number}-{row}", "utf-8")
            writer.writerow([f"{row}", f"第{number}批第{row}号公告", "公告公示", "2024-05-06", "正文" * 200, name])
    line = ["-m", "gongkai.web", "bring_in", "table", str(path), "--organ", "lh-shuiwu"]
    line += ["--folder", str(place.folder / "files"), "--publish", "--batch", str(BATCH), "--source", source]
    alive = killed_within(place.moment("import"), *line)
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


def draft_round(place: Place, number: int) -> bool:
    """Each act is whole with its event, or has not been."""
    from gongkai.web.audit.models import AuditEvent
    from gongkai.web.catalogue.models import Attachment, Item

    alive = killed_within(place.moment("draft"), str(HERE), "--draft", str(number))
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


def work_round(place: Place, number: int) -> bool:
    """The background worker; what it leaves running is taken up by the next."""
    return killed_within(place.moment("work"), "-m", "gongkai.web", "work", "--batch")


def backup_round(place: Place, number: int) -> bool:
    """A whole archive or none."""
    alive = killed_within(place.moment("backup"), "-c", BACKUP, str(place.folder / "amid"))
    archives(place, number)
    return alive


ROUNDS = {
    "serve": serve_round, "import": import_round, "draft": draft_round, "work": work_round, "backup": backup_round,
}  # fmt: skip
ORDER = ("serve", "import", "serve", "draft", "serve", "work", "serve", "backup")


def again(place: Place, archive: Path, name: str) -> None:
    """Restore into a new place, and look at it from there."""
    address = another_database(name)
    where = {"GONGKAI_DATA": str(place.folder / name), "GONGKAI_DATABASE_URL": address}
    done = run("-c", RESTORE, str(archive), **where)
    demand(done.returncode == 0, f"{name}: restore failed: {done.stderr[-300:]}")
    done = run("-m", "gongkai.web", "verify_audit", **where)
    demand(done.returncode == 0, f"{name}: the restored chain is broken: {done.stderr[-300:]}")
    print(f"{name}: {done.stdout.strip()[:20]}")
    done = run(str(HERE), "--look", **where)
    demand(done.returncode == 0, f"{name}: {done.stdout}{done.stderr[-300:]}")
    print(f"{name}: {done.stdout.strip()}")


def another_database(name: str) -> str:
    """"" on SQLite, whose database is in the data folder."""
    address = os.environ["GONGKAI_DATABASE_URL"]
    if not address:
        return ""
    from urllib.parse import urlsplit

    import psycopg

    with psycopg.connect(address, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def counts() -> str:
    """What there is."""
    from gongkai.web.audit.models import AuditEvent
    from gongkai.web.catalogue.models import Item, StoredFile

    published = Item.objects.filter(stage="published").count()
    return f"{Item.objects.count()} items ({published} published), {StoredFile.objects.count()} contents, {AuditEvent.objects.count()} events"


def end_to_end(place: Place) -> None:
    """Finish the background work; back up; restore this backup and one taken amid the work; compare."""
    from django_tasks_db.models import DBTaskResult

    from gongkai.web.catalogue.models import StoredFile, TextState

    done = run("-m", "gongkai.web", "work", "--batch")
    demand(done.returncode == 0, f"the worker failed: {done.stderr[-300:]}")
    demand(not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists(), "tasks are left over")
    demand(
        not StoredFile.objects.exclude(text_state=TextState.DONE).exists(),
        "contents whose words were never taken out",
    )
    done = run("-c", BACKUP, str(place.folder / "kept"))
    demand(done.returncode == 0, f"backup failed: {done.stderr[-300:]}")
    print("at the end:", counts())
    (archive,) = (place.folder / "kept").glob("gongkai-backup-*")
    again(place, archive, "last")
    for path in sorted((place.folder / "amid").glob("gongkai-backup-*"))[-1:]:
        again(place, path, "amid-the-work")


def establish(folder: Path) -> None:
    """Two organs and the five people."""
    (folder / "files").mkdir()
    (folder / "organs.csv").write_text(
        "代号,名称,类别,上级代号,层级,类型\nlinhe,临禾市,地区,,市级,\nlh-shuiwu,临禾市水务局,机关,linhe,市级,组成部门\n", "utf-8"
    )
    run("-m", "gongkai.web", "prepare").check_returncode()
    run("-m", "gongkai.web", "import_organs", str(folder / "organs.csv")).check_returncode()
    import django

    django.setup()
    from gongkai.web.accounts.actions.create_staff import CreateStaff
    from gongkai.web.house.actor import Actor
    from gongkai.web.organs.models import Organ, Role

    organ = Organ.objects.get(slug="lh-shuiwu")
    for username, (name, role) in clerks.STAFF.items():
        user = (
            CreateStaff(actor=Actor.operator(), organ=organ, username=username, name=name, role=Role(role)).perform().user
        )
        user.set_password(clerks.PASSWORD)
        user.must_change_password = False
        user.save()


def look() -> int:
    """In a process of its own, on a restored platform."""
    import django

    django.setup()
    looking.whole(0)
    print(counts())
    return 1 if faults.found else 0


def kill_and_look(folder: Path, kills_wanted: int, seed: int) -> None:
    """Every round, then the end."""
    place, begin = Place(folder, random.Random(seed)), time.monotonic()
    establish(folder)
    kills: Counter[str] = Counter()
    rounds = 0
    while sum(kills.values()) < kills_wanted and rounds < kills_wanted * 3:
        kind = ORDER[rounds % len(ORDER)]
        alive = ROUNDS[kind](place, rounds)
        kills[kind] += alive
        if kind != "serve":
            place.seconds[kind] *= 1.15 if alive else 0.7
        looking.whole(rounds)
        rounds += 1
        print(f"{rounds}: {kind}{' killed' if alive else ' had ended'}, {time.monotonic() - begin:.0f} s", flush=True)
    end_to_end(place)
    print(f"acknowledged before the kills of the server: {dict(place.acts)}; starts of the server: {place.server.starts}")
    print(
        f"{sum(kills.values())} kills {dict(kills)} in {rounds} rounds, {time.monotonic() - begin:.0f} s; faults: {len(faults.found)}"
    )


def main() -> int:
    """Print a line a round and every fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=711)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--draft", type=int)
    parser.add_argument("--look", action="store_true")
    given = parser.parse_args()
    if given.draft is not None:
        draft(given.draft)
        return 0
    if given.look:
        return look()
    address = ""
    if given.postgresql:
        from tests.web.support.postgres import start_cluster

        address = start_cluster()
    with tempfile.TemporaryDirectory(prefix="gongkai-kills-") as name:
        os.environ |= {
            "GONGKAI_DATA": f"{name}/data", "GONGKAI_DATABASE_URL": address, "GONGKAI_LOG_LEVEL": "ERROR",
            "GONGKAI_HTTPS": "off", "GONGKAI_SECOND_FACTOR": "offered", "GONGKAI_BACKUP_PASSPHRASE": PASSPHRASE,
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }  # fmt: skip
        kill_and_look(Path(name), given.kills, given.seed)
    return 1 if faults.found else 0


if __name__ == "__main__":
    sys.exit(main())
