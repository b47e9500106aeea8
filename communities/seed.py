from portal.core.seed import SeedContext


def load_communities(context: SeedContext) -> None: ...
