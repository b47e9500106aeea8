"""The folder of the embedded index: generations, which of them answers, who may write."""

from __future__ import annotations

import fcntl
import functools
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, RLock
from typing import IO, ParamSpec, TypeVar

import tantivy

from search.engines.base import PATIENCE, EngineBusyError, EngineError
from search.engines.compiler import Compiler
from search.engines.embedded import schema
from search.engines.embedded.builder import TantivyBuilder

PAUSE = 0.05
# How tantivy says that another process writes; whatever else it says is about the disk.
LOCKED = "LockBusy"
# How it says that the files of an index are not what they were.
DAMAGED = ("corrupt", "FileDoesNotExist")
P = ParamSpec("P")
R = TypeVar("R")


def disk_errors(call: Callable[P, R]) -> Callable[P, R]:
    """Turn what the disk does not do for tantivy (ValueError) or for us into EngineError."""

    @functools.wraps(call)
    def answering(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except (OSError, ValueError) as problem:
            raise EngineError(f"The index folder fails: {problem}") from problem

    return answering


@dataclass
class Tier:
    """One of the two indices of a generation."""

    index: tantivy.Index
    builder: TantivyBuilder
    compiler: Compiler[tantivy.Query]
    meta: Path
    stamp: int = 0

    @property
    def searcher(self) -> tantivy.Searcher:
        """A searcher that sees the last commit of whatever process wrote it."""
        stamp = self.meta.stat().st_mtime_ns
        if stamp != self.stamp:
            self.index.reload()
            self.stamp = stamp
        return self.index.searcher()


class IndexFolder:
    """``current`` names the generation that answers; the holder of ``lease`` may write to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pointer = path / "current"
        self._pointed: tuple[tuple[int, int], str] = ((0, 0), "")
        self._open: dict[str, tuple[Tier, Tier]] = {}
        self._opening = Lock()
        self._leasing = RLock()
        self._lease: IO[str] | None = None

    def current(self) -> str:
        """Return the generation that answers, an empty one when there is none (yet)."""
        name = self._pointed_to()
        if not self._is_usable(name):
            name = self.begin()
            self.point_to(name)
        return name

    def answering(self) -> tuple[Tier, Tier]:
        """Return the indices of objects and of pages that answer."""
        return self.tiers(self.current())

    def _pointed_to(self) -> str:
        """Return what the pointer names, read again when another file is in its place."""
        try:
            found = self._pointer.stat()
            stamp = (found.st_ino, found.st_mtime_ns)
            if stamp != self._pointed[0]:
                self._pointed = (stamp, self._pointer.read_text().strip())
        except FileNotFoundError:
            return ""
        return self._pointed[1]

    def _is_usable(self, name: str) -> bool:
        """Tell whether a generation is of this version, there, and whole."""
        if not name.startswith(schema.VERSION):
            return False
        try:
            known = self._open.get(name)
            if known is None:
                if not self._meta(name, "documents").exists():
                    return False
                known = self.tiers(name)
            return all(tier.searcher is not None for tier in known)
        except FileNotFoundError:
            return False
        except ValueError as problem:
            if any(words in str(problem) for words in DAMAGED):
                return False
            raise

    def begin(self) -> str:
        """Make an empty generation."""
        generation = f"{schema.VERSION}-{time.time_ns():x}{uuid.uuid4().hex[:4]}"
        self.tiers(generation)
        return generation

    def point_to(self, generation: str) -> None:
        """Make a generation the current one."""
        self.path.mkdir(parents=True, exist_ok=True)
        fresh = self.path / f"current.{uuid.uuid4().hex}"
        fresh.write_text(generation)
        fresh.replace(self._pointer)

    def keep_only(self, *generations: str) -> None:
        """Delete all other generations."""
        for folder in self.path.iterdir():
            if folder.is_dir() and folder.name not in generations:
                shutil.rmtree(folder, ignore_errors=True)
                self._open.pop(folder.name, None)
            elif folder.name.startswith("current."):
                # Of a process that died between writing the pointer and putting it in place.
                folder.unlink(missing_ok=True)

    def tiers(self, generation: str) -> tuple[Tier, Tier]:
        """Return the indices of objects and of pages, opened once."""
        with self._opening:
            known = self._open.get(generation)
            if known and known[0].meta.exists():
                return known
            tiers = (
                self._tier(generation, "documents", schema.documents_schema()),
                self._tier(generation, "pages", schema.pages_schema()),
            )
            self._open[generation] = tiers
            return tiers

    def _tier(self, generation: str, name: str, definition: tantivy.Schema) -> Tier:
        meta = self._meta(generation, name)
        folder = meta.parent
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(definition, path=str(folder))
        index.register_tokenizer(schema.WORDS, schema.analyser())
        builder = TantivyBuilder(definition)
        compiler: Compiler[tantivy.Query] = Compiler(builder, name)
        return Tier(index, builder, compiler, meta)

    def _meta(self, generation: str, name: str) -> Path:
        """Return the file that tells what an index is made of."""
        return self.path / generation / name / "meta.json"

    @contextmanager
    def lease(self, seconds: float = PATIENCE) -> Iterator[None]:
        """Hold the right to write; a process that dies lets it go. Raises EngineBusyError."""
        with self._leasing:
            if self._lease is not None:
                yield
                return
            with self._lease_file() as file:
                _lock(file, seconds)
                self._lease = file
                try:
                    yield
                finally:
                    self._lease = None

    @disk_errors
    def _lease_file(self) -> IO[str]:
        self.path.mkdir(parents=True, exist_ok=True)
        return (self.path / "lease").open("w")


def _lock(file: IO[str], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as problem:
            if time.monotonic() > deadline:
                raise EngineBusyError("Another process is writing to the index.") from problem
            time.sleep(PAUSE)


def writer(index: tantivy.Index, heap: int) -> tantivy.IndexWriter:
    """Return the one writer of an index, waiting for it a little. Raises EngineBusyError."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return index.writer(heap, 1)
        except ValueError as problem:
            if LOCKED not in str(problem):
                raise
            if time.monotonic() > deadline:
                raise EngineBusyError("Another process is writing to the index.") from problem
            time.sleep(PAUSE)
