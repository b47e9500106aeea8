"""Names of the groups that carry the portal's roles."""

from __future__ import annotations

GROUP_REDAZIONE = "Redazione"
GROUP_DIREZIONE = "Direzione UPI"
GROUP_TRAINING = "Responsabili formazione"
GROUP_TRAINERS = "Docenti"
GROUP_AUDITORS = "Ispettori"
GROUP_MODERATORS = "Moderatori"


def coordination_group(network_slug: str) -> str:
    """Return the name of the group that approves the content of a network."""
    return f"Coordinamento {network_slug}"
