"""/api/: each operation is limited in rate and answered like a public page (validators, memory of one edition).

Searches are answered with validators too, but not kept in memory: they depend on the index, which follows the edition a
little later, and there are as many as there are questions.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import URLPattern, include, path

from gongkai.web.house.rate import Rate, limited
from gongkai.web.portal.answers import public_page, unkept
from gongkai.web.search import rates

from . import numbers, search
from .base import api
from .views import about


def _rate() -> Rate:
    """GONGKAI_API_RATE a minute."""
    return Rate("api", "接口访问", settings.ENV.api_rate)


def _for_any_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Every answer may be read from any page (CORS)."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        found = view(*args, **kwargs)
        found["Access-Control-Allow-Origin"] = "*"
        return found

    return answer


def _answer(name: str | None, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    rate = _SEARCHES.get(name or "")
    inner = public_page(view) if rate is None else limited(rate)(unkept(view))
    return _for_any_page(limited(_rate)(inner))


_patterns, _app, _namespace = api.urls
_SEARCHES = {search.search.__name__: rates.searches, search.suggestions.__name__: rates.suggestions}
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = _answer(_pattern.name, _pattern.callback)

urlpatterns = [path("api/", include(([path("", about, name="about"), *_patterns], "api"), namespace="api"))]
__all__ = ["numbers", "urlpatterns"]
