"""Every exit of the platform: each address that exists, with what must be put into it to ask for a hidden item.

`EXITS` names all routes of the resolver, so a new route fails `test_hidden_everywhere.py` until it says what it is.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.hidden_items import MARK, Hidden

# Half of the mark finds what carries the whole of it, and comes back in search boxes without telling anything.
ASKED = quote(MARK[:4])
KINDS = frozenset(("page", "file", "list", "search", "suggestion", "feed", "sitemap", "api", "export", "preview", "audit", "work", "verb"))
NONE = "none"
"""Routes that show no item to anybody: signing in, health, acts that only take a POST without an item."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What an exit is asked with. `values` fill the route; `queries` follow it."""

    kind: str
    queries: tuple[str, ...] = ("",)
    values: Callable[[Any, Hidden], dict[str, object]] | None = None


def _of_item(scene: Any, one: Hidden) -> dict[str, object]:
    return {"number": one.item.number, "pk": one.file.pk, "version": 1, "form": "attribute", "suffix": "docx"}


def _item(kind: str, *queries: str) -> Ask:
    return Ask(kind, queries or ("",), _of_item)


def _scene(kind: str, *queries: str, **names: str) -> Ask:
    """Filled with ids the scene has under these names (the same for every hidden item)."""
    return Ask(kind, queries or ("",), lambda scene, one: {key: getattr(scene, name) for key, name in names.items()})


_LISTS = ("", "?art20=plans", "?kind=notice", "?year={year}")
_COLUMN = "column/<slug:slug>"
_STAFF = "staff/items/<int:number>"
_REVIEW = "staff/review/<int:number>"
_SITE = "staff/bringing-in/sites/<int:pk>"
EXITS: dict[str, Ask] = {
    "": Ask("page"),
    # portal
    f"{_COLUMN}/": _scene("page", slug="slugs"),
    **{f"{_COLUMN}/{name}": _scene("page", slug="slugs") for name in ("guide", "rules", "content", "calendar", "archive", "catalogue", "request")},
    f"{_COLUMN}/list": _scene("list", *_LISTS, slug="slugs"),
    f"{_COLUMN}/interpretations": _scene("list", slug="slugs"),
    f"{_COLUMN}/organs": _scene("page", slug="slugs"),
    f"{_COLUMN}/rules/<int:pk>": _scene("page", slug="slug", pk="rule"),
    f"{_COLUMN}/list.<list_form:to>": _scene("export", *_LISTS, slug="slugs", to="list_forms"),
    f"{_COLUMN}/list.<feed_form:to>": _scene("feed", *_LISTS, slug="slugs", to="feed_forms"),
    f"{_COLUMN}/calendar/<int:year>/<int:month>": _scene("list", slug="slugs", year="year", month="month"),
    f"{_COLUMN}/catalogue/<slug:field>": _scene("list", slug="slug", field="field"),
    f"{_COLUMN}/entries/<int:pk>": _scene("list", slug="slug", pk="entry"),
    f"{_COLUMN}/request/form.<paper_form:to>": _scene("file", slug="slug", to="paper"),
    "info/<int:number>": _item("page"),
    "info/<int:number>/print": _item("page"),
    "info/<int:number>/files/<int:pk>": _item("file", "", "?show=1"),
    "info/<int:number>/files/<int:pk>/text": _item("file"),
    "sitemap.xml": Ask("sitemap"),
    "sitemap-columns.xml": Ask("sitemap"),
    "sitemap-<int:part>.xml": _scene("sitemap", part="part"),
    "robots.txt": Ask("sitemap"),
    **{f"site/{name}": Ask("page") for name in ("map", "accessibility", "subscribe")},
    "organs/": Ask("page", ("", f"?q={ASKED}")),
    "organs/<slug:slug>/": _scene("page", slug="slugs"),
    "search/": Ask("search", (f"?q={ASKED}", f"?q={ASKED}&kind=attachment", f"?q={ASKED}&where=title", "?art20=plans", f"?any={ASKED}&sort=date")),
    # At most eight are suggested: each state is asked for by its name.
    "search/suggest": Ask("suggestion", (f"?q={ASKED}", "?q=", "?q={state}"), lambda scene, one: {}),
    # reports: a room of its own states (tests/web/reporting/test_visibility.py); items must not turn up here either
    "reports/": Ask("list"),
    "reports/<slug:slug>/": _scene("list", slug="slugs"),
    "reports/<slug:slug>/below/<report_year:year>/": _scene("list", slug="slugs", year="year"),
    **{f"reports/<slug:slug>/<report_year:year>/{name}": Ask(NONE) for name in ("", "original", "report.<str:to>")},
    **{f"checker/{name}": Ask(NONE) for name in ("", "<check_key:key>/", "<check_key:key>/progress", "<check_key:key>/forget",
        "<check_key:key>/page/<int:number>/<int:page>.png", "<check_key:key>/result.<str:to>")},
    # the open API
    "api/": Ask("api"),
    "api/openapi.json": Ask("api"),
    "api/items": _scene("api", "", "?entry={entry}", "?organ=lh-shuiwu", "?organ=linhe&art20=plans", "?limit=100"),
    "api/items/<int:number>": _item("api"),
    "api/organs": Ask("api"),
    "api/organs/<slug:slug>": _scene("api", slug="slugs"),
    "api/entries": Ask("api", ("?organ=lh-shuiwu",)),
    "api/pages": Ask("api", ("?organ=lh-shuiwu",)),
    "api/reports": Ask("api"),
    "api/reports/<slug:organ>/<int:year>": Ask(NONE),
    "api/counts": Ask("api", ("?organ=lh-shuiwu", "?organ=linhe")),
    "api/interpretations": Ask("api", ("", "?organ=lh-shuiwu")),
    "api/search": Ask("api", (f"?q={ASKED}", f"?q={ASKED}&kind=attachment", "?art20=plans")),
    "api/search/suggestions": Ask("api", (f"?q={ASKED}", "?q=")),
    "api/terms": Ask("api"),
    # staff: lists
    "staff/home": Ask("work"),
    "staff/items": Ask("work", ("", f"?q={ASKED}", "?stage=draft", "?stage=kept", "?organ=lh-shuiwu", "?organ=dp-nongye")),
    "staff/shares": Ask("work", ("", "?organ=lh-shuiwu")),
    "staff/review": Ask("work", tuple(f"?queue={name}" for name in ("mine", "under_way", "referred", "returned", "publish", "overdue", "reassess", "emergency", "escalated"))),
    "staff/review/conversions": Ask("work", ("", "?organ=lh-shuiwu", "?turn=same")),
    "staff/review/conversions.<slug:to>": _scene("export", to="list_forms"),
    "staff/audit": Ask("audit", ("", f"?q={ASKED}", "?verb=catalogue.create", "?verb=review.submit")),
    "staff/audit/<int:number>": Ask("audit", values=lambda scene, one: {"number": scene.event_of(one)}),
    "staff/entries": Ask("work", ("", "?organ=lh-shuiwu")),
    "staff/entries/<int:pk>": _scene("work", pk="entry"),
    "staff/entries/of/<slug:slug>/export": _scene("export", slug="slug"),
    "staff/cleanups": Ask("work"),
    "staff/pages": Ask("work"),
    "staff/pages/rules/<int:pk>": _scene("work", pk="rule"),
    "staff/pages/<slug:slug>/guide": _scene("work", slug="slug"),
    "staff/organs": Ask("work", ("", f"?q={ASKED}")),
    "staff/organs/<slug:slug>": _scene("work", slug="slugs"),
    "staff/reports": Ask("work"),
    # staff: what was uploaded and waits to be looked at
    "staff/organs-import/<int:pk>": _scene("preview", pk="organ_table"),
    "staff/entries/import/<int:pk>": _scene("preview", pk="entry_table"),
    "staff/bringing-in/<int:pk>": _scene("preview", pk="item_table"),
    "staff/bringing-in/sites": Ask("work"),
    _SITE: _scene("work", "", "?state=done", pk="site_run"),
    f"{_SITE}/pages.<str:to>": _scene("export", pk="site_run", to="sheets"),
    f"{_STAFF}/preview": _item("preview"),
    # staff: one item
    _STAFF: _item("work"),
    f"{_STAFF}/versions": _item("work"),
    f"{_STAFF}/versions/<int:version>": _item("work"),
    **{f"{_STAFF}/{name}": _item("verb") for name in ("revise", "discard", "attach", "validity", "classify", "interpretation", "channel", "place")},
    _REVIEW: _item("work"),
    **{f"{_REVIEW}/{name}": _item("verb") for name in ("submit", "pass", "approve", "return", "refer", "answer", "joint", "original", "original/drop", "publish", "emergency", "emergency-confirm", "emergency-review",
        "withdraw", "attribute", "reassess")},
    f"{_REVIEW}/print/<slug:form>.<slug:suffix>": _item("file"),
    "staff/files/<int:pk>/detach": _item("verb"),
    **{route: Ask(NONE) for route in (
        "health/live", "health/ready", "metrics", "staff/", "account/login", "account/logout", "account/password", "account/second-factor",
        "account/second-factor/set-up", "account/again", "staff/account", "staff/account/sessions/<int:pk>/end", "staff/organs-import",
        *(f"staff/organs/<slug:slug>/{name}" for name in ("create", "revise", "office", "rename", "move", "close", "staff", "appoint")),
        "staff/posts/<int:pk>/end", "staff/people/<str:username>", "staff/people/<str:username>/reset", "staff/people/<str:username>/active",
        "staff/reports/upload", "staff/reports/keep/<check_key:key>/<int:number>", "staff/reports/<int:pk>", "staff/reports/<int:pk>/original",
        *(f"staff/reports/<int:pk>/{name}" for name in ("publish", "withdraw", "reread", "discard")),
        "staff/items/new", "staff/interpretations/<int:pk>/unlink", *(f"staff/interpretations/proposed/<int:pk>/{name}" for name in ("consent", "end")), "staff/pages/<slug:slug>/rules/new", "staff/entries/<int:pk>/revise",
        "staff/entries/<int:pk>/end", "staff/entries/of/<slug:slug>/new", "staff/entries/of/<slug:slug>/import", "staff/cleanups/new",
        "staff/cleanups/<int:pk>", "staff/cleanups/<int:pk>/close", "staff/cleanups/tasks/<int:pk>", "staff/review/routes/<slug:slug>",
        "staff/bringing-in", "staff/bringing-in/template", "staff/bringing-in/sites/new", f"{_SITE}/progress",
        *(f"{_SITE}/{name}" for name in ("start", "pause", "go-on", "stop", "reread")),
        "staff/organs-import/template", "staff/search-words", "staff/search-words/<int:pk>/drop",
    )},
}  # fmt: skip


def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Every route there is, as written in the urls modules."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern)


def addresses(route: str, scene: Any, hidden: list[Hidden]) -> list[str]:
    """The concrete addresses of one exit, for every hidden item and every value."""
    ask = EXITS[route]
    if ask.kind == NONE:
        return []
    found: dict[str, None] = {}
    for one in hidden if ask.values is not None else hidden[:1]:
        values = ask.values(scene, one) if ask.values is not None else {}
        for filled in _filled(route, values):
            found |= dict.fromkeys(f"/{filled}{query.format(year=scene.year, entry=scene.entry, state=one.state)}" for query in ask.queries)
    return list(found)


def _filled(route: str, values: dict[str, object]) -> list[str]:
    """`route` with its parameters; a parameter with several values gives several."""
    found = [route]
    for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
        given = values[name] if isinstance(values[name], tuple | list) else (values[name],)
        found = [re.sub(rf"<(?:\w+:)?{name}>", str(value), one) for one in found for value in given]
    return found


def wrongly_stored(route: str, answer: HttpResponseBase, telling: bool) -> str:
    """What is wrong with what browsers and proxies may keep of `answer`; "" when nothing is. `telling`: it shows what is hidden."""
    header = answer.headers.get("Cache-Control", "")
    hidden = telling or answer.status_code >= 400 or route.startswith(("staff/", "account/"))
    if hidden and ("no-store" not in header or "private" not in header):
        return f"{answer.status_code} may be kept: {header or 'no Cache-Control'}"
    if not hidden and header != "public, no-cache":
        return f"{answer.status_code}, which everybody may see, has {header or 'no Cache-Control'}"
    return ""


def text_of(answer: HttpResponseBase) -> str:
    """Everything an answer says, headers too: archives unpacked, escapes of JSON and addresses undone."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(packed.read(name) for name in packed.namelist())
    text = data.decode("utf-8", "replace") + "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    text = re.sub(r"\\u[0-9a-f]{4}", lambda found: json.loads(f'"{found[0]}"'), text)
    return text + unquote(text)


def told(text: str, address: str, hidden: list[Hidden]) -> set[str]:
    """The states of the hidden items that `text` tells of; `?` when it carries the mark of all and shows none in particular."""
    found = {
        one.state for one in hidden
        if any(word in text for word in (f"{MARK}（{one.state}）", f"{MARK}正文{one.state}<", f"{MARK}{one.state}.txt", one.item.index_number))
        or (str(one.item.number) not in address and str(one.item.number) in text)
    }  # fmt: skip
    return found or ({"?"} if MARK in text else set())
