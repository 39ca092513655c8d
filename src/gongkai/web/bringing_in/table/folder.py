"""The files a table names: inside one folder, and nowhere else."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from gongkai.web.bringing_in.row import RowFile

from .columns import BadCell, html_of

_PIECE = 1 << 20
MAX_UNPACKED = 2 * 1024 * 1024 * 1024
MAX_MEMBERS = 20_000
MAX_BODY = 4 * 1024 * 1024


class CannotUnpack(ValueError):  # noqa: N818
    """The archive of attachments can't be used; the message says why and what to do."""


class Folder:
    """`root` is None when no folder was given: then every name is a fault."""

    def __init__(self, root: Path | None) -> None:
        self.root = root.resolve() if root is not None else None

    def file(self, name: str) -> RowFile:
        """The file called `name` (a path relative to the folder). Raises BadCell."""
        path = self._path(name)
        digest = hashlib.sha256()
        with path.open("rb") as content:
            while piece := content.read(_PIECE):
                digest.update(piece)
        return RowFile(path, path.name, digest.hexdigest())

    def body(self, name: str) -> str:
        """The text of the file called `name`, as HTML. Raises BadCell."""
        path = self._path(name)
        if path.suffix.lower() not in {".txt", ".html", ".htm"}:
            raise BadCell(f"正文文件“{name}”应是TXT或HTML文件")
        if path.stat().st_size > MAX_BODY:
            raise BadCell(f"正文文件“{name}”超过4 MB。请改作附件")
        content = path.read_bytes()
        for charset in ("utf-8-sig", "gb18030"):
            try:
                return html_of(content.decode(charset))
            except UnicodeDecodeError:
                continue
        raise BadCell(f"正文文件“{name}”的文字编码不是UTF-8或GB18030")

    def _path(self, name: str) -> Path:
        if self.root is None:
            raise BadCell(f"没有给出附件文件夹，找不到“{name}”")
        path = (self.root / name.replace("\\", "/")).resolve()
        # resolve() follows links: what leads out of the folder is not in it.
        if not path.is_relative_to(self.root):
            raise BadCell(f"“{name}”不在附件文件夹内")
        if not path.is_file():
            raise BadCell(f"附件文件夹中没有“{name}”")
        return path


def unpack(archive: BinaryIO, into: Path) -> None:
    """Unpack a ZIP of attachments under limits; names keep inside `into`. Raises CannotUnpack."""
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [one for one in opened.infolist() if not one.filename.endswith("/")]  # is_dir() fails on no name
            if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
                raise CannotUnpack("附件压缩包解压后过大（超过2 GB或2万个文件）。请分批导入。")
            for member in members:
                _unpack_one(opened, member, into)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise CannotUnpack("附件压缩包打不开，可能已损坏或加了密码。请重新压缩为普通ZIP再上传。") from error


def _unpack_one(opened: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path) -> None:
    parts = [part for part in PurePosixPath(_name(member)).parts if part not in {"/", "..", "."}]
    if not parts or parts[0] == "__MACOSX":
        return
    place = into.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with opened.open(member) as source, place.open("wb") as copy:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise CannotUnpack("附件压缩包内的文件比其目录所称的大。请重新压缩。")
            copy.write(piece)


def _name(member: zipfile.ZipInfo) -> str:
    """Chinese names packed by older programs are GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
