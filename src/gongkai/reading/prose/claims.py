"""What the prose says about the figures: names of :data:`gongkai.forms.CLAIMS`, each with its place.

A number is a claim when the words right before it say what it counts, the sentence is about this year and this
report's matter, and it is exact. Anything doubtful is left out: a wrong claim would accuse a correct table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.reading.prose.claim_rules import NoneRule, NumberRule, Rules, rules
from gongkai.reading.prose.lines import Lines
from gongkai.reading.prose.passages import Passage, passages
from gongkai.reading.prose.quantities import Passed, Quantity, quantities
from gongkai.reading.prose.reach import Scope, of_an_area, scope, spans_years
from gongkai.reading.prose.sections import Part
from gongkai.report import Claim, Problem

_SENTENCE = re.compile(r"[^。;!?]+")
_FAR = 400
"""So many characters before a number can still say what it is about."""
_NO = re.compile(r"[未没无零]|(?<!\d)0(?=$|[,。;])|不存在|办结|完毕|办理完成|办理结果")
_QUOTED = re.compile(r"《[^》]*》?|〔[^〕]*〕?")
_YEAR = re.compile(r"(20\d\d)(?=年|你那)")
_OTHER_TIME = re.compile(r"上一?年度?|去年|同期|往年|历年|上半年|下半年|季度|(?<!\d)\d{1,2}月(?:份|(?!\d|底|末))|[比较][^,]{0,8}$")
_INFORMATION = re.compile(r"信息公开|依申请公开|公开申请|公开工作|公开信息")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,2}、|\(.{1,2}\)|\d{1,2}[、.]|[一二三四五六七八九十]是)")
_FILES = re.compile(r"主动公开\D{0,6}\d+[^。]*依申请公开|公开属性")
"""What a sentence counts documents by: how they may be published, no outcome of a request."""
_APPLICANTS = re.compile("自然人|企业|组织|机构")
_ONE_ANSWER = frozenset({"requests_received", "carried_in", "carried_forward", "requests_completed", "review_cases",
                         "litigation_cases", "fee_yuan"})  # fmt: skip



@dataclass(slots=True, eq=False)
class _Said:
    """A claim before its place is looked up. ``start`` to ``end`` are in its passage."""

    name: str
    value: int | Decimal
    passage: Passage
    start: int
    end: int
    scope: Scope


@dataclass(slots=True)
class _Reader:
    rules: Rules
    year: int | None
    organ: str | None
    said: list[_Said] = field(default_factory=list)
    topic: str = ""
    base: str = ""
    """The claim a breakdown in the same passage belongs to."""


def claims(
    lines: Lines, found: tuple[Part, ...], year: int | None, organ: str | None
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """The claims of a report in the order of its text, and a problem where the text contradicts itself.

    Two values under one name stay two claims, but for the fee: section six is where the form asks for it.
    """
    reader = _Reader(rules(year), year, organ)
    for passage in passages(lines, found, reader.rules.telling):
        short = len(passage.text) <= 30
        if short and _HEADING.match(passage.text) and "。" not in passage.text:
            reader.topic = ""
        heading, reader.base = reader.topic, ""
        if reader.rules.gate.search(passage.text) and reader.rules.amount.search(passage.text):
            for match in _SENTENCE.finditer(passage.text):
                _sentence(reader, passage, match.start(), match[0])
            reader.topic = heading
        if short:
            reader.topic = _topic(reader, passage.text) or heading
    kept = _of_this_organ(reader.said, organ)
    problems = tuple(_contradictions(lines, kept))
    official = {s.name for s in kept if s.name == "fee_yuan" and s.passage.part == 6}
    kept = [s for s in kept if s.name not in official or s.passage.part == 6]
    return tuple(_claim(lines, said) for said in kept), problems


def _topic(reader: _Reader, text: str) -> str:
    """What a text is about: the topic whose word stands last in it; "" when none does."""
    words = reader.rules.topics.findall(text)
    return reader.rules.topic_of[words[-1]] if words else ""


def _sentence(reader: _Reader, passage: Passage, offset: int, text: str) -> None:
    carried = reader.topic
    topics = [(match.end(), reader.rules.topic_of[match[0]]) for match in reader.rules.topics.finditer(text)]
    if reader.base or reader.rules.gate.search(text):  # after a base, words like 自然人 alone count its parts
        _counted(reader, passage, offset, text, topics)
        if "季度" in text:
            _quarters(reader, passage, offset, text)
        if _NO.search(text):
            _denied(reader, passage, offset, text, carried)
    reader.topic = topics[-1][1] if topics else carried


def _counted(reader: _Reader, passage: Passage, offset: int, text: str, topics: list[tuple[int, str]]) -> None:
    """What the numbers of a sentence say. ``topics``: what it speaks of, each with the end of the word."""
    carried, before = reader.topic, 0
    for quantity in quantities(text):
        near, context = text[before:quantity.start], _context(text, quantity)
        before = quantity.end
        if isinstance(quantity, Passed):
            continue
        if quantity.start > _FAR:
            reader.topic = _topic(reader, context) or carried
        else:
            reader.topic = next((topic for end, topic in reversed(topics) if end <= quantity.start), carried)
        name = _number(reader, passage, text, near, quantity)
        if not name and (behind := _outcome_behind(reader, text, near, quantity)):
            name, before = (behind[0],), behind[1]
        for claim in name:
            reader.said.append(_Said(claim, quantity.value, passage, offset + quantity.start, offset + quantity.end,
                                     scope(context)))  # fmt: skip
            if not claim.startswith("received_by."):
                reader.base = claim


def _quarters(reader: _Reader, passage: Passage, offset: int, text: str) -> None:
    """Four quarters told at once."""
    match = reader.rules.quarters.search(text)
    if match is None or passage.part not in (0, 1) or not _this_year(reader, text[:match.start()], ""):
        return
    for number in range(1, 5):
        start, end = (offset + n for n in match.span(number))
        reader.said.append(_Said(f"published_q{number}", int(match[number]), passage, start, end, ""))


def _denied(reader: _Reader, passage: Passage, offset: int, text: str, carried: str) -> None:
    """What a sentence says in words: that there was none, or that all was done."""
    for rule in reader.rules.nones:
        for match in rule.pattern.finditer(text):
            for claim in _none(reader, passage, text, rule, match, carried):
                reader.said.append(_Said(claim, rule.value, passage, offset + match.start(), offset + match.end(),
                                         scope(text[:match.end()])))  # fmt: skip


def _context(text: str, quantity: Quantity | Passed) -> str:
    return text[max(0, quantity.start - _FAR):quantity.start]


def _number(reader: _Reader, passage: Passage, text: str, near: str, quantity: Quantity) -> tuple[str, ...]:
    """The claims a number makes, by the words before it."""
    context = _context(text, quantity)
    if of_an_area(context, reader.organ):
        return ()
    timely = _this_year(reader, context, near)
    if quantity.measure == "items":
        if timely and (outcome := _outcome(reader, text, near)) is not None:
            return (outcome,) if outcome else ()
        if timely and (applicant := _applicant(reader, near)):
            return (applicant,)
        if timely and (match := reader.rules.both.search(near)) and _about_information(passage, text):
            return ("review_cases", "litigation_cases") if quantity.value == 0 or match["each"] else ()
    for rule in reader.rules.numbers_for(quantity.measure, reader.topic, passage.part):
        match = rule.pattern.search(near)
        if match and _allowed(rule, passage, text, near, quantity) and (timely or rule.whatever_year or rule.quarter):
            if rule.quarter:
                return _quarter(reader, match["quarter"], context)
            return (rule.claim,)
    return ()


def _allowed(rule: NumberRule, passage: Passage, text: str, near: str, quantity: Quantity) -> bool:
    if (rule.unless and rule.unless.search(near)) or (rule.unless_sentence and rule.unless_sentence.search(text)):
        return False
    if rule.after and not rule.after.search(text[quantity.end:]):
        return False
    return not rule.remedies or _about_information(passage, text)


def _this_year(reader: _Reader, context: str, near: str) -> bool:
    """Whether a number is about the report's year: no other year named last before it, no part of the year."""
    years = _years(context)
    if years and reader.year and int(years[-1]) != reader.year:
        return False
    return not _OTHER_TIME.search(near.rsplit(",", 1)[-1]) and not spans_years(context)


def _years(text: str) -> list[str]:
    """The years a text names, but for those of documents it quotes."""
    return _YEAR.findall(_QUOTED.sub("", text)) if "20" in text else []


def _outcome(reader: _Reader, text: str, near: str) -> str | None:
    """The outcome a number counts; "" for one without a name of its own, None for no outcome."""
    named = reader.rules.any_outcome.findall(near)
    if not named:
        return None
    if _FILES.search(text):
        return ""
    about = reader.topic == "requests" or len(reader.rules.any_outcome.findall(text)) >= 3
    if len(named) > 1 or not about or _APPLICANTS.search(near) or (reader.base == "received_by" and "其中" in near):
        return ""
    return next((claim for claim, pattern in reader.rules.outcomes if pattern.search(near)), None)


def _outcome_behind(reader: _Reader, text: str, near: str, quantity: Quantity) -> tuple[str, int] | None:
    """The outcome that follows its number (3件予以公开), and where it ends."""
    if reader.topic != "requests" or quantity.measure != "items" or _APPLICANTS.search(near):
        return None
    if reader.rules.any_outcome.search(near) or not _this_year(reader, _context(text, quantity), near):
        return None
    for claim, pattern in reader.rules.outcomes_behind:
        if claim and (match := pattern.match(text, quantity.end)):
            return claim, match.end()
    return None


def _applicant(reader: _Reader, near: str) -> str | None:
    """The kind of applicant whose received requests a number counts, when new requests are what is broken down."""
    if reader.topic != "requests" or re.search("法人(?!和|或|及|、|与)|法人[^,;]{1,3}其[他它]组织|占|办结|答复|结转", near):
        return None
    if reader.base not in ("requests_received", "received_by") and not re.search("收到|受理|新收|接收", near):
        return None
    for name, pattern in reader.rules.applicants:
        if (match := pattern.search(near)) and (reader.base == "received_by" or match[0][:2] != "其他" or "组织" in match[0]):
            reader.base = "received_by"
            return f"received_by.{name}"
    return None


def _quarter(reader: _Reader, numeral: str, context: str) -> tuple[str, ...]:
    about = re.search("(?:公开|发布|公布)[^。]*信息|信息[^。]*(?:公开|发布|公布)", context)
    years = _years(context)
    if not about or reader.topic == "requests" or (years and reader.year and int(years[-1]) != reader.year):
        return ()
    number = "一二三四".find(numeral) + 1 or int(numeral)
    return (f"published_q{number}",)


def _none(reader: _Reader, passage: Passage, text: str, rule: NoneRule, match: re.Match[str], topic: str) -> tuple[str, ...]:
    context = text[:match.end()]
    if rule.unless and rule.unless.search(match[0]):
        return ()
    if not rule.whatever_year and not _this_year(reader, context, text[:match.start()][-12:]):
        return ()
    if rule.topic and (_topic(reader, context) or topic) != rule.topic:
        return ()
    if not rule.remedies:
        return rule.claims
    named = []
    if passage.part in (0, 1, 4) or _about_information(passage, text):
        if reader.rules.review.search(match["items"]):
            named.append("review_cases")
        if reader.rules.suit.search(match["items"]):
            named.append("litigation_cases")
    return tuple(named)


def _about_information(passage: Passage, text: str) -> bool:
    return passage.part == 4 or bool(_INFORMATION.search(text)) or bool(_INFORMATION.search(passage.text[:60]))


def _of_this_organ(said: list[_Said], organ: str | None) -> list[_Said]:
    """Without what is clearly about another subject where two values stand under one name.

    A government's report speaks for its whole area, an organ's for itself.
    """
    preferred: Scope = "wide" if (organ or "").endswith("人民政府") else "own"
    out: list[_Said] = []
    for name in dict.fromkeys(s.name for s in said):
        same = [s for s in said if s.name == name]
        if len({s.value for s in same}) > 1:
            ours = [s for s in same if s.scope == preferred]
            others = [s for s in same if s.scope not in (preferred, "")]
            if others and len({s.value for s in same if s not in others}) == 1:
                same = [s for s in same if s not in others]
            elif ours and all(s in ours or s in others for s in same):
                same = ours
        out += same
    return sorted(out, key=said.index)


def _contradictions(lines: Lines, said: list[_Said]) -> Iterator[Problem]:
    for name in dict.fromkeys(s.name for s in said if s.name in _ONE_ANSWER):
        values = {s.value: s for s in said if s.name == name}
        if len(values) > 1:
            raws = [_claim(lines, s).trace for s in values.values()]
            quoted = "、".join(f"“{t.raw}”" for t in raws if t)
            yield Problem("claims_differ", f"正文对同一事项有不同的说法：{quoted}。请核对正文。", None, raws[0])


def _claim(lines: Lines, said: _Said) -> Claim:
    line, start, end = said.passage.where(said.start, said.end)
    return Claim(said.name, said.value, lines.trace(line, start, end, around=12))
