"""The remedy paragraph a reply must carry, by the grounds and the date of the reply.

From 2024-01-01 a denial under Articles 14-16 goes to administrative reconsideration first (Article 23(1)(4) of the
Administrative Reconsideration Law as revised in 2023); everything else may still go straight to court.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.decisions import Decision, DecisionError, outcome
from gongkai.law.rules import Rules, default_rules


@dataclass(frozen=True, slots=True)
class Remedy:
    """``text`` is the paragraph to print; ``review_first`` whether a suit needs reconsideration before it.

    ``verified`` is False where no text read for this project settles the track of one of the grounds.
    """

    text: str
    review_first: bool
    articles: tuple[str, ...]
    verified: bool


def remedy(decision: Decision, on: date, review_body: str, court: str, rules: Rules | None = None) -> Remedy | None:
    """The remedy paragraph for a reply given on ``on``; None for a closure without a letter.

    Grounds of several tracks take the strictest one: a reply that withholds anything under Articles 14-16 goes to
    reconsideration first. Raises DecisionError for an impossible decision and for a date before the Regulation of
    2019, ValueError without the names of the reviewing body and the court.
    """
    if not review_body.strip() or not court.strip():
        raise ValueError("救济告知必须写明行政复议机关和人民法院的名称。")
    rules = rules or default_rules()
    result = outcome(decision, "2021")
    tracks = {g.track for g in result.grounds}
    if tracks == {"none"}:
        return None
    track = "denial" if "denial" in tracks else "direct"
    for entry in _texts():
        if entry["track"] == track and entry["from"] <= on <= entry.get("to", date.max):
            text = entry["text"].format(review_body=review_body, court=court, review_days=rules.reconsideration_days,
                                        suit_months=rules.litigation_months, after_days=rules.after_review_days)  # fmt: skip
            decisive = [g for g in result.grounds if g.track == track]
            sure = any(g.verified for g in decisive) if track == "denial" else all(g.verified for g in decisive)
            return Remedy(text, entry["review_first"], tuple(entry["articles"]), sure)
    raise DecisionError(f"没有适用于{on}的救济告知文本；本系统的文本自2019年5月15日起适用。")


@cache
def _texts() -> list[dict[str, Any]]:
    raw = tomllib.loads((files("gongkai.law") / "data" / "remedies.toml").read_text("utf-8"))
    return list(raw["text"])
