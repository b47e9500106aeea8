from __future__ import annotations

from django.urls import path

from portal.news import views
from portal.news.feeds import AtomNewsFeed, EventFeed, NewsFeed

app_name = "news"
urlpatterns = [
    path("notizie/rss/", NewsFeed(), name="rss"),
    path("notizie/atom/", AtomNewsFeed(), name="atom"),
    path("notizie/<slug:network>/rss/", NewsFeed(), name="network_rss"),
    path("notizie/<slug:network>/atom/", AtomNewsFeed(), name="network_atom"),
    path("eventi/rss/", EventFeed(), name="events_rss"),
    path("eventi/<slug:network>/rss/", EventFeed(), name="network_events_rss"),
    path("eventi/calendario.ics", views.calendar, name="calendar"),
    path("eventi/mese/<int:year>/<int:number>/", views.month, name="month"),
    path("eventi/<slug:slug>/evento.ics", views.one_event, name="event_ics"),
]
