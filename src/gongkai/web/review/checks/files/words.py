"""Word documents: tracked changes, comments, hidden text, watermarks."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.web.review.checks.finding import Found, Passage
from gongkai.web.review.checks.marks import marks

from . import fields
from .packed import Pack, attribute, local, named, shared
from .reach import Reach

_CHANGED = {
    "ins": "插入", "del": "删除", "moveFrom": "移走", "moveTo": "移入", "rPrChange": "改格式", "pPrChange": "改段落格式",
    "tblPrChange": "改表格", "sectPrChange": "改页面", "cellIns": "插入单元格", "cellDel": "删除单元格",
}  # fmt: skip
_OFF = {"0", "false", "off", "none"}


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """Everything in a DOCX that its printed page does not show."""
    pack = Pack(content, reach)
    hiding = _hiding_styles(pack)
    for _, tree in pack.parts(*_PARTS, "comments"):
        if local(tree) == "comments":
            yield from _comments(tree)
        else:
            yield from _body(tree, _PARTS[local(tree)], hiding)
        yield from fields.told(tree)
    yield from shared(pack, reach)


_PARTS = {"document": "", "footnotes": "脚注", "endnotes": "尾注", "hdr": "页眉", "ftr": "页脚", "glossaryDocument": "文档部件"}


def _body(tree: etree._Element, where: str, hiding: set[str]) -> Iterator[Found]:
    for number, paragraph in enumerate(named(tree, "p"), 1):
        place = where or f"第{number}段"
        for one in named(paragraph, *_CHANGED):
            words = _text(one)
            who = attribute(one, "author")
            yield Found(
                "tracked_changes", f"有未接受的修订（{_CHANGED[local(one)]}）", place, words[:24], f"{local(one)}|{who}|{words}"
            )
        hidden = "".join(_text(run) for run in named(paragraph, "r") if _hides(run, hiding))
        if hidden.strip():
            yield Found("hidden_text", "有隐藏或与底色相同的文字", place, _half(hidden), hidden)
    for shape in named(tree, "textpath"):
        # 水印 is drawn as a shape in the header.
        yield from marks([Passage(attribute(shape, "string"), "水印")])


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in named(element, "t", "delText"))


def _hides(run: etree._Element, hiding: set[str]) -> bool:
    properties = next((one for one in run if local(one) == "rPr"), None)
    if properties is None:
        return False
    by_name = {local(one): one for one in properties}
    vanish = by_name.get("vanish")
    if vanish is not None:
        return attribute(vanish, "val").lower() not in _OFF
    if "rStyle" in by_name and attribute(by_name["rStyle"], "val") in hiding:
        return True
    color, size = by_name.get("color"), by_name.get("sz")
    if size is not None and attribute(size, "val") in {"0", "1", "2", "3"}:
        return True
    shaded = any(name in by_name for name in ("shd", "highlight"))
    return color is not None and attribute(color, "val").upper() == "FFFFFF" and not shaded and not _shaded_around(run)


def _shaded_around(run: etree._Element) -> bool:
    """White words on a coloured cell or paragraph are a heading, not hidden."""
    for above in run.iterancestors():
        if local(above) in {"p", "tc"}:
            for one in above:
                if local(one) in {"pPr", "tcPr"} and any(
                    attribute(shade, "fill").upper() not in {"", "AUTO", "FFFFFF"} for shade in named(one, "shd")
                ):
                    return True
        if local(above) in {"txbxContent", "tbl"}:
            # The ground of a text box or a styled table is not told here: such words are left alone.
            return True
    return False


def _hiding_styles(pack: Pack) -> set[str]:
    return {
        attribute(style, "styleId")
        for _, tree in pack.parts("styles")
        for style in named(tree, "style")
        if any(attribute(one, "val").lower() not in _OFF for one in named(style, "vanish"))
    }


def _comments(tree: etree._Element) -> Iterator[Found]:
    for one in named(tree, "comment"):
        words = _text(one)
        yield Found("comments", "有批注", "", _half(words), f"{attribute(one, 'author')}|{words}")


def _half(words: str) -> str:
    """The beginning of what nobody was to read: enough to find it by."""
    words = " ".join(words.split())
    return words[:4] + "…" if len(words) > 4 else words
