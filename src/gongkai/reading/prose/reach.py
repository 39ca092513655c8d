"""Whose figures a sentence gives, and over what time: this organ's or a whole area's, of the year or of several."""

from __future__ import annotations

import re
from typing import Literal

Scope = Literal["wide", "own", ""]

_WIDE = re.compile(r"全[省市州县区旗盟镇乡系][^,。;]{0,6}|各级|各部门|各单位|各乡镇|各县")
_OWN = re.compile(r"本级|本机关|机关本身|我[办局委厅]|[市县区州盟旗省]政府办(?:公[室厅])?|本办")
_AREA = re.compile(
    r"(?:全[省市州县区旗盟镇乡]|各级(?:行政|政府|机关))(?![^,。;]*我[局办委厅])[^,。;我本]{0,16}(?:收到|受理|接收|新收|接到|办理|办结|答复|发生|制发)"
)
_SPEAKS_FOR_AN_AREA = re.compile(r"(?:政府|[省市州县区旗盟镇乡]|管委会|管理委员会|街道|办事处)$")
_YEARS = re.compile(
    r"(?:十[二三四五]五|条例》?|《[^》]*》|施行|实施|成立|组建|开通|建立|(?:自|从)20\d\d年)[^,。;]{0,8}(?:以来|至今)"
    r"|十[二三四五]五[^,。;]{0,3}(?:期间|时期)|[近过][两三四五六七八九十\d]{1,2}年(?!度)|[两三四五六七八九十]年[来间]|任期内|本届政府"
)
_OF_ONE_YEAR = re.compile(r"全年|本年|当年|今年|年内|第[一二三四五六七八九十]年|20\d\d年")


def scope(context: str) -> Scope:
    """Whose figures a number gives: the last subject named before it."""
    wide = max((m.end() for m in _WIDE.finditer(context)), default=-1)
    own = max((m.end() for m in _OWN.finditer(context)), default=-1)
    return "" if wide == own == -1 else ("wide" if wide > own else "own")


def of_an_area(context: str, organ: str | None) -> bool:
    """Whether a number is a whole area's (全县共收到) in the report of an organ that answers for itself alone."""
    if organ is None or _SPEAKS_FOR_AN_AREA.search(organ):
        return False
    return bool(_AREA.search(context))


def spans_years(context: str) -> bool:
    """Whether the words before a number speak of several years, and none after them of one: 十四五以来累计收到."""
    ends = [match.end() for match in _YEARS.finditer(context)]
    return bool(ends) and not _OF_ONE_YEAR.search(context, ends[-1])
