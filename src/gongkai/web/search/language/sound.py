"""Characters that may have been meant by a wrong one: those that sound alike, and those that look alike."""

from __future__ import annotations

from functools import cache

from .lexicon import lexicon

# Sounds that many speakers do not tell apart.
_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_ENDINGS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def _common() -> str:
    """The 3,755 common characters (first level of GB 2312), in the order of their sounds."""
    rows = range(0xB0, 0xD8)
    codes = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", "ignore") for code in codes)


@cache
def _sounds() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    from pypinyin import Style, pinyin  # not at import: it loads its dictionary

    heard: dict[str, tuple[str, ...]] = {}
    written: dict[str, str] = {}
    for char in _common():
        sounds = tuple(dict.fromkeys(map(_blurred, pinyin(char, style=Style.NORMAL, heteronym=True)[0][:2])))
        heard[char] = sounds
        for sound in sounds:
            written[sound] = written.get(sound, "") + char
    return heard, written


def _blurred(sound: str) -> str:
    for precise, blurred in _BEGINNINGS:
        if sound.startswith(precise):
            sound = blurred + sound[len(precise) :]
    for precise, blurred in _ENDINGS:
        if sound.endswith(precise):
            sound = sound[: -len(precise)] + blurred
    return sound


def mistaken_for(char: str) -> str:
    """The characters that `char` may stand for by mistake, without itself; "" for letters and digits."""
    heard, written = _sounds()
    if char in heard:
        sounds = heard[char]
    elif char > "\u2fff":
        from pypinyin import Style, pinyin

        sounds = tuple(dict.fromkeys(map(_blurred, pinyin(char, style=Style.NORMAL, heteronym=True)[0][:2])))
    else:
        return ""
    found = dict.fromkeys(lexicon().alike.get(char, "") + "".join(written.get(sound, "") for sound in sounds))
    found.pop(char, None)
    return "".join(found)
