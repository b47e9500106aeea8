from __future__ import annotations

from django.urls import path
from wagtail.contrib.sitemaps import views as sitemap_views

from portal.home import views
from portal.home.sitemaps import SITEMAPS

urlpatterns = [
    path("mappa-del-sito/", views.site_map, name="site_map"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    path(".well-known/security.txt", views.security_text, name="security_text"),
]
