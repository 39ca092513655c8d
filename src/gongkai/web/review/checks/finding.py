"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """`check` is the registry's key, `place` where it stands (正文第3段, 附件“表.docx”第2页), `excerpt` the words around it
    with personal data masked. `value` is what was found, in clear: it tells the same finding again and is never stored.
    """

    check: str
    message: str
    place: str = ""
    excerpt: str = ""
    value: str = ""

    def at(self, place: str) -> Found:
        """The same finding, its place within `place`."""
        return Found(self.check, self.message, f"{place}{self.place}", self.excerpt, self.value)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words and where they stand (第3段, 第2页, 工作表“名单”)."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a reader can follow, the words it stands under, and where."""

    address: str
    words: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking into one file gives."""

    found: tuple[Found, ...] = ()
    links: tuple[Link, ...] = ()
