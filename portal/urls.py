"""The addresses of the portal: sections first, then the pages of Wagtail."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.accounts.views import to_sign_in
from portal.core import views
from portal.home.styleguide import styleguide

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("media/<path:path>", views.picture, name="picture"),
    path("gestione/login/", to_sign_in, name="sign_in_of_wagtail"),
    path("_util/login/", to_sign_in, name="sign_in_of_pages"),
    path("gestione/", include(wagtailadmin_urls)),
    path("account/", include("portal.accounts.urls")),
    path("", include("portal.organisations.urls")),
    path("biblioteca/", include("portal.library.urls")),
    path("", include("portal.news.urls")),
    path("", include("portal.home.urls")),
    path("", include("portal.editorial.urls")),
    path("", include("search.urls")),
    path("", include("communities.urls")),
    path("", include("learning.urls")),
]

if settings.STYLEGUIDE:
    urlpatterns += [path("stile/", styleguide, name="styleguide")]

urlpatterns += [path("", include(wagtail_urls))]
