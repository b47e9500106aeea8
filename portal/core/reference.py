"""Reference data: rows that every installation has (Provinces, networks, roles, workflows)."""

from __future__ import annotations

from collections.abc import Callable

from portal.core.registry import Registry

references: Registry[Callable[[], None]] = Registry("reference data")
register_reference = references.register
