from portal.home.models.content import ContentPage
from portal.home.models.home import HomePage

__all__ = ["ContentPage", "HomePage"]
