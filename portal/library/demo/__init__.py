"""The demonstration library: real files written from the texts of this package."""

from portal.library.demo.files import DemoFile, build_files

__all__ = ["DemoFile", "build_files"]
