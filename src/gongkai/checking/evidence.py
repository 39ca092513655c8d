"""What speaks for one repair rather than another, beyond the sums: digits, the prose, doubtful readings."""

from __future__ import annotations

import msgspec

from gongkai.checking.facts import Facts
from gongkai.checking.linear import Amount, Model
from gongkai.checking.search import State
from gongkai.forms import form
from gongkai.report import Figure, Report

# what a slip costs: of two repairs with as many slips, the one of commoner slips comes first
_SLIP = {"cell": 1.0, "swap": 1.2, "total_first": 1.2, "row_swap": 1.3, "column_swap": 1.3, "shift": 1.4, "row_copy": 1.5}
_DIGITS, _DOUBTFUL, _PROSE, _AGAINST, _TOTAL = 0.3, 0.3, 0.3, 0.4, 0.05


def weigh(report: Report, the: Model, start: State, state: State) -> tuple[float, list[str]]:
    """The cost of a repair (lower is likelier, never below zero) and the evidence for and against it in words."""
    cost, words = 0.0, []
    mended = len(start.broken)
    if mended > 1:
        words.append(f"改后{mended}处不成立的关系同时成立")
    for act in state.done:
        cost += _SLIP[act.kind]
        if act.kind == "cell":
            (address, new), *_ = act.changes.items()
            if likeness := digits_alike(start.values[address], new):
                cost -= _DIGITS
                words.append(f"“{the.form.words[address]}”原数与应填数{likeness}")
            if _is_total(address):
                cost -= _TOTAL
    for address in state.changes:
        trace = report.figures[address].trace
        if trace and (trace.uncertain or trace.status == "inferred"):
            cost -= _DOUBTFUL
            words.append(f"“{the.form.words[address]}”的读数本身存疑")
    for weight, sentence in _prose(report, state):
        cost += weight
        words.append(sentence)
    return max(cost, 0.0), words


def _is_total(address: str) -> bool:
    return address.endswith(".total") or ".results_total." in address


def digits_alike(old: Amount | None, new: Amount | None) -> str | None:
    """How the digits of a wrong and a right number resemble each other, in words; None when they do not.

    Single digits are alike with nothing: any could be mistyped for any.
    """
    if not isinstance(old, int) or not isinstance(new, int):
        return None
    a, b = str(old), str(new)
    if len(a) == len(b) > 1 and a != b:
        wrong = [i for i in range(len(a)) if a[i] != b[i]]
        if len(wrong) == 1:
            return "只差一个数字"
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(a) == sorted(b):
            return "只是相邻两个数字颠倒"
        return None
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if old and new and len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    ):
        return "相比多了一个数字" if longer == a else "相比少了一个数字"
    return None


def _prose(report: Report, state: State) -> list[tuple[float, str]]:
    """Claims of the prose that the repaired figures meet or miss."""
    if not report.claims or report.form is None:
        return []
    changed = {a: Figure.of(v) for a, v in state.changes.items()}
    before = Facts(report)
    after = Facts(msgspec.structs.replace(report, figures={**report.figures, **changed}))
    out = []
    for relation in form(report.form).relations:
        for instance in relation.instances if relation.scope == "narrative" else ():
            if not any(a in changed for a in instance.addresses):
                continue
            was, now = instance.holds(before), instance.holds(after)
            claim = before.report.claim(next((a[6:] for a in instance.addresses if a.startswith("claim.")), ""))
            if now and was is not True:
                out.append((-_PROSE, f"改后与正文所述数字（{claim}）一致"))
            elif now is False:
                out.append((_AGAINST, f"改后与正文所述数字（{claim}）不一致"))
    return out
