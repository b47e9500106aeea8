from __future__ import annotations

from django.urls import path

from search import api, views

app_name = "search"
urlpatterns = [
    path("cerca/", views.search, name="search"),
    path("api/v1/search/", api.search, name="api"),
    path("api/v1/schema/", api.schema, name="schema"),
]
