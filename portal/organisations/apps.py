from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    label = "organisations"
    verbose_name = "Enti"

    def ready(self) -> None:
        from portal.core.access import register_token_provider
        from portal.core.reference import register_reference
        from portal.core.seed import register_seed
        from portal.organisations import reference
        from portal.organisations.tokens import affiliation_tokens

        register_token_provider("affiliations", affiliation_tokens)
        register_reference("organisations", reference.sync_organisations, order=10)
        register_reference("networks", reference.sync_networks, order=20)
        register_reference("groups", reference.sync_groups, order=30)
        register_seed("people", "portal.organisations.seed.load_people", order=10)
