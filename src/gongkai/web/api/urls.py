"""/api/: each operation is limited in rate and answered like a public page (validators, memory of one edition)."""

from django.urls import URLPattern, include, path

from gongkai.web.portal.answers import public_page

from .rate import limited
from .views import about, api

_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = limited(public_page(_pattern.callback))

urlpatterns = [path("api/", include(([path("", about, name="about"), *_patterns], "api"), namespace="api"))]
