"""Operations beside the plain lists: counts of a column, and policies with their interpretations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from ninja.errors import HttpError
from pydantic import Field

from gongkai.web.catalogue.published import published_items
from gongkai.web.portal import counts
from gongkai.web.portal.column import Column, column_of, first_region
from gongkai.web.portal.pairing import pairs_of, readings_in

from . import build, cursor, shapes
from .base import MOST, api


@api.get("/counts", response={200: shapes.Counts, 404: shapes.Problem}, summary="各分类和各月的信息数量")
def column_counts(request: HttpRequest, organ: str) -> Any:
    """Of an organ's column; for a region of everything in it."""
    column = column_of(organ)
    items = column.items()
    months = [
        {"month": f"{year}-{month:02}", "count": count}
        for year, row, _ in counts.by_month(items) for month, count in reversed(row) if count
    ]  # fmt: skip
    return {
        "total": items.count(), "art20": build.counted(counts.statutory(items)), "months": months,
        "art21": build.counted(counts.extras(items, column.organ.level)), "themes": build.counted(counts.themes(items)),
        "kinds": build.counted(counts.kinds(items)),
    }  # fmt: skip


class PairQuery(Schema):
    """The column, and the page of interpretations."""

    organ: str = ""
    cursor: str = ""
    limit: int = Field(20, ge=1, le=MOST)


@api.get("/interpretations", response={200: shapes.PairPage, 404: shapes.Problem, 422: shapes.Problem}, summary="政策与解读")
def interpretations(request: HttpRequest, asked: Query[PairQuery]) -> Any:
    """Pages count interpretations; one that reads several policies gives several pairs."""
    column: Column | None = column_of(asked.organ) if asked.organ else first_region()
    rows = readings_in(column) if column is not None else published_items().none()
    if asked.cursor:
        try:
            rows = rows.filter(cursor.after(asked.cursor))
        except cursor.BadCursor as error:
            raise HttpError(422, "参数cursor不是本接口给出的值。") from error
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    pairs = [
        {"policy": build.item(request, one.policy), "interpretation": build.item(request, one.reading), "form": one.form}
        for one in pairs_of(shown)
    ]
    return {"pairs": pairs, "next": cursor.cursor_after(shown[-1]) if len(found) > len(shown) else None}
