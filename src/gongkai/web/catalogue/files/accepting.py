"""Whether an uploaded file may be attached, in words that name it and the remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import PurePath
from typing import BinaryIO

from gongkai.web.house.rule import Refusal

from .detecting import family
from .types import FileType, type_named

LONGEST_NAME = 200
_FAULTS = {
    "empty": "是空文件。请重新导出后上传",
    "macro": "含有宏。请另存为不含宏的文档，或转为PDF再上传",
    "encrypted": "设有打开密码，公众无法阅读。请取消密码后上传",
    "markup": "内容是网页或矢量图，可能带有脚本。请转为PDF或图片再上传",
    "program": "内容是程序。请上传文档、表格、图片或音视频",
}
_ACCEPTED = "PDF、OFD、DOCX、DOC、XLSX、XLS、PPTX、TXT、CSV、JPG、PNG、GIF、ZIP、MP4、MP3"


def plain_name(name: str) -> str:
    """The last part of `name` without control and direction signs (which can hide the real suffix)."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf"}).strip()


def faults(name: str, size: int, file: BinaryIO) -> Iterable[Refusal]:
    """Every reason why this content may not be attached under this name."""
    if not name or len(name) > LONGEST_NAME:
        yield Refusal("name", f"文件名应为1至{LONGEST_NAME}个字。请改名后上传。", field="file")
        return
    claimed = type_named(name)
    real = family(file)
    if real in _FAULTS:
        yield Refusal("content", f"“{name}”{_FAULTS[real]}。", field="file")
    elif claimed is None:
        yield Refusal("type", f"“{name}”的类型不能作为附件。请转为可上传的类型：{_ACCEPTED}。", field="file")
    elif real != claimed.family:
        yield Refusal(
            "mismatch", f"“{name}”的内容不是{claimed.title}，扩展名与内容不符或文件已损坏。请核对后上传。", field="file"
        )  # fmt: skip
    if claimed is not None and size > claimed.most * 1024 * 1024:
        megabytes = size / 1024 / 1024
        yield Refusal(
            "size", f"“{name}”有{megabytes:.1f} MB，超过{claimed.title}的上限{claimed.most} MB。请压缩，或分成几个文件上传。",
            field="file",
        )  # fmt: skip


def accepted_type(name: str) -> FileType:
    """The type of a name that `faults` let through."""
    found = type_named(name)
    if found is None:
        raise ValueError(name)
    return found
