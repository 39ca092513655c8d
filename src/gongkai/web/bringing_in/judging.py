"""What each row would do, and every reason why it can't: asked by the preview and, under the lock, by the verb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.actions.attach_file import MOST
from gongkai.web.catalogue.files.accepting import faults
from gongkai.web.catalogue.item_problems import fill, problems_of
from gongkai.web.catalogue.models import Attribute, Item, OldAddress, Validity
from gongkai.web.catalogue.taxonomy import KINDS
from gongkai.web.house.rule import Refusal

from .models import Origin
from .row import CHANGED, CREATE, SAME, ItemRow

LONGEST_KEY = 500


def judge(rows: list[ItemRow], source: str, publish: bool) -> None:
    """Set `effect` and `errors` of every row. Reads the database; writes nothing."""
    recognise(rows, source)
    fresh = [row for row in rows if row.effect == CREATE]
    for row in fresh:
        row.errors += [one.message.rstrip("。") for one in _problems(row, publish)]
    _doubled(fresh)
    _taken(fresh)


def recognise(rows: list[ItemRow], source: str) -> None:
    """Set `effect`: one query for all; `errors` are what reading found."""
    identities = [row.identity for row in rows]
    origins = Origin.objects.filter(source=source, key__in=identities)
    known = dict(origins.values_list("key", "content_hash"))
    for row, identity in zip(rows, identities, strict=True):
        row.errors = list(row.unreadable)
        found = known.get(identity)
        row.effect = CREATE if found is None else SAME if found == row.content_hash else CHANGED


def item_of(row: ItemRow) -> Item:
    """The unsaved item that a row describes. The row has an organ."""
    item = Item(organ=row.organ, unit=row.unit, index_number=row.index_number)
    fill(item, row.values)
    if row.validity:
        item.validity = row.validity
    return item


def _problems(row: ItemRow, publish: bool) -> Iterable[Refusal]:
    if row.organ is None or row.unreadable:
        # Its values are not what was meant: judging them would only repeat what is said already.
        return
    item = item_of(row)
    # What must be unique is asked once for the batch, and the conditions of the table hold at the insert.
    item.full_clean = _fields_only(item)  # type: ignore[method-assign]
    yield from problems_of(item)
    if len(row.key) > LONGEST_KEY:
        yield Refusal("key", f"来源编号超过{LONGEST_KEY}个字。请改短。")
    if row.validity and not _has_validity(item):
        yield Refusal("validity", "这一类信息没有有效性。请清除有效性，或核对信息类别。")
    if publish and item.attribute == Attribute.PROACTIVE and row.published_at is None:
        yield Refusal("published_at", "按已发布导入须有发布日期。请补填。")
    if publish and row.published_at is not None and row.published_at > timezone.now():
        yield Refusal("published_at", "发布日期不能晚于现在。请核对年份。")
    if len(row.files) > MOST:
        yield Refusal("many", f"一条信息最多{MOST}个附件。请合并或打包。")
    for file in row.files:
        with file.path.open("rb") as content:
            yield from faults(file.name, file.path.stat().st_size, content)
    for digest, times in Counter(file.sha256 for file in row.files).items():
        if times > 1:
            names = "、".join(file.name for file in row.files if file.sha256 == digest)
            yield Refusal("twice", f"附件{names}内容相同。请只保留一个。")


def _fields_only(item: Item) -> Any:
    plain = type(item).full_clean

    def full_clean(exclude: Any = None, **kwargs: Any) -> None:
        plain(item, exclude, validate_unique=False, validate_constraints=False)

    return full_clean


def _has_validity(item: Item) -> bool:
    kind = KINDS.get(item.kind)
    return kind is not None and kind.validity and item.validity in Validity.values


def _doubled(rows: list[ItemRow]) -> None:
    """Two rows of the batch that would be one thing."""
    first: dict[str, ItemRow] = {}
    for row in rows:
        for label, value in (
            ("来源编号", row.identity),
            ("索引号", row.index_number),
            *(("旧地址", p) for p in row.old_paths),
        ):
            if not value:
                continue
            other = first.setdefault(f"{label}:{value}", row)
            if other is not row:
                what = "内容" if value.startswith("sha256:") else f"{label}“{value}”"
                row.errors.append(f"{what}与{other.place}重复")
                break


def _taken(rows: list[ItemRow]) -> None:
    """Index numbers and old addresses that other items have."""
    numbers = set(
        Item.objects.filter(
            index_number__in=[row.index_number for row in rows if row.index_number]
        ).values_list("index_number", flat=True)
    )
    wanted = [path for row in rows for path in row.old_paths]
    paths = (
        set(OldAddress.objects.filter(path__in=wanted).values_list("path", flat=True)) if wanted else set()
    )
    for row in rows:
        if row.index_number in numbers:
            row.errors.append(
                f"索引号“{row.index_number}”已被平台上另一条信息使用。请核对，或清除后由平台编号"
            )
        row.errors += [f"旧地址“{path}”已指向另一条信息" for path in row.old_paths if path in paths]
