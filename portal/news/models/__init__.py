from portal.news.models.event import EventIndexPage, EventMode, EventPage
from portal.news.models.news import NewsIndexPage, NewsPage

__all__ = ["EventIndexPage", "EventMode", "EventPage", "NewsIndexPage", "NewsPage"]
