"""/api/: each operation is limited in rate and answered like a public page (validators, memory of one edition).

Searches are answered with validators too, but not kept in memory: they depend on the index, which follows the edition a
little later, and there are as many as there are questions.
"""

from django.urls import URLPattern, include, path

from gongkai.web.portal.answers import public_page, unkept

from . import numbers, search
from .base import api
from .rate import limited
from .views import about

_patterns, _app, _namespace = api.urls
_searches = (search.search.__name__, search.suggestions.__name__)
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = limited((unkept if _pattern.name in _searches else public_page)(_pattern.callback))

urlpatterns = [path("api/", include(([path("", about, name="about"), *_patterns], "api"), namespace="api"))]
__all__ = ["numbers", "urlpatterns"]
