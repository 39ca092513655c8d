"""What lies within what: archives in documents in archives, each looked at by its own content, within one budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from gongkai.reading.archive import Archive, Budget, Member
from gongkai.reading.limits import CannotRead, Limits
from gongkai.web.review.checks.finding import Found

LIMITS = Limits(members=20_000, unpacked=512 << 20)
"""What one file may unfold to, all that lies within it together."""
DEPTH = 4
_PROGRAMS = frozenset((
    "exe", "dll", "com", "scr", "pif", "cpl", "msi", "msp", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh",
    "hta", "lnk", "jar", "apk", "reg", "inf", "sh", "command", "app", "dmg", "iso", "img", "vhd", "chm", "scf", "url", "xll", "ade",
))  # fmt: skip
# Kinds of archives that nothing here opens.
_CLOSED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"MSCF")

Look = Callable[[bytes, str, "Reach"], Iterator[Found]]
"""(content, name, reach) -> findings."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How much deeper a look may go. `look` looks into a content of whatever kind."""

    look: Look
    depth: int = DEPTH
    budget: Budget = field(default_factory=lambda: Budget(LIMITS.unpacked))

    def open(self, content: bytes) -> Archive:
        """A zip whose unpacked bytes count for all."""
        return Archive(content, LIMITS, self.budget)

    def within(self, content: bytes, name: str) -> Iterator[Found]:
        """Findings of a file that lies within another; what cannot be looked at is a finding too."""
        place = f"内“{name.rpartition('/')[2][:60]}”"
        if _suffix(name) in _PROGRAMS:
            yield Found("programs", "含有程序或脚本文件", place, value=f"program:{name}")
            return
        if content.startswith(_CLOSED):
            yield Found("unchecked", "不能打开这种压缩包，其中的内容没有检查", place, value=f"closed:{name}")
        elif self.depth < 1:
            yield Found("unchecked", f"嵌套超过{DEPTH}层，更深的内容没有检查", place, value=f"deep:{name}")
        else:
            try:
                for one in self.look(content, name, replace(self, depth=self.depth - 1)):
                    # The name belongs to what was found: the same fault in two members is two findings.
                    yield replace(one.at(place), value=f"{name}|{one.value or one.excerpt}")
            except CannotRead as error:
                yield Found("unchecked", f"未能检查：{error.message}", place, value=f"{error.code}:{name}")
            except Exception as error:  # parsers of hostile files raise anything; a person must look at such a file
                yield Found("unchecked", "文件结构异常，未能检查", place, value=f"{type(error).__name__}:{name}")


def members(archive: Archive, reach: Reach, unless: Callable[[Member], bool] = lambda _: False) -> Iterator[Found]:
    """What lies in an archive, except for the members that `unless` leaves out. A member that does not unpack is a finding, and the
    others are looked at all the same while there is budget."""
    for member in archive.members:
        try:
            if unless(member):
                continue
            data = archive.read(member)
        except CannotRead as error:
            yield Found("unchecked", f"未能检查：{error.message}", f"内“{member.name[-60:]}”", value=f"{error.code}:{member.name}")
            if archive.budget.left < 0:
                return
            continue
        yield from reach.within(data, member.name)


def _suffix(name: str) -> str:
    last = name.rpartition("/")[2].rstrip(" .").lower()
    return last.rpartition(".")[2] if "." in last else ""
