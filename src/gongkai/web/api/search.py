"""The search of the public, and its suggestions, as operations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from ninja.errors import HttpError
from pydantic import Field

from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ
from gongkai.web.portal.column import PUBLIC
from gongkai.web.portal.site import site
from gongkai.web.search.engine import Unavailable
from gongkai.web.search.forms import PAGE_SIZE, SearchForm
from gongkai.web.search.query import DEEPEST
from gongkai.web.search.searching import search as searched
from gongkai.web.search.suggestions import suggest

from . import shapes
from .base import api


class SearchQuery(Schema):
    """The fields of the search page; `organ` is a slug here."""

    q: str = ""
    phrase: str = ""
    any: str = ""
    without: str = ""
    number: str = ""
    where: str = ""
    organ: str = ""
    kind: str = ""
    art20: str = ""
    theme: str = ""
    validity: str = ""
    period: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""
    page: int = Field(1, ge=1, le=DEEPEST // PAGE_SIZE)


@api.get("/search", response={200: shapes.Found, 422: shapes.Problem, 503: shapes.Problem}, summary="检索")
def search(request: HttpRequest, asked: Query[SearchQuery]) -> Any:
    """What the search page finds, with its groups and facets."""
    try:
        results = searched(_form(asked).query(asked.page))
    except Unavailable as error:
        raise HttpError(503, "检索暂时不能使用。请稍后再试。") from error
    slugs = dict(visible(Organ, PUBLIC).filter(pk__in=_organs(results.data())).values_list("pk", "slug"))
    found, base = results.data(), site(request)
    for value in found["facets"].get("organ", []):
        value["key"] = slugs.get(int(value["key"]), "")
    for hit in found["hits"]:
        organ = hit["organ"]
        hit |= {"organ": slugs.get(organ["id"], ""), "organ_name": organ["name"], "url": base.address(hit["url"])}
    return found


def _organs(found: dict[str, Any]) -> set[int]:
    return {hit["organ"]["id"] for hit in found["hits"]} | {int(value["key"]) for value in found["facets"].get("organ", [])}


def _form(asked: SearchQuery) -> SearchForm:
    """The page's own form. A condition that cannot be is an error here: a program is better told than served without it."""
    data = {name: value for name, value in asked.dict(exclude={"page"}).items() if value}
    if asked.organ:
        data["organ"] = visible(Organ, PUBLIC).filter(slug=asked.organ, listed=True).values_list("pk", flat=True).first() or "-"
    form = SearchForm(data)
    if not form.is_valid():
        words = "；".join(f"{name}：{errors[0]}" for name, errors in form.errors.items())
        raise HttpError(422, f"参数有误：{words}")
    return form


@api.get("/search/suggestions", response=list[str], summary="检索词建议")
def suggestions(request: HttpRequest, q: str = "") -> Any:
    """Up to eight: approved words, and titles."""
    return suggest(q)
