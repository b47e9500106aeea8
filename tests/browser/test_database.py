"""The suite's own processes: a browser that was started takes the database from no later test."""

from __future__ import annotations

from playwright.sync_api import Browser

from portal.organisations.models import Organisation


def test_the_database_answers_beside_the_browser(browser: Browser, db: None) -> None:
    assert browser.is_connected()
    assert Organisation.objects.provinces().count() == 76
