"""Documents of the old kind (DOC, XLS): macros, properties, embedded objects. What else they hide is not told."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import olefile

from gongkai.web.house import macros
from gongkai.web.review.checks.finding import Found

from .reach import Reach

_DDE = re.compile(rb"\x13\s*DDE(?:AUTO)?\b|\x13\x00(?:[ \t]\x00)*D\x00D\x00E\x00", re.I)
_PACKED = ("\x01ole10native", "package")


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """Properties and macros; revisions and hidden text of this format cannot be told surely, so it says so."""
    if macros.in_compound(content):
        yield Found("macros", "文件含有宏", value="macros")
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        paths = ole.listdir()
        meta = ole.get_metadata()
        if any(path[0].startswith(("ObjectPool", "MBD")) for path in paths):
            yield Found("embedded_files", "嵌入了对象", value="objects")
        for path in paths:
            kind = path[-1].lower()
            if kind in _PACKED:
                name, data = _object(ole.openstream(path).read()) if kind != "package" else ("", ole.openstream(path).read())
                yield from reach.within(data, name or "/".join(path[:-1]) or "对象")
            elif kind == "worddocument" and _DDE.search(ole.openstream(path).read()):
                yield Found("scripts", "含有会运行命令的域（DDE）", value="dde")
            elif kind in ("workbook", "book") and macros.links_programs(ole.openstream(path).read()):
                yield Found("scripts", "含有会运行命令的链接（DDE）", value="dde")
    facts = (("作者", meta.author), ("最后修改者", meta.last_saved_by), ("单位", meta.company), ("经理", meta.manager))
    told = "；".join(f"{label}：{_words(value)}" for label, value in facts if _words(value))
    if told:
        yield Found("metadata", "文档属性中有信息", "", told, told)
    yield Found("unchecked", "旧版Office文件不能检查修订、批注和隐藏文字", value="compound")


def _object(stream: bytes) -> tuple[str, bytes]:
    """Name and content of a file put into a document ([MS-OLEDS] 2.3.6, OLENativeStream as the packager writes it)."""
    size = int.from_bytes(stream[:4], "little")
    name, _, rest = stream[6 : 4 + size].partition(b"\x00")
    _, _, rest = rest.partition(b"\x00")
    skip = int.from_bytes(rest[4:8], "little")
    rest = rest[8 + skip :]
    data = rest[4 : 4 + int.from_bytes(rest[:4], "little")]
    return (_words(name), data) if data else ("", stream[4:])


def _words(value: object) -> str:
    if isinstance(value, bytes):
        for charset in ("utf-8", "gb18030"):
            try:
                return value.decode(charset).strip("\x00 ")[:40]
            except UnicodeDecodeError:
                continue
        return "（无法识别的文字）"
    return str(value).strip()[:40] if value else ""
