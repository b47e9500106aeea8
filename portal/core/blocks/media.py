"""Pictures and videos."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from portal.core.blocks.text import SHORT_FEATURES, text_block

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text, caption and credit."""

    image = ImageBlock(label="Immagine")
    caption = blocks.CharBlock(label="Didascalia", required=False, max_length=250)
    credit = blocks.CharBlock(
        label="Crediti",
        required=False,
        max_length=200,
        help_text="Se mancano valgono quelli scritti sull'immagine.",
    )

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        image = value.get("image")
        context["credit"] = value.get("credit") or getattr(image, "credit", "")
        return context

    def get_preview_value(self) -> Any:
        image = get_image_model().objects.order_by("pk").first()
        example = {"image": image and image.pk, "decorative": False, "alt_text": "Esempio"}
        return self.to_python({"image": example, "caption": "Una didascalia", "credit": "UPI"})

    class Meta:
        icon = "image"
        label = "Immagine"
        template = "blocks/picture.html"
        description = "Un'immagine con testo alternativo, didascalia e crediti."


def video_source(address: str) -> tuple[str, str] | None:
    """Return provider and identifier of a YouTube or Vimeo address, None for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme != "https":
        return None
    host, path = (parts.netloc or "").lower(), parts.path
    if host == "youtu.be":
        provider, key = "youtube", path.strip("/")
    elif host in YOUTUBE_HOSTS:
        provider = "youtube"
        embedded = re.fullmatch(r"/(?:embed|live|shorts)/([\w-]+)/?", path)
        key = embedded[1] if embedded else (parse_qs(parts.query).get("v") or [""])[0]
    elif host in VIMEO_HOSTS:
        provider, key = "vimeo", path.removeprefix("/video").strip("/")
    else:
        return None
    shape = r"[\w-]{6,20}" if provider == "youtube" else r"\d{4,14}"
    return (provider, key) if re.fullmatch(shape, key, re.ASCII) else None


class VideoValue(blocks.StructValue):
    """A video that knows where it is watched."""

    @property
    def source(self) -> tuple[str, str] | None:
        """Provider and identifier of the video."""
        return video_source(self.get("url") or "")

    @property
    def provider(self) -> str:
        """The provider's name as a reader knows it."""
        return {"youtube": "YouTube", "vimeo": "Vimeo"}[self.source[0]] if self.source else ""

    @property
    def embed_url(self) -> str:
        """The address of the player, called only after the reader's click."""
        if not self.source:
            return ""
        provider, key = self.source
        if provider == "youtube":
            return f"https://www.youtube-nocookie.com/embed/{key}"
        return f"https://player.vimeo.com/video/{key}?dnt=1"


class VideoBlock(blocks.StructBlock):
    """A video of a third party, asked for only after a click."""

    url = blocks.URLBlock(
        label="Indirizzo del video", help_text="Una pagina di YouTube o di Vimeo, con https."
    )
    title = blocks.CharBlock(label="Titolo", max_length=150)
    transcript = text_block(
        label="Trascrizione",
        features=SHORT_FEATURES,
        help_text="Il testo parlato e ciò che si vede, per chi non può seguire il video.",
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if cleaned.get("url") and not cleaned.source:
            raise blocks.StructBlockValidationError(
                {"url": ValidationError("L'indirizzo deve essere di un video YouTube o Vimeo.")}
            )
        return cleaned

    class Meta:
        icon = "media"
        label = "Video"
        template = "blocks/video.html"
        value_class = VideoValue
        description = "Un video di YouTube o Vimeo, caricato solo dopo il clic."
        preview_value = {
            "url": "https://vimeo.com/123456789",
            "title": "I risultati dei focus group",
            "transcript": "<p>Testo dell'intervento.</p>",
        }
