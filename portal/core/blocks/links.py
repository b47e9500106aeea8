"""Links to pages of the portal or to addresses, and the blocks made of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail import blocks


def is_safe_address(address: str) -> bool:
    """Tell whether an address is a path of the portal, a web address or a mail address."""
    if any(character.isspace() or ord(character) < 32 for character in address):
        return False
    if address.startswith("/"):
        return not address.startswith(("//", "/\\"))
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "mailto" or (parts.scheme in ("http", "https") and bool(parts.netloc))


class LinkValue(blocks.StructValue):
    """A link that knows its address."""

    def href(self, request: HttpRequest | None = None) -> str:
        """Return the address, empty when there is none or the page is not published."""
        page = self.get("page")
        if page is not None:
            return (page.get_url(request) or "") if page.live else ""
        return self.get("url") or ""

    @property
    def is_external(self) -> bool:
        """Tell whether the link leaves the portal."""
        return not self.get("page") and (self.get("url") or "").startswith("http")


class LinkBlock(blocks.StructBlock):
    """A page of the portal, or an address: one of the two."""

    page = blocks.PageChooserBlock(label="Pagina del portale", required=False)
    url = blocks.CharBlock(
        label="Oppure indirizzo",
        required=False,
        max_length=500,
        help_text="https://…, mailto:… oppure un percorso del portale, per esempio /biblioteca/.",
    )
    link_needed = True

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        page, url = cleaned.get("page"), cleaned.get("url")
        problem = ""
        if page and url:
            problem = "Scegliere una pagina oppure un indirizzo, non entrambi."
        elif url and not is_safe_address(url):
            problem = "L'indirizzo deve iniziare con https://, http://, mailto: oppure /."
        elif self.link_needed and not page and not url and not self.is_deferred_validation:
            problem = "Scegliere la pagina oppure scrivere l'indirizzo."
        if problem:
            raise blocks.StructBlockValidationError({"url": ValidationError(problem)})
        return cleaned

    class Meta:
        icon = "link"
        label = "Collegamento"
        value_class = LinkValue


class OptionalLinkBlock(LinkBlock):
    """A link that may be left out."""

    link_needed = False


class CallToActionBlock(blocks.StructBlock):
    """One invitation, one button."""

    title = blocks.CharBlock(label="Titolo", max_length=120)
    text = blocks.TextBlock(label="Testo", required=False, max_length=400)
    label = blocks.CharBlock(
        label="Testo del pulsante",
        max_length=60,
        help_text="Un verbo: «Leggi il modello», «Iscriviti al corso».",
    )
    link = LinkBlock()

    class Meta:
        icon = "pick"
        label = "Invito all'azione"
        template = "blocks/call_to_action.html"
        description = "Un riquadro con un solo pulsante."
        preview_value = {
            "title": "La Provincia, casa dei Comuni",
            "text": "Undici impegni, dal protocollo al piano di riassetto.",
            "label": "Leggi che cosa fa ciascuna Provincia",
            "link": {"page": None, "url": "/il-progetto/"},
        }


class CardBlock(blocks.StructBlock):
    """A card: the whole of it is one link."""

    title = blocks.CharBlock(label="Titolo", max_length=120)
    text = blocks.TextBlock(label="Testo", required=False, max_length=300)
    link = LinkBlock()

    class Meta:
        icon = "doc-empty"
        label = "Scheda"


class CardsBlock(blocks.ListBlock):
    """A row of cards."""

    def __init__(self, child_block: Any = CardBlock, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 1)
        kwargs.setdefault("max_num", 12)
        super().__init__(child_block, **kwargs)

    class Meta:
        icon = "grip"
        label = "Schede"
        template = "blocks/cards.html"
        description = "Collegamenti con titolo e testo, affiancati."
        preview_value = [
            {
                "title": "I tre pilastri",
                "text": "Stazione unica appaltante, politiche europee, innovazione.",
                "link": {"page": None, "url": "/il-progetto/"},
            },
            {
                "title": "Biblioteca",
                "text": "Modelli, atti e procedure già usati.",
                "link": {"page": None, "url": "/biblioteca/"},
            },
        ]
