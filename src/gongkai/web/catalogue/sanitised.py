"""HTML from editors and imports made harmless, and its plain text."""

from __future__ import annotations

import re

import nh3
from selectolax.lexbor import LexborHTMLParser

from gongkai.web.house.plain_text import plain

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "strong", "b", "em", "i", "u", "s", "sub", "sup", "blockquote", "ul", "ol", "li",
    "a", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col", "figure", "figcaption", "img", "pre",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "id"},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "col": {"span"},
    "p": {"class"},
}
# The few looks a document needs: addressee, signature, centred, right.
CLASSES = {"p": {"to", "sign", "centre", "right"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# The content of these goes with them; of other unknown tags the content stays.
DROPPED = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "template",
    "noscript",
    "form",
    "select",
    "textarea",
}
_OURS = "c-"  # in front of every name within the text: none can be one of the page around it
_EMPTY = re.compile(r"^(?:\s|<p>(?:\s|&nbsp;|<br>)*</p>)*$")


def sanitise(html: str) -> str:
    """`html` with nothing in it that runs, loads from elsewhere or restyles the page (nh3, an allow-list).

    Headings of level 1 become level 2: the page's only h1 is the title.
    """
    lowered = re.sub(r"(?i)<(/?)h1(?=[\s>])", r"<\1h2", html)
    found = nh3.clean(
        lowered, tags=TAGS, clean_content_tags=DROPPED, attributes={key: value - {"class"} for key, value in ATTRIBUTES.items()},
        allowed_classes=CLASSES, url_schemes=SCHEMES, link_rel="noopener noreferrer", attribute_filter=_attribute,
        id_prefix=_OURS,
    )  # fmt: skip
    found = plain(found)  # also what came as &#11;
    return "" if _EMPTY.match(found) else found


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Pictures only from this platform: a page must not tell another server who reads it. Links within the text follow
    the names they lead to."""
    if tag == "a" and name == "href" and value.startswith("#") and not value.startswith(f"#{_OURS}"):
        return f"#{_OURS}{value[1:]}"
    if tag == "img" and name == "src":
        return value if value.startswith("/") and not value.startswith("//") else None
    return value


def plain_text(html: str) -> str:
    """The words of `html`, one line a block."""
    if "<" not in html:
        return html.strip()
    spaced = re.sub(r"(?i)<(?:br|/p|/h[1-6]|/li|/tr|/figcaption|/caption|/blockquote|/pre)\s*/?>", "\n", html)
    spaced = re.sub(r"(?i)</t[dh]>", "\t", spaced)
    body = LexborHTMLParser(spaced).body
    text = body.text() if body else ""
    lines = (re.sub(r"[^\S\n\t]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
