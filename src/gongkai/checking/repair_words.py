"""Repairs in plain words, as one would tell the clerk who keeps the table."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.checking.acts import Act
from gongkai.checking.evidence import digits_alike
from gongkai.checking.linear import Amount, Values
from gongkai.checking.wording import spell
from gongkai.forms import Form

_TABLES = {"disclosure": "表二", "requests": "表三", "remedies": "表四"}


def proposal_kind(values: Values, done: Sequence[Act]) -> str:
    """The kind of a proposal: that of its one act, single cells told more closely; "several" for more acts."""
    if len(done) != 1:
        return "several"
    act = done[0]
    if act.kind != "cell":
        return act.kind
    (address, new), *_ = act.changes.items()
    if digits_alike(values[address], new):
        return "digits"
    return "total" if address.endswith(".total") or ".results_total." in address else "cell"


def part_words(count: int, unique: bool, limit: int) -> str:
    """How sure the repair of a part is."""
    if count == 0:
        return "勾稽关系只说明这些数字相互矛盾，不能确定哪一格有误、应为多少。请对照原始台账核实。"
    if unique:
        return "最小的改法只有一种。请对照原始台账核实后再改。"
    if count == 1:
        return "只找到这一种改法，但勾稽关系不能证明这就是原貌。请对照原始台账核实。"
    shown = f"共有{count}种" if count < limit else f"至少有{count}种"
    return f"{shown}同样小的改法，仅凭勾稽关系不能确定是哪一种，以下按可能性排列。请对照原始台账核实。"


def proposal_words(form: Form, values: Values, done: Sequence[Act]) -> str:
    """All acts of a proposal, one sentence each: first what can be told from the table, then what is only arithmetic."""
    told = [_sentence(form, values, act) for act in done if act.kind != "cell"]
    cells = [_sentence(form, values, act) for act in done if act.kind == "cell"]
    if told and len(cells) > 1:
        told.append(f"此外至少还要改动{len(cells)}格才能平衡，例如：")
    return "".join(told + cells)


def _sentence(form: Form, values: Values, act: Act) -> str:
    first = next(iter(act.changes))
    table = _TABLES[first.split(".")[0]]
    rows = [f"“{form.words[key]}”" for key in act.rows]
    match act.kind:
        case "cell":
            return f"{table}{_cell(form, first)}：{_old(values[first])}应为{spell(act.changes[first])}。"
        case "swap":
            one, two = act.changes
            return (f"{table}{_cell(form, one)}与{_cell(form, two)}两格填反："
                    f"{spell(values[one])}与{spell(values[two])}应当对调。")  # fmt: skip
        case "total_first":
            return f"{table}{rows[0]}行：总计误填在第一列，其后各列依次右移了一格。应为{_line(form, values, act)}。"
        case "shift":
            side = "右" if act.steps > 0 else "左"
            return f"{table}{rows[0]}行：部分数字整体向{side}错了{abs(act.steps)}格。应为{_line(form, values, act)}。"
        case "row_swap":
            return f"{table}{rows[0]}行与{rows[1]}行整行填反，应当对调。"
        case "column_swap":
            return f"{table}{rows[0]}列与{rows[1]}列整列填反，应当对调。"
        case "row_copy":
            return f"{table}{rows[1]}行与{rows[0]}行完全相同，疑为误抄。应为{_line(form, values, act)}。"


def _cell(form: Form, address: str) -> str:
    _, row, column = address.split(".")
    return f"“{form.words[row]}”行“{form.words[column]}”列"


def _old(value: Amount | None) -> str:
    return "空白" if value is None else spell(value)


def _line(form: Form, values: Values, act: Act) -> str:
    """The whole row as it should read."""
    head = next(iter(act.changes)).rsplit(".", 1)[0]
    return "、".join(_old(act.changes.get(a, values[a])) for a in form.cells if a.rsplit(".", 1)[0] == head)
