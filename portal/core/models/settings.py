from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """The links and texts of header and footer that the editors decide."""

    footer_about = models.TextField("testo del piè di pagina", blank=True)
    contact_email = models.EmailField("e-mail della redazione", blank=True)
    assistance_url = models.CharField("assistenza", max_length=300, blank=True)
    transparency_url = models.CharField("amministrazione trasparente", max_length=300, blank=True)
    privacy_url = models.CharField("informativa privacy", max_length=300, blank=True)
    legal_notes_url = models.CharField("note legali", max_length=300, blank=True)
    accessibility_url = models.CharField(
        "dichiarazione di accessibilità",
        max_length=300,
        blank=True,
        help_text="Il modulo pubblicato da AgID per questo sito.",
    )
    media_policy_url = models.CharField("media policy", max_length=300, blank=True)
    sitemap_url = models.CharField("mappa del sito", max_length=300, blank=True)
    rss_url = models.CharField("RSS", max_length=300, blank=True)
    security_contact = models.CharField(
        "contatto per la sicurezza", max_length=300, blank=True, help_text="mailto: oppure https:"
    )

    panels = [
        MultiFieldPanel([FieldPanel("footer_about"), FieldPanel("contact_email")], "Piè di pagina"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "assistance_url",
                    "transparency_url",
                    "privacy_url",
                    "legal_notes_url",
                    "accessibility_url",
                    "media_policy_url",
                    "sitemap_url",
                    "rss_url",
                    "security_contact",
                )
            ],
            "Collegamenti obbligatori",
        ),
    ]

    class Meta:
        verbose_name = "impostazioni del sito"
