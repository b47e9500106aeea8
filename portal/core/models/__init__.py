from portal.core.models.images import PortalImage, PortalRendition
from portal.core.models.settings import SiteSettings
from portal.core.models.topics import PageTopic

__all__ = ["PageTopic", "PortalImage", "PortalRendition", "SiteSettings"]
