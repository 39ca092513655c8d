"""sitemap.xml with its parts, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.web.catalogue.published import published_items
from gongkai.web.house.templatetags.house import day
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ
from gongkai.web.portal.answers import public_page
from gongkai.web.portal.column import PUBLIC
from gongkai.web.portal.site import site

PART = 20_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MEDIA = "application/xml; charset=utf-8"
PAGES = ("home", "guide", "rules", "content", "list", "archive", "interpretations", "catalogue", "request")


def _xml(root: str, inside: str, rows: Iterable[tuple[str, str]]) -> HttpResponse:
    """(address, day of the last change or nothing) as one document."""
    text = "".join(
        f"<{inside}><loc>{escape(address)}</loc>{f'<lastmod>{on}</lastmod>' if on else ''}</{inside}>\n" for address, on in rows
    )
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{text}</{root}>\n', content_type=MEDIA)


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The parts."""
    parts = -(-published_items().count() // PART)
    names = [reverse("portal:sitemap_columns"), *(reverse("portal:sitemap_part", args=[part]) for part in range(1, parts + 1))]
    return _xml("sitemapindex", "sitemap", ((site(request).address(name), "") for name in names))


@public_page
def columns(request: HttpRequest) -> HttpResponse:
    """The pages of every column."""
    slugs = visible(Organ, PUBLIC).filter(listed=True).order_by("level", "order", "slug").values_list("slug", flat=True)
    addresses = (reverse(f"portal:{name}", args=[slug]) for slug in slugs for name in PAGES)
    return _xml("urlset", "url", ((site(request).address(address), "") for address in addresses))


@public_page
def part(request: HttpRequest, part: int) -> HttpResponse:
    """The documents, oldest number first, so that full parts stay as they are."""
    if not 1 <= part <= 10_000:
        raise Http404
    rows = published_items().order_by("number").values_list("number", "updated_at")[(part - 1) * PART : part * PART]
    found = [(site(request).address(f"/info/{number}"), day(at)) for number, at in rows]
    if not found:
        raise Http404
    return _xml("urlset", "url", found)


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by robots, except lists as files, which repeat it."""
    lines = [
        "User-agent: *", "Disallow: /staff/", "Disallow: /account/", "Disallow: /column/*/list.csv", "Disallow: /column/*/list.xlsx",
        "Disallow: /column/*/list.json", f"Sitemap: {site(request).address(reverse('portal:sitemap'))}", "",
    ]  # fmt: skip
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
