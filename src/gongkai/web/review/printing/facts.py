"""What the printed forms say about an item: key -> words. A missing fact is an empty cell, to be filled in by hand."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.review.clock import clock_of
from gongkai.web.review.duties import DUTIES
from gongkai.web.review.joint import opinions
from gongkai.web.review.models import Act, Referral, ReviewMark, ReviewRound
from gongkai.web.review.originals import original_of
from gongkai.web.review.rounds import last_round

KEYS = frozenset(
    (
        "title", "document_number", "written_on", "unit", "drafter", "proposed", "proposed_reason", "decided", "imprint",
        "reassess_on", "changes", "index_number", "kind", "art20", "submitter", "submitted_at", "due", "attachments",
        "checks", "original", "published_at", "address", "remarks", "referrals", *(f"sign_{duty.key}" for duty in DUTIES),
    )
)  # fmt: skip
# What is printed above the imprint of a document (版记).
IMPRINT = {
    Attribute.PROACTIVE: "此件公开发布", Attribute.ON_REQUEST: "此件依申请公开", Attribute.NOT_PUBLIC: "此件不公开",
}  # fmt: skip
_DECIDED = (Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT, Stage.WITHDRAWN)


def facts(item: Item) -> dict[str, str]:
    """Every fact of KEYS."""
    last = last_round(item)
    decided = Attribute(item.attribute) if item.stage in _DECIDED else None
    clock = clock_of(item)
    found = {
        "title": item.title,
        "document_number": item.document_number,
        "written_on": _day(item.written_on),
        "unit": item.unit.name if item.unit else item.organ.name,
        "drafter": item.created_by.name if item.created_by else "",
        "proposed": boxes(Attribute(last.proposed_attribute if last else item.attribute)),
        "proposed_reason": _ground(last.proposed_reason if last else item.withheld_under),
        "decided": decided.label if decided else "",
        "imprint": IMPRINT[decided] if decided else "",
        "reassess_on": _day(item.reassess_on),
        "changes": "\n".join(_changes(item)),
        "index_number": item.index_number,
        "kind": item.get_kind_display(),
        "art20": taxonomy.ART20[item.art20].full if item.art20 in taxonomy.ART20 else taxonomy.ART21.title(item.art21) if item.art21 else "",
        "submitter": last.submitted_by.name if last and last.submitted_by else "",
        "submitted_at": _moment(last.submitted_at if last else None),
        "due": _day(clock.period.due) if clock else "",
        "attachments": "\n".join(f"{n}．{one.name}" for n, one in enumerate(item.attachments.all(), 1)) or "无",
        "checks": "\n".join(_checks(item)),
        "original": _original(item),
        "referrals": "\n".join(_referrals(item)),
        "published_at": _moment(item.published_at),
        "address": item.get_absolute_url() if item.published_at else "",
        "remarks": "\n".join([*_joint(item, last), *_remarks(item)]),
    }
    return found | _signatures(last)


def boxes(chosen: Attribute) -> str:
    """The three attributes with the chosen one ticked, as the paper form has them."""
    return "　　".join(f"{'☑' if one == chosen else '□'}{one.label}" for one in Attribute)


def _signatures(last: ReviewRound | None) -> dict[str, str]:
    found = {f"sign_{duty.key}": "" for duty in DUTIES}
    for mark in last.marks.exclude(act=Act.SUBMIT).select_related("by", "step") if last else ():
        for duty in mark.step.duties if mark.step else ():
            found[f"sign_{duty.key}"] = _signature(mark)
    return found


def _signature(mark: ReviewMark) -> str:
    opinion = mark.comment or mark.get_act_display() + "。"
    if mark.differs:
        opinion = f"公开属性应为{mark.get_attribute_display()}。{opinion}"
    return f"{opinion}\n{mark.by.name}　{_day(timezone.localtime(mark.at).date())}"


def _ground(key: str) -> str:
    term = taxonomy.REASONS.get(key)
    return f"{term.title}（《条例》{term.article}）" if term else ""


def _changes(item: Item) -> list[str]:
    return [
        f"{_day(timezone.localtime(one.at).date())}　{one.get_old_display()}→{one.get_new_display()}　{one.by.name}：{one.why}"
        if one.old != one.new
        else f"{_day(timezone.localtime(one.at).date())}　重新评估，维持{one.get_new_display()}　{one.by.name}：{one.why}"
        for one in item.attribute_changes.select_related("by").order_by("at")
    ]


def _checks(item: Item) -> list[str]:
    run = item.check_runs.first()
    if run is None:
        return []
    lines = [f"{_moment(run.at)}检查，发现{len(run.findings)}处" if run.findings else f"{_moment(run.at)}检查，未发现问题"]
    lines += [f"放行：{one.message}（{one.by.name if one.by else '系统'}：{one.reason}）" for one in item.passed_over.select_related("by")]
    return lines


def _referrals(item: Item) -> list[str]:
    found = []
    for one in Referral.objects.filter(round__item=item).select_related("by", "round"):
        words = f"{_day(timezone.localtime(one.at).date())}报请{one.body}（{one.get_to_display()}）确定：{one.question}　{one.by.name}"
        found.append(f"{words}\n{_outcome(one)}")
    return found


def _original(item: Item) -> str:
    original = original_of(item)
    if original is None:
        return ""
    number = f"（{original.number}）" if original.number else ""
    decided = f"　{original.decided}" if original.decided else ""
    return f"{original.maker}{original}{number}：{original.get_attribute_display() or '公开属性未认定或不明'}{decided}"


def _outcome(one: Referral) -> str:
    if one.awaited:
        return "等待答复。"
    if one.ended_at is not None:
        return f"{_day(timezone.localtime(one.ended_at).date())}{one.round.get_state_display()}，报请终止。"
    number = f"（{one.answer_number}）" if one.answer_number else ""
    return f"{_day(one.answered_on)}答复{number}：{one.get_answer_display()}。{one.answer_text}"


def _joint(item: Item, last: ReviewRound | None) -> list[str]:
    return [
        f"联合发文机关{organ.name}意见：" + (f"{given.get_stand_display()}。{given.text}　{_day(given.given_on)}" if given else "")
        for organ, given in opinions(item, last)
    ]


def _remarks(item: Item) -> list[str]:
    found = []
    if item.emergency:
        found.append(f"应急先行发布：{item.emergency_reason}")
    for one in item.emergency_reviews.exclude(confirmed_by=None).select_related("confirmed_by"):
        found.append(f"应急发布经{one.confirmed_by.name}确认")
    for one in item.emergency_reviews.exclude(reviewed_at=None).select_related("reviewed_by"):
        verdict = "维持公开" if one.kept else "撤下"
        found.append(f"事后审查（{one.reviewed_by.name if one.reviewed_by else ''}）：{verdict}。{one.comment}")
    if item.withdrawn_at:
        found.append(f"{_moment(item.withdrawn_at)}撤下：{item.withdrawn_reason}")
    return found


def _day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def _moment(value: datetime | None) -> str:
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{_day(local.date())}{local:%H:%M}"
