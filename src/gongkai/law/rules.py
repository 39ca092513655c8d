"""The lengths and conventions of the clocks, loaded from data and overridable: nothing unsettled stands in code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any


class RulesError(ValueError):
    """A settings file that names an unknown rule or gives it a value of the wrong kind."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Every number and switch the clocks use; ``data/rules.toml`` gives each its default and its basis.

    Lengths ending in ``_days`` are working days, except ``reconsideration_days`` and ``after_review_days``, which
    are calendar days as the statutes count them.
    """

    reply_days: int
    correction_notice_days: int
    correction_notices: int
    late_correction_notice_restarts: bool
    extension_most: int
    extensions: int
    extension_on_due_day: bool
    third_party_days: int
    co_maker_days: int
    silence_ends_pause: bool
    reasons_pause: bool
    payment_days: int
    fee_notices: int
    publication_days: int
    reconsideration_days: int
    litigation_months: int
    after_review_days: int
    last_day_at_rest_moves: bool
    basis: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    unverified: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def override(self, text: str) -> Rules:
        """These rules with the values of a TOML text put over them. Raises RulesError."""
        try:
            given = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise RulesError(f"期限规则文件不是有效的 TOML：{error}") from error
        values, basis, unverified = _values(given)
        return replace(self, **values, basis=self.basis | basis,
                       unverified=(self.unverified - set(values)) | unverified)  # fmt: skip


_NAMES = {f.name: f.type for f in fields(Rules) if f.name not in ("basis", "unverified")}


def _values(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str], frozenset[str]]:
    values: dict[str, Any] = {}
    basis: dict[str, str] = {}
    unverified = set()
    for name, entry in given.items():
        if name not in _NAMES:
            raise RulesError(f"期限规则中没有“{name}”这一项；可用的有：{'、'.join(_NAMES)}。")
        table = entry if isinstance(entry, dict) else {"value": entry}
        value = table.get("value")
        wanted = bool if _NAMES[name] == "bool" else int
        if type(value) is not wanted or (wanted is int and value < 1):
            kind = "true 或 false" if wanted is bool else "正整数"
            raise RulesError(f"期限规则“{name}”应为{kind}，现为 {value!r}。")
        values[name] = value
        if "basis" in table:
            basis[name] = str(table["basis"])
        if not table.get("verified", True):
            unverified.add(name)
    return values, basis, frozenset(unverified)


@cache
def default_rules() -> Rules:
    """The default rules. Raises RulesError when the package's own data is incomplete."""
    text = (files("gongkai.law") / "data" / "rules.toml").read_text("utf-8")
    values, basis, unverified = _values(tomllib.loads(text))
    if missing := sorted(_NAMES.keys() - values.keys()):
        raise RulesError(f"期限规则缺少：{'、'.join(missing)}。")
    return Rules(**values, basis=basis, unverified=unverified)
