"""A service model and its raccolta lead to each other, for who may read both."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, organisation_token
from portal.core.seed import SeedContext
from portal.home.seed import load_home
from portal.library.models import DocumentKit, KitArchive, KitEntry
from portal.networks.models import ServiceModelPage
from portal.networks.seed import load_networks
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories import pages
from tests.factories.library import document

pytestmark = pytest.mark.django_db


def raccolta(title: str, audience: str = PUBLIC, **fields: Any) -> DocumentKit:
    """Make a raccolta of a public document and of one for the members."""
    kit = DocumentKit.objects.create(
        title=title, slug=title.lower().replace(" ", "-"), audience=audience, **fields
    )
    for position, token in enumerate((PUBLIC, MEMBERS), start=1):
        KitEntry.objects.create(kit=kit, document=document(audience=token), position=position)
    return kit


def text_at(person: User | None, path: str) -> str:
    client = client_of(person) if person else Client()
    return client.get(path).content.decode()


def test_the_model_offers_the_kit_to_who_may_read_it(
    member: User, outsider: User, waiting: User, redattore: User, admin: User, treviso: Organisation
) -> None:
    open_kit = raccolta("Kit aperto", introduction="Si parte dalla relazione.")
    closed = raccolta("Kit interno", organisation_token(treviso.pk))
    sua = pages.network_page("sua")
    with_open = pages.service_model_page(sua, document_kit=open_kit)
    with_closed = pages.service_model_page(sua, document_kit=closed)
    without = pages.service_model_page(sua)
    readers = {"Kit interno": {member, admin}}
    for person in (None, waiting, outsider, redattore, member, admin):
        text = text_at(person, with_open.url)
        assert 'href="/biblioteca/raccolte/kit-aperto/"' in text
        assert 'action="/biblioteca/raccolte/kit-aperto/zip/"' in text
        assert "Si parte dalla relazione." in text
        counted = "1 documento<" if person in (None, waiting) else "2 documenti<"
        assert f"Raccolta · {counted}" in text
        seen = person in readers["Kit interno"]
        text = text_at(person, with_closed.url)
        assert ("Kit interno" in text) is seen
        assert ("kit-interno" in text) is seen
        assert ('id="kit"' in text) is seen
        assert 'id="kit"' not in text_at(person, without.url)


def test_the_zip_is_asked_from_the_page_without_javascript(member: User, settings: Any) -> None:
    kit = raccolta("Kit aperto")
    model = pages.service_model_page(pages.network_page("sua"), document_kit=kit)
    client = Client(enforce_csrf_checks=True)
    text = client.get(model.url).content.decode()
    token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    answer = client.post("/biblioteca/raccolte/kit-aperto/zip/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    archive = KitArchive.objects.get(kit=kit)
    assert str(archive.key) in answer["Location"]
    assert archive.total == 1


def test_a_kit_with_nothing_to_read_offers_no_download(member: User) -> None:
    kit = DocumentKit.objects.create(title="Kit vuoto", slug="kit-vuoto")
    model = pages.service_model_page(pages.network_page("sua"), document_kit=kit)
    text = text_at(member, model.url)
    assert "Kit vuoto" in text
    assert "Scarica il kit" not in text


def test_the_kit_leads_back_to_the_models_that_one_may_see(
    member: User, outsider: User, waiting: User
) -> None:
    kit = raccolta("Kit aperto")
    sua = pages.network_page("sua")
    model = pages.service_model_page(sua, document_kit=kit, title="Modello noto")
    draft = pages.service_model_page(sua, document_kit=kit, title="Modello in bozza")
    draft.unpublish()
    inner = pages.service_model_page(sua, document_kit=kit, title="Modello riservato")
    pages.restrict_to_members(inner)
    path = kit.get_absolute_url()
    for person in (None, waiting, outsider, member):
        text = text_at(person, path)
        assert f'<a href="{model.url}">Modello noto</a>' in text
        assert "Modello in bozza" not in text
        assert ("Modello riservato" in text) is (person in (outsider, member))
        assert ("È il kit dei modelli" in text) is (person in (outsider, member))
    other = raccolta("Altro kit")
    assert "È il kit" not in text_at(member, other.get_absolute_url())


def test_the_link_back_costs_the_same(client: Client) -> None:
    kit = raccolta("Kit aperto")
    sua = pages.network_page("sua")
    prices = []
    for rows in (1, 6):
        for _ in range(rows):
            pages.service_model_page(sua, document_kit=kit)
        client.get(kit.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(kit.get_absolute_url())
        prices.append(len(queries))
    assert prices[0] == prices[1]


def form_of(page: ServiceModelPage, editor: User, **data: str) -> Any:
    form_class = page.get_edit_handler().get_form_class()
    return form_class(data or None, instance=page, for_user=editor)


def test_editors_choose_among_what_they_read(
    redattore: User, direttore: User, member: User, treviso: Organisation
) -> None:
    mine = raccolta("Kit aperto")
    closed = raccolta("Kit interno", organisation_token(treviso.pk))
    page = pages.service_model_page(pages.network_page("sua"))
    path = f"/gestione/pages/{page.pk}/edit/"
    text = text_at(direttore, path)
    assert "Kit aperto" in text
    assert "Kit interno" not in text
    assert client_of(member).get(path).status_code == 302
    field = form_of(page, direttore).fields["document_kit"]
    assert field.clean(str(mine.pk)) == mine
    assert field.clean("") is None
    with pytest.raises(Exception, match="scelta"):
        field.clean(str(closed.pk))


def test_an_editor_keeps_a_kit_that_she_may_not_read_without_its_name(
    direttore: User, treviso: Organisation
) -> None:
    closed = raccolta("Kit interno", organisation_token(treviso.pk))
    page = pages.service_model_page(pages.network_page("sua"), document_kit=closed)
    text = text_at(direttore, f"/gestione/pages/{page.pk}/edit/")
    assert "Kit interno" not in text
    assert "Una raccolta che lei non può leggere" in text
    assert form_of(page, direttore).fields["document_kit"].clean(str(closed.pk)) == closed


def test_a_deleted_kit_leaves_the_page(member: User) -> None:
    kit = raccolta("Kit aperto", owner=member)
    page = pages.service_model_page(pages.network_page("sua"), document_kit=kit)
    page.save_revision()
    kit.delete()
    page.refresh_from_db()
    assert page.document_kit is None
    assert page.get_latest_revision_as_object().document_kit is None
    assert Client().get(page.url).status_code == 200


def test_the_demonstration_sets_the_kits(db: None) -> None:
    slugs = ("kit-sua", "kit-servizio-europa", "kit-agenda-digitale", "kit-centro-di-competenza")
    made = {slug: raccolta(slug) for slug in slugs}
    context = SeedContext(write=lambda text: None)
    load_home(context)
    load_networks(context)
    found = dict(ServiceModelPage.objects.values_list("slug", "document_kit"))
    assert found == {
        "modello-sua": made["kit-sua"].pk,
        "modello-servizio-europa": made["kit-servizio-europa"].pk,
        "agenda-digitale-integrata": made["kit-agenda-digitale"].pk,
        "centri-di-competenza": made["kit-centro-di-competenza"].pk,
    }
