from __future__ import annotations

from django.urls import path

from learning.views import certificate, enrolment, register

app_name = "learning"
urlpatterns = [
    path("formazione/i-miei-corsi/", enrolment.my_training, name="my_training"),
    path("formazione/edizioni/<int:pk>/iscriviti/", enrolment.enrol, name="enrol"),
    path("formazione/iscrizioni/<int:pk>/ritira/", enrolment.withdraw, name="withdraw"),
    path("formazione/corsi/<int:pk>/nuova-edizione/", register.new_edition, name="new_edition"),
    path("formazione/edizioni/<int:pk>/registro/", register.register, name="register"),
    path("formazione/edizioni/<int:pk>/modifica/", register.change_edition, name="change_edition"),
    path("formazione/edizioni/<int:pk>/nuovo-incontro/", register.new_session, name="new_session"),
    path(
        "formazione/edizioni/<int:pk>/incontri/<int:session_pk>/presenze/",
        register.attendance,
        name="attendance",
    ),
    path("formazione/iscrizioni/<int:pk>/attestato/", register.issue, name="issue"),
    path("formazione/attestati/<int:pk>/pdf/", certificate.certificate_pdf, name="pdf"),
    path("formazione/attestati/<int:pk>/revoca/", register.revoke, name="revoke"),
    path("attestati/", certificate.check_form, name="check_form"),
    path("attestati/<slug:code>/", certificate.check, name="check"),
]
