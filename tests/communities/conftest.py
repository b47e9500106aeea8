"""The portal's own engine, for the tests of what is found."""

from tests.search.conftest import index

__all__ = ["index"]
