"""Whatever is typed above a list of /gestione/ is looked for."""

from __future__ import annotations

import pytest

from portal.accounts.models import User
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page, home_page

pytestmark = pytest.mark.django_db
TYPED = [
    '"piano di',
    'a"b',
    "'\"<>",
    '""',
    "piano OR",
    "(",
    "-x",
    "NEAR",
    "a:b",
    "%s %d",
    "x" * 3000,
]


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_no_error(redattore: User, typed: str) -> None:
    home = home_page()
    client = client_of(redattore)
    for path in (
        "/gestione/documents/",
        "/gestione/documents/chooser/results/",
        "/gestione/choose-page/search/",
        "/gestione/pages/search/",
        f"/gestione/pages/{home.pk}/",
    ):
        assert client.get(path, {"q": typed}).status_code == 200, path


def test_what_stands_in_quotation_marks_is_found(redattore: User) -> None:
    home = home_page()
    content_page(title="Piano di riassetto")
    document(title="Piano di riassetto")
    for path in ("/gestione/documents/", f"/gestione/pages/{home.pk}/"):
        found = client_of(redattore).get(path, {"q": '"piano di riassetto'})
        assert "Piano di riassetto" in found.content.decode(), path
