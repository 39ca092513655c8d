"""Forms and links of a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

HOST = "http://testserver"


@dataclass(frozen=True, slots=True)
class Control:
    """One field: `kind` is the input's type, or select, textarea, button."""

    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a page prints it; `page` is where it stands."""

    page: str
    action: str
    method: str
    multipart: bool
    controls: tuple[Control, ...]

    @property
    def fields(self) -> tuple[Control, ...]:
        """Without the token against forged requests."""
        return tuple(one for one in self.controls if one.name != "csrfmiddlewaretoken")

    @property
    def token(self) -> str:
        """What the page gives against forged requests."""
        return next((one.value for one in self.controls if one.name == "csrfmiddlewaretoken"), "")


def forms_of(html: str, page: str) -> list[Form]:
    """Every form of a page; those that go to other sites are left out."""
    found = []
    for node in LexborHTMLParser(html).css("form"):
        action = inside(node.attributes.get("action") or page, page)
        if action is not None:
            method = (node.attributes.get("method") or "get").upper()
            multipart = "multipart" in (node.attributes.get("enctype") or "")
            found.append(Form(page, action, method, multipart, tuple(_controls(node))))
    return found


def links_of(html: str, page: str) -> list[str]:
    """Every address of this site that a page leads to, without fragments."""
    found = {}
    for node in LexborHTMLParser(html).css("a[href], [hx-get], [hx-post], img[src], iframe[src], form[action]"):
        for name in ("href", "hx-get", "hx-post", "src", "action"):
            address = inside(node.attributes.get(name) or "", page)
            if address is not None and not address.startswith("/static/"):
                found[address] = None
    return list(found)


def inside(address: str, page: str) -> str | None:
    """Path and query of an address of this site; None for another site."""
    if not address or address.startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(HOST + page, address))
    except ValueError:
        return None
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return None
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _controls(form: LexborNode) -> list[Control]:
    found = []
    for node in form.css("input, select, textarea, button"):
        name = node.attributes.get("name") or ""
        if not name:
            continue
        if node.tag == "select":
            options = tuple(one.attributes.get("value") or one.text() for one in node.css("option"))
            chosen = next((one.attributes.get("value") or "" for one in node.css("option[selected]")), "")
            found.append(Control(name, "select", chosen, options))
        elif node.tag == "textarea":
            found.append(Control(name, "textarea", node.text()))
        else:
            kind = "button" if node.tag == "button" else node.attributes.get("type") or "text"
            found.append(Control(name, kind, node.attributes.get("value") or ""))
    return found
