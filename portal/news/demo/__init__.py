"""Demonstration news and events, read from the texts of this package."""

from portal.news.demo.texts import EventText, NewsText, read_events, read_news

__all__ = ["EventText", "NewsText", "read_events", "read_news"]
