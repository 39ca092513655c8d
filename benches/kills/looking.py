"""The look after a kill: everything whole, everything acknowledged there, nothing twice."""

from __future__ import annotations

import time
from collections import Counter

import httpx

from .clerks import TABLE_ROWS, Case, Desk, NotDone, Table, Work
from .faults import demand

PATIENCE_SECONDS = 240


def whole(number: int) -> None:
    """What must hold after every kill, whatever was killed."""
    from django.db.models import Count

    from gongkai.web.audit import chain
    from gongkai.web.bringing_in.models import Origin
    from gongkai.web.catalogue.files.storing import intact
    from gongkai.web.catalogue.models import Item, StoredFile, TextState
    from gongkai.web.catalogue.tasks import extract_text

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
    from django_tasks_db.models import DBTaskResult

    waiting = set(
        StoredFile.objects.filter(text_state=TextState.WAITING).values_list("sha256", flat=True)
    ) - {
        one["args"][0]
        for one in DBTaskResult.objects.filter(task_path=extract_text.module_path)
        .exclude(status__in=("SUCCESSFUL", "FAILED"))
        .values_list("args_kwargs", flat=True)
    }
    demand(not waiting, f"round {number}: contents whose words no task will take out {sorted(waiting)[:3]}")


def told(case: Case, item: str) -> Counter[str]:
    """The acts on one of its items that the log tells of."""
    from gongkai.web.audit.models import AuditEvent
    from gongkai.web.catalogue.models import Item

    found = Item.objects.filter(title=case.title(item)).first()
    if found is None:
        return Counter()
    events = AuditEvent.objects.filter(subject_kind="catalogue.item", subject_id=str(found.pk), outcome="done")
    return Counter(events.values_list("verb", flat=True))


def wanted(case: Case, item: str, *, acknowledged: bool) -> Counter[str]:
    """The acts that were acknowledged, or all."""
    return Counter(one.verb for one in case.acts if item in (one.item, one.also) and (one.acknowledged or not acknowledged))


def case_holds(number: int, case: Case) -> None:
    """What was acknowledged is there; at most the one act under way besides; the item is what the log says."""
    from gongkai.web.catalogue.models import Item

    under_way = next((one for one in case.acts if not one.acknowledged), None)
    for item in ("policy", "reading"):
        have, least = told(case, item), wanted(case, item, acknowledged=True)
        most = least + Counter([under_way.verb] if under_way is not None and item in (under_way.item, under_way.also) else [])
        demand(least <= have, f"round {number}: {case.name} {item}: lost {least - have}")
        demand(have <= most, f"round {number}: {case.name} {item}: doubled {have - most}")
        found = Item.objects.filter(title=case.title(item)).first()
        if found is not None:
            _item_is_as_told(f"round {number}: {case.name} {item}", found, have)
    moments = set(Item.objects.filter(title__in=[case.title(one) for one in ("policy", "reading")]).values_list("published_at"))
    demand(len(moments) < 2, f"round {number}: {case.name}: policy and reading parted {moments}")


def _item_is_as_told(what: str, item: object, have: Counter[str]) -> None:
    from gongkai.web.catalogue.models import Item, Stage
    from gongkai.web.review.models import ReviewMark, RoundStep

    assert isinstance(item, Item)
    stage = Stage.DRAFT
    for verb, after in (
        ("review.submit", Stage.SUBMITTED), ("review.approve", Stage.APPROVED), ("review.publish", Stage.PUBLISHED),
    ):  # fmt: skip
        stage = after if have[verb] else stage
    demand(item.stage == stage, f"{what}: {item.stage}, the log says {stage}")
    demand((item.published_at is not None) == bool(have["review.publish"]), f"{what}: published but not told")
    passed = have["review.pass_step"] + have["review.approve"]
    marks = ReviewMark.objects.filter(round__item=item).count()
    demand(marks == passed + have["review.submit"], f"{what}: {marks} signatures")
    done = RoundStep.objects.filter(round__item=item, state="done").count()
    demand(done == passed, f"{what}: {done} steps done of {passed}")
    demand(item.attachments.count() == have["catalogue.attach"], f"{what}: files not as told")
    demand(item.channel_uses.count() == have["catalogue.record_channel"], f"{what}: channels not as told")
    demand(
        item.read_policies.count() == have["catalogue.link_interpretation"], f"{what}: links not as told"
    )
    kept = Counter(item.versions.values_list("verb", flat=True))
    demand(
        kept == Counter({verb: have[verb] for verb in have if verb in kept}), f"{what}: versions {kept} of {have}"
    )


def table_holds(number: int, table: Table) -> None:
    """All of it or nothing; all of it when that was acknowledged."""
    from gongkai.web.bringing_in.models import Origin

    there = Origin.objects.filter(key__in=table.keys).count()
    demand(there in {0, TABLE_ROWS}, f"round {number}: half a table ({there} rows)")
    demand(there == TABLE_ROWS or not table.acknowledged, f"round {number}: a table lost")


def public(number: int, address: str, cases: list[Case]) -> None:
    """Strangers see what is published, and nothing else."""
    from gongkai.web.catalogue.models import Item

    for case in cases:
        for item in ("policy", "reading"):
            found = Item.objects.filter(title=case.title(item)).first()
            if found is not None:
                status = httpx.get(f"{address}/info/{found.number}", timeout=60, trust_env=False).status_code
                right = 200 if found.published_at else 404
                demand(status == right, f"round {number}: {case.name} {item} answers {status}, not {right}")


def finish(number: int, address: str, organ: int, work: Work) -> None:
    """The clerks look where they were, and go on to the end. Then every act is told exactly once."""
    desk = Desk(address, organ)
    for case in work.cases:
        try:
            _finish(desk, case)
        except NotDone as error:
            demand(False, f"round {number}: {case.name} cannot be finished: {error}")
            continue
        for item in ("policy", "reading"):
            have, all_of_it = told(case, item), wanted(case, item, acknowledged=False)
            demand(have == all_of_it, f"round {number}: {case.name} {item}: {have}, not {all_of_it}")
        case_holds(number, case)
    for table in work.tables:
        if not table.acknowledged:
            desk.bring_in(table)
        table_holds(number, table)


def _finish(desk: Desk, case: Case) -> None:
    from gongkai.web.catalogue.models import Item

    for act in case.acts:
        if act.acknowledged:
            continue
        if told(case, act.item)[act.verb] > wanted(case, act.item, acknowledged=True)[act.verb]:
            # It had been done; only the answer was lost.
            act.acknowledged = True
            found = Item.objects.get(title=case.title(act.item))
            case.numbers[act.item] = found.number
            continue
        desk.perform(case, act)


def settled(number: int, address: str, cases: list[Case]) -> None:
    """The background work comes to its end; the index is what the public may see; a search finds each once."""
    from django_tasks_db.models import DBTaskResult

    from gongkai.web.search.checking import compare
    from gongkai.web.search.engines import engine

    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        left = DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).count()
        found = compare(engine())
        if not left and not found.waiting:
            break
        time.sleep(0.5)
    demand(not left, f"round {number}: {left} tasks are left over")
    demand(not found.waiting, f"round {number}: the index waits for {found.waiting}")
    demand(not found.keys(), f"round {number}: the index differs: {found}")
    failed = DBTaskResult.objects.filter(status="FAILED").count()
    demand(not failed, f"round {number}: {failed} tasks failed")
    for case in cases[-2:]:
        text = httpx.get(
            f"{address}/search/", params={"phrase": case.title("policy")}, timeout=60, trust_env=False
        ).text
        times = text.count(f"/info/{case.numbers['policy']}\"")
        demand(times == 1, f"round {number}: {case.name} is found {times} times")
