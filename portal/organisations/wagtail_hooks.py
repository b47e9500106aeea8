"""Bodies, their domains and affiliations in /gestione/, for those who decide for everybody."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from portal.organisations.models import Affiliation, Network, Organisation, OrganisationDomain


class OrganisationViewSet(ModelViewSet):
    """The bodies."""

    model = Organisation
    icon = "home"
    menu_label = "Enti"
    list_display = ["display_name", "kind", "region", "sigla", "ipa_code"]
    list_filter = ["kind", "region"]
    search_fields = ["name", "sigla", "ipa_code"]
    exclude_form_fields: list[str] = []


class OrganisationDomainViewSet(ModelViewSet):
    """The e-mail domains of the bodies."""

    model = OrganisationDomain
    icon = "mail"
    menu_label = "Domini e-mail"
    list_display = ["domain", "organisation"]
    search_fields = ["domain"]
    form_fields = ["domain", "organisation"]


class AffiliationViewSet(ModelViewSet):
    """The affiliations, to appoint the referenti and correct mistakes."""

    model = Affiliation
    icon = "user"
    menu_label = "Affiliazioni"
    list_display = ["user", "organisation", "office", "role", "state"]
    list_filter = ["state", "role"]
    form_fields = [
        "user",
        "organisation",
        "office",
        "job_title",
        "role",
        "state",
        "valid_from",
        "valid_to",
        "reason",
    ]


class NetworkViewSet(ModelViewSet):
    """The networks and the Provinces that lead them."""

    model = Network
    icon = "site"
    menu_label = "Reti"
    list_display = ["name", "short_name", "lead_province", "order"]
    form_fields = ["name", "short_name", "pillar", "community_name", "lead_province", "order"]


class BodiesViewSetGroup(ModelViewSetGroup):
    """One entry of the menu for all of them."""

    menu_label = "Enti e persone"
    menu_icon = "group"
    menu_order = 700
    items = (
        OrganisationViewSet("enti"),
        OrganisationDomainViewSet("domini"),
        AffiliationViewSet("affiliazioni"),
        NetworkViewSet("reti"),
    )


@hooks.register("register_admin_viewset")
def bodies() -> BodiesViewSetGroup:
    """Register the group."""
    return BodiesViewSetGroup()
