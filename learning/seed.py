"""The demonstration training: two courses, editions past, open and full, certificates."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from learning.models import (
    Course,
    CourseEdition,
    CourseIndexPage,
    CoursePage,
    CourseSession,
    EditionMode,
    EditionState,
    Enrolment,
)
from learning.services.attendance import mark_attendance
from learning.services.certificates import issue_certificate
from learning.services.enrolments import ask_for_seat
from portal.accounts.models import User
from portal.core.seed import SeedContext
from portal.library.demo.pages import publish_below, stream_data
from portal.organisations.models import Network

ROME = ZoneInfo("Europe/Rome")
PUBLISHED = dt.datetime(2023, 2, 1, 10, 0, tzinfo=ROME)
OFFICE = "Formazione, UPI"
SUA_TEXT = [
    ("heading", {"text": "Che cosa si impara"}),
    (
        "rich_text",
        (
            "<ul><li>Programmare il biennio degli acquisti insieme ai Comuni aderenti.</li>"
            "<li>Scegliere la procedura e preparare gli atti con gli schemi del Modello SUA.</li>"
            "<li>Seguire la gara dalla pubblicazione al contratto, con ruoli chiari tra Provincia "
            "e Comune.</li></ul>"
        ),
    ),
    ("heading", {"text": "Per chi"}),
    (
        "rich_text",
        (
            "<p>Funzionari delle Province e dei Comuni che lavorano nelle stazioni uniche "
            "appaltanti. Non serve esperienza di gare sopra soglia.</p>"
        ),
    ),
]
PLATFORM_TEXT = [
    ("heading", {"text": "Che cosa si impara"}),
    (
        "rich_text",
        (
            "<ul><li>Trovare in biblioteca la pagina giusta di un documento.</li>"
            "<li>Caricare un atto del proprio ente e scegliere chi lo legge.</li>"
            "<li>Iscriversi a un corso e scaricare l'attestato.</li></ul>"
        ),
    ),
    ("heading", {"text": "Per chi"}),
    ("rich_text", "<p>Per chiunque nelle Province e nei Comuni abbia un account del portale.</p>"),
]
COURSES = [
    (
        "sua-dalla-programmazione-al-contratto",
        "La SUA dalla programmazione al contratto",
        "sua",
        480,
        "Due giornate per chi gestisce le gare dei Comuni: programmazione, atti, contratto.",
        SUA_TEXT,
    ),
    (
        "usare-la-piattaforma",
        "Usare la piattaforma",
        "innovazione",
        120,
        "Due ore per cercare, caricare documenti e partecipare alla formazione (attività A11).",
        PLATFORM_TEXT,
    ),
]


@transaction.atomic
def load_training(context: SeedContext) -> None:
    """Create the catalogue, and the editions of the courses that have none."""
    home = context.rows.get("home") or Site.objects.get(is_default_site=True).root_page.specific
    index = publish_below(
        home,
        CourseIndexPage(
            title="Formazione",
            slug="formazione",
            show_in_menus=True,
            summary="Corsi per i funzionari delle Province e dei Comuni, con registro delle "
            "presenze e attestato che chiunque può verificare.",
            responsible_office=OFFICE,
        ),
        PUBLISHED,
    )
    for slug, title, network, minutes, summary, text in COURSES:
        course, _ = Course.objects.get_or_create(
            slug=slug,
            defaults={
                "title": title,
                "minutes": minutes,
                "network": Network.objects.get(slug=network),
            },
        )
        publish_below(
            index,
            CoursePage(
                title=title,
                slug=slug,
                summary=summary,
                course=course,
                body=stream_data(f"corso/{slug}", text),
                responsible_office=OFFICE,
            ),
            PUBLISHED,
        )
        if not course.editions.exists():
            _editions(course)


def _editions(course: Course) -> None:
    today = timezone.localdate()
    manager = _person("formazione")
    past = _edition(course, "Primavera 2023", dt.date(2023, 3, 14), 20)
    _enrol(past, "funzionario.tv", "funzionario.bs", "funzionario.pu")
    for number, session in enumerate(past.sessions.all()):
        present = Enrolment.objects.seated().filter(edition=past)
        if number:
            present = present.exclude(user__email="funzionario.bs@example.org")
        mark_attendance(_person("docente"), session, present.values_list("pk", flat=True))
    for enrolment in Enrolment.objects.seated().filter(
        edition=past, user__email__in=["funzionario.tv@example.org", "funzionario.pu@example.org"]
    ):
        issue_certificate(manager, enrolment)
    _edition(course, "Prossima edizione", today + dt.timedelta(days=45), 25)
    full = _edition(course, "Edizione ristretta", today + dt.timedelta(days=30), 2)
    _enrol(full, "funzionario.bs", "coordinamento.sua", "referente.tv")


def _edition(course: Course, name: str, starts: dt.date, seats: int) -> CourseEdition:
    days = 2 if course.minutes > 240 else 1
    opens = dt.datetime.combine(starts - dt.timedelta(days=120), dt.time(9), ROME)
    edition = CourseEdition.objects.create(
        course=course,
        name=name,
        mode=EditionMode.ONLINE,
        starts_on=starts,
        ends_on=starts + dt.timedelta(days=days - 1),
        enrol_from=opens,
        enrol_until=dt.datetime.combine(starts - dt.timedelta(days=5), dt.time(18), ROME),
        seats=seats,
        state=EditionState.PUBLISHED,
    )
    edition.trainers.add(_person("docente"))
    for day in range(days):
        begins = dt.datetime.combine(starts + dt.timedelta(days=day), dt.time(9, 30), ROME)
        CourseSession.objects.create(
            edition=edition,
            title=f"{'Prima' if day == 0 else 'Seconda'} giornata" if days > 1 else "Lezione",
            start=begins,
            end=begins + dt.timedelta(minutes=course.minutes // days),
        )
    return edition


def _enrol(edition: CourseEdition, *accounts: str) -> None:
    for account in accounts:
        ask_for_seat(_person(account), edition)


def _person(account: str) -> User:
    return User.objects.get(email=f"{account}@example.org")
