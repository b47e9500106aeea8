"""The register and the certificates: who may see, mark, issue, revoke, check."""

from __future__ import annotations

import hashlib
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.models import (
    AttendanceInterval,
    Certificate,
    CourseEdition,
    CourseSession,
    Enrolment,
)
from learning.selectors.register import register_of
from learning.services.attendance import mark_attendance
from learning.services.certificates import CertificateError, issue_certificate
from learning.services.enrolments import enrol
from portal.accounts.models import User
from tests.conftest import client_of
from tests.factories.learning import course, edition
from tests.factories.people import AffiliationFactory, editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(db: None) -> User:
    return editor("Responsabili formazione")


@pytest.fixture
def auditor(db: None) -> User:
    return editor("Ispettori")


@pytest.fixture
def trainer(db: None) -> User:
    return editor("Docenti")


@pytest.fixture
def run(trainer: User) -> CourseEdition:
    return edition(seats=5, sessions=2, trainers=[trainer])


@pytest.fixture
def learner(run: CourseEdition) -> Enrolment:
    return enrol(AffiliationFactory(user__last_name="Sile").user, run)


@pytest.fixture
def certificate(run: CourseEdition, learner: Enrolment, trainer: User, manager: User) -> Any:
    for session in run.sessions.all():
        mark_attendance(trainer, session, [learner.pk])
    return issue_certificate(manager, learner)


def test_doors_of_the_register(
    run: CourseEdition,
    learner: Enrolment,
    manager: User,
    auditor: User,
    trainer: User,
    outsider: User,
    redattore: User,
) -> None:
    session = run.sessions.first()
    assert session is not None
    other = editor("Docenti")
    pages = {
        reverse("learning:register", args=[run.pk]): (200, 200, 200),
        reverse("learning:attendance", args=[run.pk, session.pk]): (200, 200, 403),
        reverse("learning:change_edition", args=[run.pk]): (200, 403, 403),
        reverse("learning:new_session", args=[run.pk]): (200, 403, 403),
        reverse("learning:new_edition", args=[run.course_id]): (200, 403, 403),
    }
    for path, expected in pages.items():
        found = [client_of(one).get(path).status_code for one in (manager, trainer, auditor)]
        assert tuple(found) == expected, path
        for stranger in (learner.user, outsider, redattore, other):
            assert client_of(stranger).get(path).status_code == 403, path
            assert client_of(stranger).post(path).status_code in (403, 405), path
        assert Client().get(path).status_code == 302


def test_doors_of_a_certificate(
    certificate: Certificate,
    learner: Enrolment,
    manager: User,
    auditor: User,
    trainer: User,
    outsider: User,
) -> None:
    pdf = reverse("learning:pdf", args=[certificate.pk])
    revoke = reverse("learning:revoke", args=[certificate.pk])
    issue = reverse("learning:issue", args=[learner.pk])
    for person, codes in (
        (learner.user, (200, 403, 403)),
        (manager, (200, 200, 302)),
        (trainer, (200, 403, 302)),
        (auditor, (200, 403, 403)),
        (outsider, (404, 404, 404)),
    ):
        client = client_of(person)
        found = (
            client.get(pdf).status_code,
            client.get(revoke).status_code,
            client.post(issue).status_code,
        )
        assert found == codes, person
    assert Client().get(pdf).status_code == 404
    assert Client().get(revoke).status_code == 302


def test_presences_and_their_corrections(
    run: CourseEdition, learner: Enrolment, trainer: User
) -> None:
    session = run.sessions.first()
    assert session is not None
    path = reverse("learning:attendance", args=[run.pk, session.pk])
    client = client_of(trainer)
    for _ in range(2):
        client.post(path, {"presente": [str(learner.pk), "x", "999999", "9" * 5000]})
    assert AttendanceInterval.objects.count() == 1
    assert register_of(run)[1][0].total == 60
    client.post(path, {"motivo": "Era\x00 assente"})
    gone = AttendanceInterval.objects.get()
    assert gone.replaced_by == trainer
    assert gone.reason == "Era assente"
    assert register_of(run)[1][0].total == 0
    elsewhere = edition(sessions=1).sessions.get()
    wrong = reverse("learning:attendance", args=[run.pk, elsewhere.pk])
    assert client.post(wrong, {"presente": str(learner.pk)}).status_code == 404


def test_a_certificate_asks_for_presence(
    run: CourseEdition, learner: Enrolment, trainer: User, manager: User
) -> None:
    session = run.sessions.first()
    assert session is not None
    mark_attendance(trainer, session, [learner.pk])
    with pytest.raises(CertificateError, match="Mancano 36 minuti"):
        issue_certificate(manager, learner)
    issue = reverse("learning:issue", args=[learner.pk])
    answer = client_of(manager).post(issue, follow=True)
    assert "Mancano 36 minuti" in answer.content.decode()
    assert not Certificate.objects.exists()


def test_the_pdf_is_archival_and_says_what_is_kept(certificate: Certificate) -> None:
    data = certificate.pdf.open("rb").read()
    assert hashlib.sha256(data).hexdigest() == certificate.sha256
    assert b"<pdfaid:part>2" in data
    assert b"<pdfaid:conformance>A" in data
    assert b"<pdfuaid:part>1" in data
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    for field in ("name", "course", "organisation", "attended", "code"):
        assert certificate.payload[field] in text.replace("\r\n", " "), field
    assert len(certificate.code) == 32
    assert issue_certificate(certificate.issued_by, certificate.enrolment) == certificate


def test_anybody_checks_and_reads_of_a_revocation(
    client: Client, certificate: Certificate, manager: User
) -> None:
    path = certificate.get_absolute_url()
    page = client.get(path).content.decode()
    assert "Attestato valido" in page
    for field in ("name", "course", "office", "attended", "planned", "issued_on"):
        assert certificate.payload[field] in page
    revoke = reverse("learning:revoke", args=[certificate.pk])
    empty = client_of(manager).post(revoke, {"reason": " "})
    assert empty.status_code == 422
    assert "Scriva il motivo" in empty.content.decode()
    client_of(manager).post(revoke, {"reason": "Presenze sbagliate"})
    again = client_of(manager).post(revoke, {"reason": "Altro"})
    assert again.status_code == 404
    page = client.get(path).content.decode()
    assert "Attestato revocato" in page
    assert "Presenze sbagliate" in page
    fresh = issue_certificate(manager, certificate.enrolment)
    assert fresh.code != certificate.code
    assert client.get(path).content.decode().count("Attestato revocato")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", 200), ("abc", 422), ("z" * 32, 422), ("🏛️" * 50, 422), ("a" * 100_000, 422)],
)
def test_what_is_typed_as_a_code(client: Client, typed: str, code: int) -> None:
    answer = client.get(reverse("learning:check_form"), {"codice": typed})
    assert answer.status_code == code
    assert typed[:40] in answer.content.decode()


def test_absent_codes_and_machines(client: Client, certificate: Certificate) -> None:
    spaced = " ".join([certificate.code[:8], certificate.code[8:].upper()])
    found = client.get(reverse("learning:check_form"), {"codice": spaced})
    assert found["Location"] == certificate.get_absolute_url()
    absent = client.get(reverse("learning:check", args=["0" * 32]))
    assert absent.status_code == 404
    assert "Nessun attestato" in absent.content.decode()
    codes = [
        client.get(reverse("learning:check", args=["1" * 32]), REMOTE_ADDR="192.0.2.7").status_code
        for _ in range(62)
    ]
    assert codes.count(404) == 60
    assert codes[-1] == 429


def test_editions_are_written_and_corrected(manager: User, trainer: User) -> None:
    made = course()
    client = client_of(manager)
    sent = {
        "name": "Primavera 2027",
        "mode": "online",
        "starts_on": "2027-03-10",
        "ends_on": "2027-03-09",
        "enrol_from": "2027-01-10T09:00",
        "enrol_until": "2027-01-01T09:00",
        "seats": "0",
        "required_percent": "80",
        "trainers": [str(trainer.pk)],
        "state": "pubblicata",
    }
    path = reverse("learning:new_edition", args=[made.pk])
    told = client.post(path, sent)
    html = told.content.decode()
    assert told.status_code == 422
    assert "prima del primo" in html
    assert "finiscono prima di cominciare" in html
    assert "Primavera 2027" in html
    mistyped = client.post(path, {**sent, "starts_on": "dieci marzo", "enrol_from": "presto"})
    assert 'type="text" name="starts_on" value="dieci marzo"' in mistyped.content.decode()
    assert 'type="text" name="enrol_from" value="presto"' in mistyped.content.decode()
    sent |= {"ends_on": "2027-03-11", "enrol_until": "2027-03-01T09:00", "seats": "3"}
    assert client.post(path, sent).status_code == 302
    run = CourseEdition.objects.get()
    assert list(run.trainers.all()) == [trainer]
    change = reverse("learning:change_edition", args=[run.pk])
    CourseEdition.objects.filter(pk=run.pk).update(seated=3)
    assert "già 3" in client.post(change, {**sent, "seats": "2"}).content.decode()
    session = reverse("learning:new_session", args=[run.pk])
    moments = {"title": "Prima", "start": "2027-03-10T09:00", "end": "2027-03-10T08:00"}
    assert client.post(session, moments).status_code == 422
    assert client.post(session, {**moments, "end": "2027-03-10T11:00"}).status_code == 302
    assert CourseSession.objects.get().planned_minutes == 120


def test_the_register_costs_the_same(manager: User) -> None:
    run = edition(seats=50, sessions=2)
    client = client_of(manager)
    prices = []
    for number in (2, 18):
        for _ in range(number):
            enrol(AffiliationFactory().user, run)
        client.get(reverse("learning:register", args=[run.pk]))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("learning:register", args=[run.pk]))
        prices.append(len(asked))
    assert prices[0] == prices[1]
    assert prices[0] <= 22
