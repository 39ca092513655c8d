"""The file information block: where everything of a .doc lies ([MS-DOC] 2.5)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.reading.limits import CannotRead

_STYLES, _CHARACTERS, _PARAGRAPHS, _CLX, _LISTS, _OVERRIDES = 1, 12, 13, 33, 73, 74


@dataclass(frozen=True, slots=True)
class Fib:
    """Which table stream (0 or 1); character ranges of body and text boxes; (offset, size) of the structures used."""

    table: int
    body: tuple[int, int]
    boxes: tuple[int, int]
    clx: tuple[int, int]
    characters: tuple[int, int]
    paragraphs: tuple[int, int]
    lists: tuple[int, int]
    overrides: tuple[int, int]
    styles: tuple[int, int]


def number(data: bytes, at: int, size: int = 4) -> int:
    """An unsigned little-endian number; IndexError past the end."""
    if at < 0 or at + size > len(data):
        raise IndexError(f"{size} bytes at {at} of {len(data)}")
    return int.from_bytes(data[at : at + size], "little")


def read_fib(main: bytes) -> Fib:
    """The block at the head of the WordDocument stream."""
    try:
        if number(main, 0, 2) != 0xA5EC:
            raise CannotRead("unsupported", "不能读取 Word 95 及更早的文档；请用 Word 或 WPS 打开后另存为 .docx。")
        flags = number(main, 0x0A, 2)
        if flags & 0x0100:
            raise CannotRead("encrypted", "文档有打开密码，请取消密码后重新保存。")
        return _read(main, flags)
    except IndexError as fault:
        raise CannotRead("corrupt", "Word 97-2003 文档头不完整，请重新下载或重新导出。") from fault


def _read(main: bytes, flags: int) -> Fib:
    longs = 34 + 2 * number(main, 32, 2)
    places = longs + 2 + 4 * number(main, longs, 2)
    count = number(main, places, 2)

    def length(index: int) -> int:
        return number(main, longs + 2 + 4 * index)

    def place(index: int) -> tuple[int, int]:
        if index >= count:
            return 0, 0
        at = places + 2 + 8 * index
        return number(main, at), number(main, at + 4)

    # Stories follow each other in one count of characters: body, notes, headers, (macros), comments, endnotes, boxes.
    before_boxes = sum(length(index) for index in range(3, 9))
    return Fib(
        table=flags >> 9 & 1,
        body=(0, length(3)),
        boxes=(before_boxes, before_boxes + length(9)),
        clx=place(_CLX),
        characters=place(_CHARACTERS),
        paragraphs=place(_PARAGRAPHS),
        lists=place(_LISTS),
        overrides=place(_OVERRIDES),
        styles=place(_STYLES),
    )
