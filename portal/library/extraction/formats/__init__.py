"""One module for each format: ``pages(path, limits)`` yields label and text of each page."""
