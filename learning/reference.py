"""What every installation has: who makes courses."""

from __future__ import annotations

from portal.organisations.reference import let_direction_manage


def sync_permissions() -> None:
    """Let UPI's direction make courses."""
    let_direction_manage("learning", "course")
