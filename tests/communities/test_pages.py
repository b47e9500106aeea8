"""Every page of the communities, as everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from communities.models import MembershipRole
from portal.accounts.models import User
from tests.conftest import client_of
from tests.factories.communities import insider, post, space, topic

pytestmark = pytest.mark.django_db


def test_smoke(outsider: User) -> None:
    room = space()
    boss = insider(room, MembershipRole.OWNER)
    one = insider(room)
    talk = topic(room, one, replies=25)
    post(talk, boss, "Ecco [qui](x) http://example.org/a?b=1&c=2")
    client = client_of(boss)
    for path in [
        "/comunita/",
        room.page.url,
        room.get_absolute_url(),
        f"{room.get_absolute_url()}nuova/",
        f"/comunita/{room.slug}/componenti/",
        f"/comunita/{room.slug}/moderazione/",
        f"/comunita/{room.slug}/avvisi/",
        talk.get_absolute_url(),
        f"{talk.get_absolute_url()}?pagina=2",
        "/account/avvisi/",
        "/account/",
    ]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert Client().get(path).status_code in (200, 302)
        client_of(outsider).get(path)
