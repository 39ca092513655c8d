"""Original documents: put away under their hash, given out as they came, and never as something a browser would run."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass

from django.core.files.storage import default_storage

from gongkai.web.house import contents

from .models import ReportFile

_TYPES = {
    "pdf": ("application/pdf", ".pdf"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "doc": ("application/msword", ".doc"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "xls": ("application/vnd.ms-excel", ".xls"),
    "ofd": ("application/ofd", ".ofd"),
}
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Download:
    """What goes out: bytes, their type, and the name to save them under."""

    data: bytes
    type: str
    name: str


def put_away(data: bytes, kind: str) -> ReportFile:
    """The file of this content, stored now or long ago. Call before the transaction of the verb that refers to it:
    a content without a row harms nobody, a row without its content would."""
    digest = hashlib.sha256(data).hexdigest()
    file = ReportFile(sha256=digest, size=len(data), kind=kind[:10])
    contents.keep(file.path, io.BytesIO(data), digest)
    return file


def content(file: ReportFile) -> bytes:
    """The bytes. OSError when the data folder lost them."""
    with default_storage.open(file.path, "rb") as stored:
        data: bytes = stored.read()
    return data


def download(file: ReportFile, name: str) -> Download:
    """The original for saving. Web pages, pictures that may be drawings with scripts, and whatever has no type of its
    own go out inside a ZIP, so that no browser opens them in our name."""
    data = content(file)
    if file.kind in _TYPES:
        media, ending = _TYPES[file.kind]
        return Download(data, media, _stem(name) + ending)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), data)
    return Download(packed.getvalue(), "application/zip", _stem(name) + "（原件）.zip")


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name
