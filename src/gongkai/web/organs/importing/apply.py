"""Applying the rows through the verbs themselves. A preview is the same run, rolled back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from gongkai.web.house.actor import Actor, Via
from gongkai.web.house.rule import Refused
from gongkai.web.house.table_outcome import Outcome, RowResult
from gongkai.web.organs.actions.create_organ import CreateOrgan
from gongkai.web.organs.actions.revise_office import FIELDS as OFFICE_FIELDS
from gongkai.web.organs.actions.revise_office import ReviseOffice
from gongkai.web.organs.actions.revise_organ import REVISABLE, ReviseOrgan
from gongkai.web.organs.models import Office, Organ

from .columns import OrganRow


def preview(actor: Actor, rows: list[OrganRow]) -> Outcome:
    """What `apply_rows` would do. Nothing stays."""
    with transaction.atomic():
        outcome = apply_rows(actor, rows)
        transaction.set_rollback(True)
    return outcome


def apply_rows(actor: Actor, rows: list[OrganRow], reason: str = "") -> Outcome:
    """Apply every row, parents first, each in its own savepoint; the caller decides about errors. `reason`: why warnings
    of the checks may stand."""
    actor = actor if actor.is_operator else replace(actor, via=Via.IMPORT)
    results = {row.number: _one(actor, row, reason) for row in _parents_first(rows)}
    return Outcome([results[number] for number in sorted(results)])


def _parents_first(rows: list[OrganRow]) -> Iterable[OrganRow]:
    """Rows ordered so that a parent in the table comes before its children; rings and doubles get an error."""
    by_slug: dict[str, OrganRow] = {}
    for row in rows:
        slug = row.organ.get("slug", "")
        if slug and slug in by_slug:
            row.errors.append(f"代号“{slug}”与第{by_slug[slug].number}行重复")
        else:
            by_slug[slug] = row
    done: set[int] = set()
    for row in rows:
        line: list[OrganRow] = []
        step: OrganRow | None = row
        while step is not None and step.number not in done:
            if step in line:
                step.errors.append("上级代号绕成了一圈")
                break
            line.append(step)
            step = by_slug.get(step.parent) if step.parent else None
        for one in reversed(line):
            done.add(one.number)
            yield one


def _one(actor: Actor, row: OrganRow, reason: str) -> RowResult:
    place, name = f"第{row.number}行", str(row.organ.get("name", ""))
    if row.errors:
        return RowResult(place, name, "error", tuple(row.errors))
    try:
        with transaction.atomic():
            existing = Organ.objects.filter(slug=row.organ["slug"]).first()
            effect = _create(actor, row, reason) if existing is None else _revise(actor, row, existing, reason)
    except Refused as refused:
        return RowResult.refused(place, name, refused)
    except _RowError as error:
        return RowResult(place, name, "error", (str(error),))
    return RowResult(place, name, effect)


class _RowError(ValueError):
    pass


def _create(actor: Actor, row: OrganRow, reason: str) -> str:
    parent = Organ.objects.filter(slug=row.parent).first() if row.parent else None
    if row.parent and parent is None:
        raise _RowError(f"没有代号为“{row.parent}”的上级，或该上级所在行有错")
    organ = Organ(parent=parent, **row.organ)
    CreateOrgan(actor=actor, organ=organ, aliases=row.aliases, basis=row.basis, reason_for_all=reason).perform()
    if row.office:
        ReviseOffice(actor=actor, organ=organ, values=row.office, reason_for_all=reason).perform()
    return "create"


def _revise(actor: Actor, row: OrganRow, organ: Organ, reason: str) -> str:
    if row.organ["name"] != organ.name:
        raise _RowError(f"名称与现有“{organ.name}”不同。更名请用“机关更名”办理")
    if row.organ["kind"] != organ.kind:
        raise _RowError(f"类别与现有“{organ.get_kind_display()}”不同，不能用导入修改")
    if row.parent and (organ.parent is None or organ.parent.slug != row.parent):
        raise _RowError("上级与现有的不同。请用“隶属调整”办理")
    changed = False
    values = {
        name: row.organ[name]
        for name in REVISABLE
        if name in row.organ and row.organ[name] != getattr(organ, name)
    }
    known = set(organ.aliases.values_list("text", flat=True))
    if values or set(row.aliases) - known:
        aliases = tuple(known | set(row.aliases))
        ReviseOrgan(actor=actor, organ=organ, values=values, aliases=aliases, reason_for_all=reason).perform()
        changed = True
    return "revise" if _revise_office(actor, row, organ, reason) or changed else "same"


def _revise_office(actor: Actor, row: OrganRow, organ: Organ, reason: str) -> bool:
    office = Office.objects.filter(organ=organ).first()
    now = {name: getattr(office, name) if office else "" for name in OFFICE_FIELDS}
    wanted = now | row.office
    if wanted == now:
        return False
    ReviseOffice(actor=actor, organ=organ, values=wanted, reason_for_all=reason).perform()
    return True
