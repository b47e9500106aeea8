from portal.networks.models.network import NetworkIndexPage, NetworkPage
from portal.networks.models.practice import PracticePage
from portal.networks.models.service_model import ServiceModelPage

__all__ = ["NetworkIndexPage", "NetworkPage", "PracticePage", "ServiceModelPage"]
