"""Ticks and tick boxes as official tables print them."""

from __future__ import annotations

import re

from gongkai.web.catalogue.taxonomy import CARRIERS

TICK, BOX_ON, BOX_OFF = "√", "■", "□"
_ON = "■☑√✓✔●◆▇✅"
_OFF = "□☐○◇▢×✗"
_WORDS_ON = {"是", "有", "1", "v", "y", "yes", "true", "公开"}
_WORDS_OFF = {"", "否", "无", "0", "n", "no", "false", "-", "—", "/", "不公开"}
_BOX = re.compile(rf"([{_ON}{_OFF}])")
_SEPARATOR = re.compile(r"[\s、，,;；]+")


class UnknownMark(ValueError):  # noqa: N818
    """A cell that is neither ticked nor empty; the message says what it may be."""


def ticked(text: str) -> bool:
    """Whether a tick column's cell is ticked. Raises UnknownMark."""
    plain = text.strip()
    if any(sign in _ON for sign in plain):
        return True
    if plain.lower() in _WORDS_ON:
        return True
    if plain.lower() in _WORDS_OFF or all(sign in _OFF for sign in plain):
        return False
    raise UnknownMark(f"“{plain}”应为“√”或留空")


def group_named(text: str) -> str:
    """The audience of 特定群体: its name, 特定群体 for a bare tick, empty when not ticked."""
    plain = text.strip()
    if plain.lower() in _WORDS_OFF:
        return ""
    name = re.sub(rf"[{_ON}]", "", plain).strip(" ：:\n")
    if not name or name.lower() in _WORDS_ON:
        return "特定群体"
    if all(sign in _OFF for sign in name):
        return ""
    return re.sub(r"\s+", "", name)


def carriers(text: str) -> list[str]:
    """The keys of the ticked channels and carriers, in the official order.

    With tick boxes only ticked names count; a cell without any box lists what is used. Raises UnknownMark.
    """
    pieces = _BOX.split(text)
    if len(pieces) == 1:
        names = _SEPARATOR.split(text.strip())
    else:
        pairs = zip(pieces[1::2], pieces[2::2], strict=True)
        names = [_plain(name) for box, name in pairs if box in _ON]
    found = {_key(name) for name in names if _plain(name)}
    return [term.key for term in CARRIERS if term.key in found]


def _plain(name: str) -> str:
    return re.sub(r"[\s_＿]+", "", name).strip("、，,;；。")


def _key(name: str) -> str:
    plain = _plain(name)
    term = CARRIERS.named(plain)
    if term is None:
        term = next(
            (one for one in CARRIERS if any(plain.startswith(w) for w in (one.title, *one.also))), None
        )
    if term is None:
        raise UnknownMark(f"不认识的公开渠道“{plain}”，应为{'、'.join(one.title for one in CARRIERS)}之一")
    return term.key


def boxes(keys: list[str]) -> str:
    """All channels with their boxes, as the official table prints them."""
    return "\n".join((BOX_ON if term.key in keys else BOX_OFF) + term.title for term in CARRIERS)
