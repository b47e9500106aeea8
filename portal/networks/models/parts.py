"""What the pages below a network share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import cached_property

from portal.organisations.models import Network

if TYPE_CHECKING:
    from wagtail.models import Page as Base

    from portal.networks.models.network import NetworkPage
else:
    Base = object


class InNetwork(Base):
    """A page whose network is that of the page above it."""

    @cached_property
    def network_page(self) -> NetworkPage | None:
        """The page of the network."""
        from portal.networks.models.network import NetworkPage

        found: NetworkPage | None = (
            NetworkPage.objects.ancestor_of(self).select_related("network").first()
        )
        return found

    @property
    def network(self) -> Network | None:
        """The network of the page above."""
        return self.network_page.network if self.network_page else None
