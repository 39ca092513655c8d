"""Every address of the platform; each room brings its own."""

from django.conf import settings
from django.urls import include, path

from .house import error_pages, health, home, metrics
from .portal.views.home import root as portal_root

urlpatterns = [
    path("", portal_root, name="root"),
    # Before the other rooms: each address passed over costs every page after it.
    path("", include("gongkai.web.portal.urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics.show, name="metrics"),
    path("staff/", home.root_of_staff, name="staff_root"),
    path("staff/home", home.staff_home, name="staff_home"),
    path("", include("gongkai.web.accounts.urls")),
    path("", include("gongkai.web.organs.urls")),
    path("", include("gongkai.web.audit.urls")),
    path("", include("gongkai.web.reporting.urls")),
    path("", include("gongkai.web.catalogue.urls")),
    path("", include("gongkai.web.review.urls")),
    path("", include("gongkai.web.api.urls")),
    path("", include("gongkai.web.bringing_in.urls")),
    path("", include("gongkai.web.search.urls")),
]
if settings.ENV.oidc_issuer:
    urlpatterns.append(path("account/oidc/", include("mozilla_django_oidc.urls")))

handler400 = error_pages.bad_request
handler403 = error_pages.forbidden
handler404 = "gongkai.web.portal.views.missing.not_found"
handler500 = error_pages.server_error
