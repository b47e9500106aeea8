"""Days and moments with the browser's own calendar."""

from __future__ import annotations

import re
from typing import Any

from django import forms


class KeepsWhatWasTyped:
    """Shows as plain text what the browser's calendar would refuse to show."""

    pattern: str

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        shown = context["widget"]["value"]
        if shown and not re.fullmatch(self.pattern, shown):
            context["widget"]["type"] = "text"
        return context


class DayInput(KeepsWhatWasTyped, forms.DateInput):
    """A day."""

    pattern = r"\d{4}-\d\d-\d\d"

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class MomentInput(KeepsWhatWasTyped, forms.DateTimeInput):
    """A day and an hour."""

    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?"

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
