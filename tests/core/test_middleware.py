"""What no request may bring in."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_address_with_a_nul_is_nobodys() -> None:
    answer = Client().get("/notizie/%00/")
    assert answer.status_code == 400
    assert "Richiesta non comprensibile" in answer.content.decode()
