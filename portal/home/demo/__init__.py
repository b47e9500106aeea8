"""Texts of the home page, of the section «Il progetto» and of the service pages.

``body`` is a list of blocks, each a pair of type and value. A link is a page's key, or a path
of the portal when it begins with ``/``; a document is named by its title in the library.
"""

from portal.home.demo.home import HOME, HomeText, NetworkTeaser
from portal.home.demo.page import Body, PageText
from portal.home.demo.project import PROJECT_PAGES
from portal.home.demo.service import SERVICE_PAGES

__all__ = [
    "HOME",
    "PROJECT_PAGES",
    "SERVICE_PAGES",
    "Body",
    "HomeText",
    "NetworkTeaser",
    "PageText",
]
