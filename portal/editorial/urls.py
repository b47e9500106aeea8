from __future__ import annotations

from django.urls import path

from portal.editorial import views

app_name = "editorial"
urlpatterns = [
    path("opinioni/<int:pk>/", views.feedback, name="feedback"),
    path("opinioni/<int:pk>/grazie/", views.feedback_thanks, name="feedback_thanks"),
]
