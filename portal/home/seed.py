"""The demonstration home page, the section «Il progetto», the service pages, the footer."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from wagtail.models import Page, Site

from portal.core.models import SiteSettings
from portal.core.seed import SeedContext
from portal.home.demo import HOME, PageText, read_project_pages, read_service_pages
from portal.home.models import ContentPage, HomePage
from portal.library.demo.pages import NAMESPACE, link_to, publish_below, set_moment, stream_data

PUBLISHED = dt.datetime(2022, 4, 13, 9, 0, tzinfo=ZoneInfo("Europe/Rome"))
OFFICE = "Redazione del portale, UPI"
MAIL = "provincecomuni@upinet.it"

# The site map is a view of the portal, always true: its demonstration text has no page.
NOT_PAGES = {"mappa-del-sito"}

FOOTER_LINKS = {
    "footer_about": "Progetto di UPI per il sistema dei servizi delle Province a supporto dei "
    "Comuni. PON «Governance e capacità istituzionale» 2014-2020.",
    "contact_email": MAIL,
    "assistance_url": "/contatti/",
    "transparency_url": "/amministrazione-trasparente/",
    "privacy_url": "/privacy/",
    "legal_notes_url": "/note-legali/",
    "accessibility_url": "/accessibilita/",
    "media_policy_url": "/media-policy/",
    "sitemap_url": "/mappa-del-sito/",
    "rss_url": "/notizie/rss/",
    "security_contact": f"mailto:{MAIL}",
}


@transaction.atomic
def load_home(context: SeedContext) -> None:
    """Create the home page at the root of the site, and the pages below it that are not there."""
    home = home_page()
    pages: dict[str, Page] = {"": home}
    for text in [*read_project_pages(), *read_service_pages()]:
        if text.key not in NOT_PAGES:
            pages[text.key] = content_page(pages[text.parent], text)
    context.rows["home"] = home
    fill_footer()


def home_page() -> HomePage:
    """Return the home page of the site, made at the first run in place of Wagtail's own."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    welcome = site.root_page
    if isinstance(welcome.specific, HomePage):
        return welcome.specific
    home = HomePage(
        title=HOME.title,
        slug="portale",
        summary=HOME.hero_text,
        hero_title=HOME.hero_title,
        networks_title=HOME.networks_title,
        responsible_office=OFFICE,
        first_published_at=PUBLISHED,
        actions=[
            _item("action", position, {"label": label, "link": link_to(key)})
            for position, (label, key) in enumerate(HOME.actions)
        ],
        figures=[
            _item("number", position, {**number, "link": link_to("")})
            for position, number in enumerate(HOME.numbers)
        ],
        body=stream_data("home", HOME.body),
    )
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    set_moment(home, PUBLISHED)
    site.root_page = home
    site.site_name = HOME.title
    site.save()
    if not welcome.get_children().exists():
        welcome.delete()
    return home


def _item(kind: str, position: int, value: dict[str, Any]) -> dict[str, Any]:
    key = str(uuid.uuid5(NAMESPACE, f"home/{kind}/{position}"))
    return {"type": kind, "value": value, "id": key}


def content_page(parent: Page, text: PageText) -> Page:
    """Return the page of a text, made when it is not there."""
    page = ContentPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        show_in_menus=text.in_menus,
        responsible_office=OFFICE,
        body=stream_data(text.key, text.body),
    )
    return publish_below(parent, page, PUBLISHED, text.topics)


def fill_footer() -> None:
    """Fill the links of header and footer that nobody has filled."""
    site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    empty = {name for name in FOOTER_LINKS if not getattr(site_settings, name)}
    for name in empty:
        setattr(site_settings, name, FOOTER_LINKS[name])
    if empty:
        site_settings.save()
