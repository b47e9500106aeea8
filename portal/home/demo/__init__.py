"""Texts of the home page, of the section «Il progetto» and of the service pages.

``body`` is a list of blocks, each a pair of type and value. A link is a page's key, or a path
of the portal when it begins with ``/``; a document is named by its title in the library.
"""

from portal.home.demo.home import HOME, HomeText, NetworkTeaser
from portal.home.demo.page import PageText, read_project_pages, read_service_pages

__all__ = [
    "HOME",
    "HomeText",
    "NetworkTeaser",
    "PageText",
    "read_project_pages",
    "read_service_pages",
]
