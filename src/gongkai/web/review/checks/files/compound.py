"""Documents of the old kind (DOC, XLS): macros, properties, embedded objects. What else they hide is not told."""

from __future__ import annotations

import io
from collections.abc import Iterator

from gongkai.web.review.checks.finding import Found


def inspect(content: bytes) -> Iterator[Found]:
    """Properties and macros; revisions and hidden text of this format cannot be told surely, so it says so."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        streams = {"/".join(path) for path in ole.listdir()}
        meta = ole.get_metadata()
    if any("VBA" in name for name in streams):
        yield Found("macros", "文件含有宏", value="macros")
    if any(name.startswith(("ObjectPool/", "MBD")) for name in streams):
        yield Found("embedded_files", "嵌入了对象", value="objects")
    facts = (("作者", meta.author), ("最后修改者", meta.last_saved_by), ("单位", meta.company), ("经理", meta.manager))
    told = "；".join(f"{label}：{_words(value)}" for label, value in facts if _words(value))
    if told:
        yield Found("metadata", "文档属性中有信息", "", told, told)
    yield Found("unchecked", "旧版Office文件不能检查修订、批注和隐藏文字", value="compound")


def _words(value: object) -> str:
    if isinstance(value, bytes):
        for charset in ("utf-8", "gb18030"):
            try:
                return value.decode(charset).strip("\x00 ")[:40]
            except UnicodeDecodeError:
                continue
        return "（无法识别的文字）"
    return str(value).strip()[:40] if value else ""
