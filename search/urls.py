from __future__ import annotations

from django.urls import path

from search import api
from search.feeds import SearchFeed
from search.views import export, guide, opened, results, saved, suggest

app_name = "search"
urlpatterns = [
    path("cerca/", results.search, name="search"),
    path("cerca/suggerimenti/", suggest.suggest, name="suggest"),
    path("cerca/aiuto/", guide.search_help, name="help"),
    path("cerca/avanzata/", guide.advanced, name="advanced"),
    path("cerca/rss/", SearchFeed(), name="rss"),
    path("cerca/risultati.csv", export.export, {"form": "csv"}, name="export_csv"),
    path("cerca/risultati.xlsx", export.export, {"form": "xlsx"}, name="export_xlsx"),
    path("cerca/aperto/", opened.opened, name="opened"),
    path("cerca/avvisi/<str:token>/", saved.unsubscribe, name="unsubscribe"),
    path("account/ricerche/", saved.saved_searches, name="saved"),
    path("account/ricerche/nuova/", saved.new_saved_search, name="save"),
    path("account/ricerche/passate/", saved.forget_past_queries, name="forget"),
    path("account/ricerche/<int:pk>/", saved.change_saved_search, name="change_saved"),
    path("account/ricerche/<int:pk>/sospendi/", saved.pause_saved_search, name="pause_saved"),
    path("account/ricerche/<int:pk>/elimina/", saved.delete_saved_search, name="delete_saved"),
    path("account/ricerche/<int:pk>/ripristina/", saved.restore_saved_search, name="restore_saved"),
    path("api/v1/search/", api.search, name="api"),
    path("api/v1/schema/", api.schema, name="schema"),
]
