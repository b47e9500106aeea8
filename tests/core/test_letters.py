"""Letters, their subject and their headers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from portal.core.letters import queue_letter, send_letter, unsubscribe_headers
from portal.organisations.models import Affiliation
from tests.conftest import run_queued
from tests.factories.people import AffiliationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def affiliation() -> Affiliation:
    return AffiliationFactory()


def test_a_letter_carries_its_headers(
    affiliation: Affiliation, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PORTAL_BASE_URL = "https://portale.example/"
    with django_capture_on_commit_callbacks() as queued:
        queue_letter(
            "organisations/mail/active.txt",
            {"affiliation": affiliation},
            ["a@provincia.example", "b@provincia.example"],
            headers=unsubscribe_headers("/ferma/abc/"),
        )
    run_queued(queued)
    assert [letter.to for letter in mail.outbox] == [
        ["a@provincia.example"],
        ["b@provincia.example"],
    ]
    for letter in mail.outbox:
        assert letter.subject
        assert "\n" not in letter.subject
        headers = letter.message()
        assert headers["List-Unsubscribe"] == "<https://portale.example/ferma/abc/>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_without_headers_has_none_of_them(
    affiliation: Affiliation, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as queued:
        queue_letter(
            "organisations/mail/active.txt", {"affiliation": affiliation}, ["a@provincia.example"]
        )
    run_queued(queued)
    assert "List-Unsubscribe" not in mail.outbox[0].message()


def test_a_header_of_two_lines_is_refused() -> None:
    with pytest.raises(ValueError):
        send_letter("Oggetto", "Testo", "a@provincia.example", {"List-Unsubscribe": "a\nBcc: b"})
    assert mail.outbox == []
