"""Generated ledgers of cases over several years, and the context that puts their tables to the forms' relations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.forms import APPLICANTS, Value
from gongkai.law import Case, Decision, DecisionError, Event, Kind, RemedyCase, grounds, outcome

FIRST = date(2019, 6, 1)
YEARS = range(2019, 2024)


def _valid(decision: Decision) -> bool:
    try:
        outcome(decision, "2019")
        outcome(decision, "2021")
    except DecisionError:
        return False
    return True


DECISIONS = st.one_of(
    st.sampled_from(list(grounds())).map(lambda code: Decision((code,))),
    st.lists(st.sampled_from(list(grounds())), min_size=2, max_size=3, unique=True).map(
        lambda codes: Decision(tuple(codes), main=codes[0])
    ).filter(_valid),
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, id: str = "1") -> Case:
    """A case received in 2019-2022 and open, or closed up to a year and a half later, sometimes by withdrawal."""
    received = FIRST + timedelta(days=draw(st.integers(0, 1300)))
    events = [Event(Kind.RECEIVED, received)]
    ending = draw(st.sampled_from([None, Kind.REPLIED, Kind.REPLIED, Kind.REPLIED, Kind.WITHDRAWN, Kind.ABANDONED]))
    if ending is not None:
        events.append(Event(ending, received + timedelta(days=draw(st.integers(0, 500)))))
    decision = draw(DECISIONS) if ending in (Kind.REPLIED, Kind.ABANDONED) else None
    return Case(id, draw(st.sampled_from(APPLICANTS)), tuple(events), decision)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Case]:
    return [draw(cases(id=f"{n:03d}")) for n in range(draw(st.integers(0, 12)))]


@st.composite
def remedy_ledgers(draw: st.DrawFn) -> list[RemedyCase]:
    out = []
    for n in range(draw(st.integers(0, 12))):
        filed = FIRST + timedelta(days=draw(st.integers(0, 1300)))
        row = draw(st.sampled_from(["review", "litigation_direct", "litigation_after_review"]))
        if draw(st.booleans()):
            ended = filed + timedelta(days=draw(st.integers(0, 500)))
            out.append(RemedyCase(f"{n:03d}", row, filed, ended, draw(st.sampled_from(["upheld", "corrected", "other"]))))
        else:
            out.append(RemedyCase(f"{n:03d}", row, filed))
    return out


class Tables:
    """The context of a relation: this year's tables, last year's, and the facts of the register."""

    def __init__(self, now: Mapping[str, int], before: Mapping[str, int], facts: Mapping[str, int]):
        self.now, self.before, self.facts = now, before, facts

    def figure(self, source: str, address: str) -> int | Decimal | None:
        return {"": self.now, "prev": self.before, "prev2019": self.before}[source].get(address)

    def children(self, address: str) -> list[int | Decimal | None]:
        raise AssertionError("a ledger has no children")

    def fact(self, name: str) -> Value:
        return self.facts.get(name)
