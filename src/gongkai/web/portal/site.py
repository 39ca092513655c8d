"""The site as a whole: its names for page tags and footer (国办发〔2017〕47号), and its own address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gongkai.web.house.templatetags.house import moment

Tag = tuple[str, str]
SCOPE = "organ"


@dataclass(frozen=True, slots=True)
class Site:
    """`base` is scheme and host without a slash at the end; empty texts are not shown."""

    name: str
    domain: str
    code: str
    base: str
    owner: str
    phone: str
    emblem: str
    faults: str
    search: str
    search_scope: str
    api: str

    def address(self, path: str) -> str:
        """The whole address of a path."""
        return self.base + path


def site(request: HttpRequest) -> Site:
    """From the settings; the address from the request where no domain is set."""
    env = settings.ENV
    domain = env.site_domain or request.get_host()
    scheme = "https" if env.https else request.scheme
    return Site(
        env.site_name, domain, env.site_code, f"{scheme}://{domain}", env.site_owner, env.site_phone, env.site_emblem, env.site_faults,
        search=_if_there("search:page"), search_scope=SCOPE, api=_if_there("api:about"),
    )  # fmt: skip


@cache
def _if_there(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def site_tags(of: Site) -> Iterator[Tag]:
    """On every page."""
    yield "SiteName", of.name
    yield "SiteDomain", of.domain
    yield "SiteIDCode", of.code


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The four tags of a column page; `types` in the words of the guideline (政策文件, 信息公开指南 …)."""

    name: str
    description: str
    keywords: tuple[str, ...]
    types: tuple[str, ...]

    def tags(self) -> Iterator[Tag]:
        """On the column's pages and on the content pages in it."""
        yield "ColumnName", self.name
        yield "ColumnDescription", self.description
        yield "ColumnKeywords", ",".join(self.keywords)
        yield "ColumnType", ",".join(self.types)


def pub_date(value: object) -> str:
    """`YYYY-MM-DD HH:MM`."""
    return moment(value)[:16]  # type: ignore[arg-type]
