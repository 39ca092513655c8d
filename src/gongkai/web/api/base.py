"""The API itself, what it says when something is wrong, and the pages of its plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic import Field

from .shapes import Problem

T = TypeVar("T")
MOST = 100
LONGEST = 1000
# Status: what it means, and whether it says more.
EVERYWHERE = {304: ("未改变", False), 422: ("参数有误", True), 429: ("请求太频繁", True)}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}


class OpenApi(NinjaAPI):
    """With the answers that every operation may give, whatever it declares itself."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """OpenAPI, as /api/openapi.json gives it."""
        schema: Any = super().get_openapi_schema(**options)
        schema["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, (words, has_body) in EVERYWHERE.items():
                    content = {"content": {"application/json": {"schema": _PROBLEM}}} if has_body else {}
                    operation["responses"].setdefault(status, {"description": words} | content)
        return schema


api = OpenApi(
    title="政府信息公开开放接口", version="1", openapi_url="/openapi.json", docs_url=None, urls_namespace="api",
    description="公开页面上的内容，以JSON提供，只读。",
)  # fmt: skip


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422, naming each parameter."""
    names = "、".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors))
    return api.create_response(request, {"detail": f"参数有误：{names}。请按接口说明修改。"}, status=422)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404"""
    return api.create_response(request, {"detail": "没有这项内容，或者它已经不再公开。"}, status=404)


class Pages(Schema):
    """Pages of a plain list; a page shorter than `limit` is the last one."""

    page: int = Field(1, ge=1, le=100_000)
    limit: int = Field(LONGEST, ge=1, le=LONGEST)

    def cut(self, rows: Any) -> Sequence[Any]:
        """The rows of this page, of a list or of an ordered queryset."""
        found: Sequence[Any] = rows[(self.page - 1) * self.limit : self.page * self.limit]
        return found
