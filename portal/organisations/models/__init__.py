from portal.organisations.models.affiliation import (
    Affiliation,
    AffiliationQuerySet,
    AffiliationRole,
    AffiliationState,
)
from portal.organisations.models.held_office import HeldOffice
from portal.organisations.models.network import Network
from portal.organisations.models.organisation import (
    Organisation,
    OrganisationDomain,
    OrganisationKind,
    Province,
)

__all__ = [
    "Affiliation",
    "AffiliationQuerySet",
    "AffiliationRole",
    "AffiliationState",
    "HeldOffice",
    "Network",
    "Organisation",
    "OrganisationDomain",
    "OrganisationKind",
    "Province",
]
