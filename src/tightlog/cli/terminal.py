"""Output that is safe for a terminal, in the terminal's encoding."""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from tightlog.errors import OutputUnwritten
from tightlog.words.visible import visible


class VisibleStream:
    """A stream that writes control characters out; everything else is the stream's own.

    Raises OutputUnwritten where the stream refuses, such as a file on a full disk.
    """

    def __init__(self, stream: TextIO) -> None:
        # rich looks for this name and writes its colours around us, from text already made visible.
        self.rich_proxied_file = stream

    def write(self, text: str) -> int:
        with _refusals_named():
            self.rich_proxied_file.write(visible(text))
        return len(text)

    def flush(self) -> None:
        with _refusals_named():
            self.rich_proxied_file.flush()

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rich_proxied_file, name)


@contextmanager
def _refusals_named() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise OutputUnwritten(problem.strerror or str(problem)) from problem


def own_stream(stream: Any) -> TextIO:
    """The stream underneath, for data that another program reads unchanged."""
    beneath: TextIO = getattr(stream, "rich_proxied_file", stream)
    return beneath


def is_unicode(stream: Any) -> bool:
    """Whether every character can be written to the stream."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"


@contextmanager
def for_people() -> Iterator[None]:
    """Makes stdout and stderr safe for a terminal while a command runs.

    Characters the terminal's encoding lacks become `?`. When the reader of the output has gone
    (`| head`), the rest is dropped.
    """
    before = sys.stdout, sys.stderr
    streams = [stream for stream in before if stream is not None]
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if len(streams) == len(before):
        sys.stdout, sys.stderr = VisibleStream(before[0]), VisibleStream(before[1])
    try:
        yield
    except BrokenPipeError:
        pass
    finally:
        sys.stdout, sys.stderr = before
        for stream in streams:
            _flush_or_forget(stream)


def _flush_or_forget(stream: TextIO) -> None:
    """Python flushes again when it exits: what can no longer be written must not be tried."""
    try:
        stream.flush()
    except OSError:
        with suppress(OSError, io.UnsupportedOperation):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
