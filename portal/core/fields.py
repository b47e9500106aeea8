"""Fields that many models share."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class SlimStreamField(StreamField):
    """StreamField whose migrations name no blocks, so that a change of blocks makes none."""

    def __init__(self, block_types: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(block_types if block_types is not None else [], *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
