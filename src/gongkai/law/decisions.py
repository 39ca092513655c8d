"""Grounds of decision as data: what each rests on, what the letter must tell, and the one row it is counted in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.forms import FORM_KEYS, form

Track = Literal["denial", "direct", "none"]


class DecisionError(ValueError):
    """A decision that is unknown, or grounds that cannot stand together; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One kind of decision. ``rows`` gives the row of table 3 by form; ``tell`` what the letter must state.

    ``verified`` is False where no text read for this project settles the article or the remedy.
    """

    code: str
    title: str
    articles: tuple[str, ...]
    rows: dict[str, str]
    tell: tuple[str, ...]
    group: str
    track: Track
    verified: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one request: one or more grounds, and the main one where several stand side by side.

    ``main`` is needed only when several grounds would be counted in different rows and nothing was given.
    """

    codes: tuple[str, ...]
    main: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The one row a request is counted in. ``severed``: counted as partial and nowhere else."""

    row: str
    severed: bool
    grounds: tuple[Ground, ...]

    @property
    def tell(self) -> tuple[str, ...]:
        """What the letter must tell, every ground's part once."""
        return tuple(dict.fromkeys(t for g in self.grounds for t in g.tell))

    @property
    def articles(self) -> tuple[str, ...]:
        found = [a for g in self.grounds for a in g.articles]
        return tuple(dict.fromkeys(["条例第三十七条", *found] if self.severed else found))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "decisions.toml").read_text("utf-8"))


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its code, in the order of table 3. Raises DecisionError when a row is not on its form."""
    out = {}
    for code, raw in _data()["decision"].items():
        for key in FORM_KEYS:
            if raw["rows"].get(key) not in form(key).sets["requests.outcomes"]:
                raise DecisionError(f"决定类型“{code}”在{key}年格式中没有对应的办理结果行。")
        out[code] = Ground(code, raw["title"], tuple(raw["articles"]), raw["rows"], tuple(raw["tell"]), raw["group"],
                           raw["track"], raw["verified"])  # fmt: skip
    return out


@cache
def _together() -> dict[frozenset[str], bool]:
    return {frozenset(t["groups"]): t.get("severed", False) for t in _data()["together"]}


def may_stand_together(codes: Iterable[str]) -> bool:
    """Whether several grounds may stand in one reply. Raises DecisionError for an unknown code."""
    found = _grounds(tuple(dict.fromkeys(codes)))
    return len(found) == 1 or frozenset(g.group for g in found) in _together()


def outcome(decision: Decision, form_key: str) -> Outcome:
    """The one row of table 3 a decision is counted in (form "2019" or "2021").

    A severed request is counted once, as partial (note of the form). Raises DecisionError for an unknown code, for
    grounds that cannot stand together, and where several rows are possible and no main ground is named.
    """
    codes = tuple(dict.fromkeys(decision.codes))
    found = _grounds(codes)
    if decision.main is not None and decision.main not in codes:
        raise DecisionError(f"主要理由“{decision.main}”不在所列理由（{'、'.join(codes)}）之中。请核对。")
    if not may_stand_together(codes):
        raise DecisionError(f"“{'”“'.join(g.title for g in found)}”不能并列于一件申请；一函多事的，请在登记时拆分。")
    if _together().get(frozenset(g.group for g in found), False) or any(g.group == "severed" for g in found):
        return Outcome(grounds()["partial"].rows[form_key], True, found)
    rows = {g.rows[form_key] for g in found}
    if len(rows) > 1 and decision.main is None:
        raise DecisionError(f"“{'”“'.join(g.title for g in found)}”并列，一件申请只计一个结果，请指明主要理由。")
    main = grounds()[decision.main] if decision.main is not None else found[0]
    return Outcome(main.rows[form_key], False, found)


def _grounds(codes: tuple[str, ...]) -> tuple[Ground, ...]:
    if not codes:
        raise DecisionError("没有写明决定类型。请补登。")
    for code in codes:
        if code not in grounds():
            raise DecisionError(f"没有“{code}”这一决定类型；可用的有：{'、'.join(grounds())}。")
    return tuple(grounds()[code] for code in codes)
