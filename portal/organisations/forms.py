"""Forms about bodies: the part of sign-up that asks who a person works for."""

from __future__ import annotations

from django import forms


class SignupForm(forms.Form):
    """Name, body and office asked at sign-up, beside allauth's own fields."""

    def signup(self, request: object, user: object) -> None:
        """Keep what the person said of her body."""
