"""The demonstration networks with their models and practices."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from wagtail.models import Page, Site

from portal.core.seed import SeedContext
from portal.library.demo.pages import NAMESPACE, documents_titled, publish_below, stream_data
from portal.library.models import DocumentKit
from portal.networks.demo import (
    ModelText,
    NetworkText,
    PracticeText,
    read_models,
    read_networks,
    read_practices,
)
from portal.networks.models import (
    NetworkIndexPage,
    NetworkPage,
    PracticePage,
    ServiceModelPage,
)
from portal.organisations.models import Network, Organisation

ROME = ZoneInfo("Europe/Rome")
PUBLISHED = dt.datetime(2022, 4, 13, 10, 0, tzinfo=ROME)
MODELS_PUBLISHED = dt.datetime(2022, 6, 30, 10, 0, tzinfo=ROME)
OFFICE = "Ufficio reti, UPI"


@transaction.atomic
def load_networks(context: SeedContext) -> None:
    """Create the networks, their models and practices that are not there."""
    home = context.rows.get("home") or Site.objects.get(is_default_site=True).root_page.specific
    index = publish_below(
        home,
        NetworkIndexPage(
            title="Reti",
            slug="reti",
            show_in_menus=True,
            summary="Tre reti di funzionari delle Province, una per ciascun servizio ai Comuni: "
            "ognuna ha un modello, buone pratiche e una Provincia capofila.",
            responsible_office=OFFICE,
        ),
        PUBLISHED,
    )
    networks = {text.network: network_page(index, text) for text in read_networks()}
    for model in read_models():
        model_page(networks[model.network], model)
    provinces = {province.sigla: province for province in Organisation.objects.provinces()}
    for practice in read_practices():
        practice_page(networks[practice.network], practice, provinces[practice.province])


def network_page(index: Page, text: NetworkText) -> Page:
    """Return the page of a network, made when it is not there."""
    page = NetworkPage(
        title=text.title,
        slug=text.network,
        show_in_menus=True,
        summary=text.summary,
        coordinator=text.coordinator,
        responsible_office=OFFICE,
        network=Network.objects.get(slug=text.network),
        body=stream_data(text.key, text.body),
    )
    return publish_below(index, page, PUBLISHED, text.topics)


def model_page(parent: Page, text: ModelText) -> Page:
    """Return the page of a service model, made when it is not there."""
    body: list[tuple[str, Any]] = []
    for section in text.sections:
        body += [("heading", {"text": section.title}), *section.body]
    variants = [
        {"title": variant.title, "for_whom": variant.suited_to, "text": f"<p>{variant.text}</p>"}
        for variant in text.variants
    ]
    documents = documents_titled(text.kit)
    kit = [{"title": "Per adottare il modello", "documents": documents}] if documents else []
    page = ServiceModelPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        responsible_office=OFFICE,
        body=stream_data(text.key, body),
        variants=_items(f"{text.key}/variant", "variant", variants),
        kit=_items(f"{text.key}/kit", "section", kit),
        document_kit=DocumentKit.objects.filter(slug=text.document_kit).first(),
    )
    return publish_below(parent, page, MODELS_PUBLISHED, text.topics)


def practice_page(parent: Page, text: PracticeText, province: Organisation) -> Page:
    """Return the page of a practice, made when it is not there."""
    page = PracticePage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        organisation=province,
        problem=text.problem,
        solution=text.solution,
        results=text.results,
        responsible_office=OFFICE,
        documents=_items(f"practice/{text.slug}", "document", documents_titled(text.documents)),
    )
    moment = dt.datetime(text.year, 12, 15, 10, 0, tzinfo=ROME)
    return publish_below(parent, page, moment, text.topics)


def _items(key: str, kind: str, values: list[Any]) -> list[dict[str, Any]]:
    return [
        {"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{key}/{position}"))}
        for position, value in enumerate(values)
    ]
