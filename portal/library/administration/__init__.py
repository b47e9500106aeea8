"""Documents in /gestione/: the library's rules over Wagtail's views."""
