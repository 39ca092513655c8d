"""Word 97-2003 documents (.doc): the text by its piece table, tables by the properties of their paragraphs.

After [MS-DOC], the published description of the format.
"""

from __future__ import annotations

import io

from gongkai.reading.blocks import Document
from gongkai.reading.formats.doc.body import Body
from gongkai.reading.formats.doc.fib import read_fib
from gongkai.reading.formats.doc.lists import read_lists
from gongkai.reading.formats.doc.pieces import read_text
from gongkai.reading.formats.doc.properties import Properties
from gongkai.reading.formats.doc.summary import read_summary
from gongkai.reading.limits import CannotRead, Limits


def open_doc(data: bytes, name: str, limits: Limits) -> Document:
    """The body of a .doc, then its text boxes, whose anchors the text does not show.

    Raises CannotRead: ``corrupt``, ``encrypted``, ``too_large``, ``unsupported`` (Word 95 and older).
    """
    main, table, extra, meta = _streams(data)
    fib = read_fib(main)
    try:
        text = read_text(main, table[fib.table], fib)
        properties = Properties(main, table[fib.table], extra, fib, text)
        lists = read_lists(table[fib.table], fib)
    except (IndexError, ValueError) as fault:
        raise CannotRead("corrupt", "Word 97-2003 文档内部结构已损坏，请用 Word 或 WPS 重新保存。") from fault
    body = Body(text, properties, lists, limits)
    blocks = body.read(*fib.body)
    blocks += body.read(*fib.boxes)
    if not blocks:
        raise CannotRead("corrupt", "Word 97-2003 文档里没有文字，请检查文件或重新导出。")
    return Document(name, "doc", blocks, meta=meta)


def _streams(data: bytes) -> tuple[bytes, tuple[bytes, bytes], bytes, dict[str, str]]:
    """The WordDocument stream, both table streams, the data stream, and the summary."""
    import olefile  # noqa: PLC0415  # loaded only for the old Office formats

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            parts = [ole.openstream(name).read() if ole.exists(name) else b""
                     for name in ("WordDocument", "0Table", "1Table", "Data", "\x05SummaryInformation")]  # fmt: skip
    except Exception as fault:  # olefile walks sector chains of a hostile file and fails in many ways
        raise CannotRead("corrupt", "Word 97-2003 文档不完整或已损坏，请重新下载或重新导出。") from fault
    return parts[0], (parts[1], parts[2]), parts[3], read_summary(parts[4])

