"""The demonstration communities: invented people and what they discuss."""
