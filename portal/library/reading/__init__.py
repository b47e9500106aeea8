"""What the reader shows of a page: its text with marks and links, its words on the picture."""
