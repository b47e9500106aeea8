"""What the worker does for the editors."""

from __future__ import annotations

from django.core.management import call_command


def publish_scheduled() -> None:
    """Publish the pages whose moment has come, and take down those that have expired."""
    call_command("publish_scheduled", verbosity=0)
