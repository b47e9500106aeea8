from __future__ import annotations

from django.urls import path

from portal.organisations.views import own_area, provinces, requests

app_name = "organisations"
urlpatterns = [
    path("account/", own_area.dashboard, name="dashboard"),
    path("account/profilo/", own_area.profile, name="profile"),
    path("account/affiliazioni/nuova/", own_area.new_affiliation, name="new_affiliation"),
    path("account/affiliazioni/<int:pk>/concludi/", own_area.end_affiliation, name="end"),
    path("account/richieste/", requests.waiting, name="requests"),
    path("account/richieste/<int:pk>/approva/", requests.approve_request, name="approve"),
    path("account/richieste/<int:pk>/respingi/", requests.refuse_request, name="refuse"),
    path("osservatorio/province/", provinces.provinces, name="provinces"),
]
