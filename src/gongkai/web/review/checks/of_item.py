"""Checks of the item itself: what it lacks, its document number, its words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from django.db.models import QuerySet

from gongkai.web.catalogue import document_number, taxonomy
from gongkai.web.catalogue.models import Attribute, Item, Stage, Validity

from .finding import Found, Passage
from .marks import marks
from .personal import personal_data

# Kinds that organs print with a document number; a notice or a list has none.
_NUMBERED = {"rules", "normative", "policy"}
_SHORTEST = 4
_UPWARD = re.compile(r"请示$|征求.{0,40}意见的?函$")


def of_item(item: Item) -> Iterator[Found]:
    """Every finding in the fields and the text of `item` (not in its files)."""
    yield from _lacking(item)
    yield from _number(item)
    passages = list(passages_of(item))
    yield from personal_data(passages)
    yield from marks(passages, consulting="征求意见" in item.title and "稿" not in item.title[-3:])


def passages_of(item: Item) -> Iterator[Passage]:
    """The words a reader of the page will see, with their places."""
    for name in ("title", "summary", "keywords", "source", "document_number"):
        if words := getattr(item, name):
            yield Passage(words, str(item._meta.get_field(name).verbose_name))
    for number, line in enumerate(item.text.splitlines(), 1):
        yield Passage(line, f"正文第{number}段")
    # Readers see the name a file is saved under, and the words of its link.
    for name, title in item.attachments.values_list("name", "title"):
        yield Passage(name.rpartition(".")[0] or name, f"附件“{name}”的文件名")
        if title:
            yield Passage(title, f"附件“{name}”的说明")


def _lacking(item: Item) -> Iterator[Found]:
    kind = taxonomy.KINDS.get(item.kind)
    withheld = item.attribute != Attribute.PROACTIVE
    reason = taxonomy.REASONS.get(item.withheld_under)
    if len(item.title.strip()) < _SHORTEST:
        yield Found("no_title", "标题不完整", "标题", value=item.title)
    if not item.text and not item.attachments.exists() and not (reason is not None and not reason.held):
        yield Found("no_content", "没有正文，也没有附件", "正文", value="content")
    if item.kind in _NUMBERED and not item.document_number:
        yield Found("no_number", f"{item.get_kind_display()}没有填写文号", "文号", value="number")
    if item.written_on is None:
        yield Found("no_written_on", "没有填写成文日期", "成文日期", value="written")
    if not withheld and item.clock_starts_on is None:
        yield Found("no_clock", "没有形成日期或成文日期，无法计算公开期限", "形成日期", value="clock")
    if kind is not None and kind.validity and item.validity == Validity.NONE:
        yield Found("no_validity", "没有标明有效性", "有效性", value="validity")
    if not withheld and not item.art20 and not item.art21:
        yield Found("no_class", "没有归入法定主动公开内容", "法定主动公开内容", value="class")
    if not withheld and (item.genre == "request" or _UPWARD.search(item.title)):
        yield Found("upward", "请示、征求意见的函件等属于过程性信息，一般不主动公开", "标题", value=item.title)
    if withheld and not item.withheld_under:
        yield Found("no_reason", "没有填写不主动公开的理由", "不主动公开的理由", value="reason")


def _number(item: Item) -> Iterator[Found]:
    if not item.document_number:
        return
    for words in document_number.faults(item.document_number):
        yield Found("number_form", words, "文号", value=item.document_number)
    parsed = document_number.parse(item.document_number)
    if parsed is None or not parsed.year:
        return
    if item.written_on is not None and item.written_on.year != parsed.year:
        yield Found(
            "number_year", f"文号年份{parsed.year}，成文日期{item.written_on}", "文号", value=f"{parsed}|{item.written_on}"
        )
    others = Item.objects.filter(
        organ_id=item.organ_id, number_issuer=parsed.issuer, number_year=parsed.year
    ).exclude(pk=item.pk).exclude(stage=Stage.WITHDRAWN)  # fmt: skip
    if others.filter(number_serial=parsed.serial).exists():
        yield Found("number_twice", f"本机关已有文号为“{parsed}”的信息", "文号", value=str(parsed))
    if item.written_on is not None:
        yield from _order(item.written_on, parsed, others)


def _order(on: datetime.date, parsed: document_number.DocumentNumber, others: QuerySet[Item]) -> Iterator[Found]:
    """A larger serial of the same year must not be older, a smaller one not younger (the nearest tells)."""
    dated = others.filter(written_on__isnull=False)
    before = dated.filter(number_serial__lt=parsed.serial).order_by("-number_serial").first()
    after = dated.filter(number_serial__gt=parsed.serial).order_by("number_serial").first()
    for other, wrong in ((before, before and before.written_on > on), (after, after and after.written_on < on)):
        if other is not None and wrong:
            yield Found(
                "number_order", f"与“{other.document_number}”（成文日期{other.written_on}）的先后不符", "文号",
                value=f"{parsed}|{other.document_number}",
            )  # fmt: skip
