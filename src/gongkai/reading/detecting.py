"""What a file is, by its content. The extension only breaks ties between kinds of text.

Published reports are often named wrong: a PDF called .html, a web page called .doc or .xls, a .docx called .doc.
"""

from __future__ import annotations

import codecs
import io
import re
from pathlib import PurePosixPath

from gongkai.reading.archive import Archive
from gongkai.reading.limits import CannotRead, Limits

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"{\\rtf", "!RTF 文档；请用 Word 或 WPS 打开后另存为 .docx"),
    (b"Rar!\x1a\x07", "!RAR 压缩包；请解压，或改用 ZIP 格式打包"),
    (b"7z\xbc\xaf\x27\x1c", "!7z 压缩包；请解压，或改用 ZIP 格式打包"),
    (b"\x1f\x8b", "!gzip 压缩文件；请解压后再读取"),
    (b"BZh", "!bzip2 压缩文件；请解压后再读取"),
    (b"\xfd7zXZ\x00", "!xz 压缩文件；请解压后再读取"),
    (b"\xdb\xa5\x2d\x00", "!Word 2.0 文档；请用 Word 或 WPS 打开后另存为 .docx"),
    (b"\x09\x04\x06\x00", "!Excel 4 表格；请用 Excel 或 WPS 打开后另存为 .xlsx"),
    (b"SQLite format 3\x00", "!SQLite 数据库；请导出为 .xlsx 或 .html"),
)
_XML: tuple[tuple[str, str], ...] = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "Excel 2003 XML 表格；请用 Excel 或 WPS 另存为 .xlsx"),
    ("schemas.microsoft.com/office/word/2003/wordml", "Word 2003 XML 文档；请用 Word 或 WPS 另存为 .docx"),
    ("schemas.microsoft.com/office/2006/xmlpackage", "Word XML（平面 OPC）文档；请用 Word 或 WPS 另存为 .docx"),
)
_MIMETYPES = {
    "application/vnd.oasis.opendocument.spreadsheet": "sheet",
    "application/vnd.oasis.opendocument.text": "!ODT 文档；请另存为 .docx",
    "application/vnd.oasis.opendocument.presentation": "!ODP 演示文稿；请另存为 .pdf",
    "application/epub+zip": "!EPUB 电子书；请转换为 .pdf 或 .html",
}
_OFFICE = (
    ("word/", "docx"),
    ("xl/", "sheet"),
    ("ppt/", "!PowerPoint 演示文稿；请另存为 .pdf"),
    ("visio/", "!Visio 图；请另存为 .pdf"),
)
_FOREIGN = {
    ".ceb": "CEB 版式文件；请用方正 Apabi 打开后打印为 .pdf",
    ".cebx": "CEBX 版式文件；请用方正 Apabi 打开后打印为 .pdf",
    ".gd": "书生 GD 版式文件；请打印为 .pdf",
    ".sep": "书生 SEP 版式文件；请打印为 .pdf",
    ".caj": "CAJ 文献；请用 CAJViewer 打印为 .pdf",
    ".heic": "HEIC 图片；请转换为 .jpg 或 .png",
}
_MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|"
                     r"p|span|center|font|section|article|main|style|script|h[1-6]|link|tbody|base)\b",
                     re.IGNORECASE | re.DOTALL)  # fmt: skip
_PAGE = re.compile(r"<!doctype\s+html|<html\b|<body\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b.*?<tr\b.*?<t[dh]\b", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</(?:p|div|td|span|a|li|h[1-6])\s*>", re.IGNORECASE)
_MIME = re.compile(r"(?:From: <?Saved by|MIME-Version:|Content-Type:\s*multipart/related)", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 1 << 16
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"


def detect(data: bytes, name: str, limits: Limits) -> str:
    """The kind of ``data``: pdf, image, ofd, docx, doc, sheet, zip, mht, html or text.

    Raises CannotRead ``corrupt`` for an empty file or noise, ``encrypted`` for an Office file with a password,
    ``unsupported`` for a known format that is not read, with what to convert it to.
    """
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise CannotRead("corrupt", "文件是空的，没有内容可读，请重新下载或重新导出。")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(ZIP):
        with Archive(data, limits) as archive:
            return detect_packed(archive)
    if data.startswith(OLE):
        return _compound(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return _known(kind)
    return _other_binary(data, name) or _text(data, name)


def _known(kind: str) -> str:
    if kind.startswith("!"):
        raise CannotRead("unsupported", f"不能读取{kind[1:]}。")
    return kind


def detect_packed(archive: Archive) -> str:
    """The kind of a zip: ofd, docx, sheet, or zip for one of documents. Raises as :func:`detect`."""
    if "OFD.xml" in archive:
        return "ofd"
    if "mimetype" in archive:
        text = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
        if text in _MIMETYPES:
            return _known(_MIMETYPES[text])
    if "[Content_Types].xml" in archive:
        for folder, kind in _OFFICE:
            if any(member.name.startswith(folder) for member in archive.members):
                return _known(kind)
    return "zip"


def _compound(data: bytes) -> str:
    import olefile  # noqa: PLC0415  # loaded only for the old Office formats

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise CannotRead("encrypted", "文档有打开密码，请取消密码后重新保存。")
            for stream, kind in (("WordDocument", "doc"), ("Workbook", "sheet"), ("Book", "sheet"),
                                 ("PowerPoint Document", "!PowerPoint 演示文稿；请另存为 .pdf")):  # fmt: skip
                if ole.exists(stream):
                    return _known(kind)
    except CannotRead:
        raise
    except Exception as fault:  # olefile walks sector chains of a hostile file and fails in many ways
        raise CannotRead("corrupt", "Office 97-2003 文档不完整或已损坏，请重新下载或重新导出。") from fault
    raise CannotRead("unsupported", "不能读取这种复合文档；请另存为 .docx、.xlsx 或 .pdf。")


def _other_binary(data: bytes, name: str) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if data[:2] == b"BM" and int.from_bytes(data[2:6], "little") in (0, len(data)):
        return "image"
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        raise CannotRead("unsupported", "不能读取 HEIC/AVIF 图片；请转换为 .jpg 或 .png。")
    if data[257:262] == b"ustar":
        raise CannotRead("unsupported", "不能读取 TAR 包；请解压，或改用 ZIP 格式打包。")
    if is_noise(data):
        if foreign := _FOREIGN.get(PurePosixPath(name.lower()).suffix):
            raise CannotRead("unsupported", f"不能读取{foreign}。")
        raise CannotRead("corrupt", "文件不是文档（二进制乱码或已损坏），请重新下载或重新导出。")
    return None


def is_noise(data: bytes) -> bool:
    """Whether bytes are no text in any encoding met in Chinese pages."""
    sample = data[:_SAMPLE]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = sample[: len(sample) & ~1].decode("utf-16", "replace")
        return text.count("\ufffd") * 20 > len(text)
    # Text in UTF-16 without its mark is half zeros on one side only; noise has them anywhere.
    if 0 in sample and sample.count(0) * 4 > len(sample):
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        return min(even, odd) * 10 > max(even, odd)
    strange = len(sample) - len(sample.translate(None, _CONTROL))
    if strange * 50 > len(sample):
        return True
    if _is_utf8(sample):
        return False
    return _broken(sample, "utf-8") > 0.1 and _broken(sample, "gb18030") > 0.1 and _broken(sample, "big5") > 0.1


def _is_utf8(sample: bytes) -> bool:
    """Whether the sample is UTF-8 without a fault; its last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _broken(sample: bytes, encoding: str) -> float:
    """The share of characters that do not decode."""
    text = sample.decode(encoding, "replace")
    return text.count("\ufffd") / len(text)


def _text(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    head = _decoded(data[:_HEAD], encoding)
    for namespace, message in _XML:
        if namespace in head and head.lstrip().startswith("<?xml"):
            raise CannotRead("unsupported", f"不能读取{message}。")
    if _MARKUP.match(head):
        return "html"
    sample = _decoded(data[:_SAMPLE], encoding)
    if _MIME.match(sample.lstrip()[:_HEAD]) and "multipart/" in sample[:_HEAD].lower():
        return "mht"
    if _MARKUP.match(sample) or _PAGE.search(sample) or _TABLE.search(sample):
        return "html"
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in (".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php") and _TAGS.search(sample):
        return "html"
    return "text"


def _decoded(sample: bytes, encoding: str) -> str:
    text = sample.decode(encoding, "replace").removeprefix("ï»¿")
    return text.replace("\x00", "") if "\x00" in text else text
