"""Isolation: files are read in separate processes, so that one that crashes, hangs or bloats its
reader affects no other file.

The reading process gets contents through a pipe and answers with a batch, within limits of memory
and time. If it dies, its contents are read again one by one, and the one that caused it becomes a
row with a reason. Both ends are tightlog, so messages are pickled.
"""

import fcntl
import itertools
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from typing import IO
from zoneinfo import ZoneInfo

from tightlog.home.limited_process import (
    answer_pipe,
    command,
    end,
    limit_busy_s,
    limit_memory,
    without_interrupt,
)
from tightlog.ingest.reading import Batch, Content, batch_of_unread
from tightlog.ingest.storing import stored_batch
from tightlog.readers.content import GZIP_MAGIC, SQLITE_MAGIC, ZIP_MAGIC

# A recording of a day takes less than a second and 200 MB.
TIME_LIMIT_S = 120
# The time limit is of computing, so that a busy machine gives up no file. A process that neither
# computes nor answers is given up after this many times as long.
WAITED_FOR = 5
MEMORY_LIMIT_BYTES = 4 * 2**30
SMALL_BYTES, HERE_BYTES = 4 * 2**20, 4 * 2**20
# So much is read at once here.
CHUNK_BYTES, CHUNK_CONTENTS = 2 * 2**20, 24
# And so much is sent to a process at once: about one segment, small enough that all processes end
# together.
POOL_BYTES, POOL_CONTENTS = 6 * 2**20, 100
MAX_WORKERS = 4
# Chunks sent ahead to each end of the queue, so that no process waits while the main one writes.
QUEUED = 2
LENGTH = struct.Struct("<Q")
KEPT_BYTES = 4 * 2**20
# One thread for each library; and what one lets go is there for the others: Arrow's own pool kept
# 20 MB a process, and glibc keeps up to twice the largest piece it ever gave back, unless it is
# told how much.
WORKER_ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(KEPT_BYTES),
    "MALLOC_TRIM_THRESHOLD_": str(KEPT_BYTES),
}
READ_BYTES = PIPE_BYTES = 2**20


def batches(
    contents: Iterable[Content], home_zone: ZoneInfo, segments: Path, isolates_all: bool = False
) -> Iterator[Batch]:
    """Batches of what was read, in the order of the contents; their records lie in segments in the
    folder. Raises OSError when one cannot be written.

    Small ones are read here, because a process costs as much to start as a hundred of them; large,
    packed and very many ones are not.
    """
    chunks, read_bytes = _chunks(contents, CHUNK_BYTES, CHUNK_CONTENTS), 0
    for chunk in chunks:
        read_bytes += sum(len(content.data) for content in chunk)
        if (
            isolates_all
            or read_bytes > HERE_BYTES
            or not all(is_small(content.data) for content in chunk)
        ):
            left = itertools.chain(chunk, itertools.chain.from_iterable(chunks))
            del chunk  # the bytes of a giant file go as soon as they are sent
            with Pool(home_zone, segments) as pool:
                yield from pool.batches(_chunks(left, POOL_BYTES, POOL_CONTENTS))
            return
        yield stored_batch(chunk, home_zone, segments)


def is_small(data: bytes) -> bool:
    """True for a content whose reading cannot cost much, whatever it holds: small, and not one
    that expands, as workbooks do too, nor a database.
    """
    return len(data) <= SMALL_BYTES and not data.startswith((GZIP_MAGIC, ZIP_MAGIC, SQLITE_MAGIC))


class WorkerDied(Exception):
    """The reading process ended, or was ended, before it answered; holds why in words for the
    runner.
    """


@dataclass(frozen=True)
class Limits:
    """What one reading process may use: seconds per request, bytes of address space."""

    time_s: int = TIME_LIMIT_S
    memory_bytes: int = MEMORY_LIMIT_BYTES


@dataclass
class Pool:
    """Reading processes, started when they are needed; each of its threads does nothing but wait
    for one of them.
    """

    home_zone: ZoneInfo
    segments: Path
    limits: Limits = field(default_factory=Limits)
    size: int = field(default_factory=lambda: max(1, min(MAX_WORKERS, os.cpu_count() or 1)))

    def __post_init__(self) -> None:
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for _ in range(self.size):
            self._idle.put(_Worker(self.home_zone, self.segments, self.limits))
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="reading")

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for _number in range(self.size):
            self._idle.get().end()

    def batches(self, chunks: Iterable[list[Content]]) -> Iterator[Batch]:
        """One batch per chunk, in their order; only a few chunks are under way at a time."""
        waiting: deque[Future[Batch]] = deque()
        for chunk in chunks:
            waiting.append(self._threads.submit(self._read, chunk))
            while len(waiting) > self.size + QUEUED:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _read(self, chunk: list[Content]) -> Batch:
        worker = self._idle.get()
        try:
            return worker.read(chunk)
        finally:
            self._idle.put(worker)


class _Worker:
    """One reading process and the pipes to it; a new one takes its place when it dies."""

    def __init__(self, home_zone: ZoneInfo, segments: Path, limits: Limits) -> None:
        self._home_zone, self._segments, self._limits = home_zone, segments, limits
        # Started when it is first asked: a single large file needs one process.
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, chunk: list[Content]) -> Batch:
        """Batch of the chunk. When one content kills the process, the others are still read. The
        bytes of a single one are let go once they are sent: they are not read again.

        Raises OSError when a segment cannot be written.
        """
        try:
            return self._asked(chunk)
        except WorkerDied as death:
            self.end()
            if len(chunk) == 1:
                return batch_of_unread(chunk[0], str(death))
        together = Batch()
        for content in chunk:
            together.add(self.read([content]))
        return together

    def end(self) -> None:
        """Ends the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            end(process)

    def _start(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            environment = os.environ | WORKER_ENVIRONMENT
            limits = (str(self._limits.time_s), str(self._limits.memory_bytes))
            with without_interrupt():
                self._process = subprocess.Popen(
                    command("tightlog.ingest.isolation", *limits),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env=environment,
                )
            for pipe in (self._process.stdin, self._process.stdout):
                _widen(pipe)
        return self._process

    def _asked(self, chunk: list[Content]) -> Batch:
        process = self._start()
        assert process.stdin is not None and process.stdout is not None
        deadline = time.monotonic() + WAITED_FOR * self._limits.time_s
        try:
            self._send(process.stdin, chunk)
            length = int(LENGTH.unpack(received(process.stdout, LENGTH.size, deadline))[0])
            answer: Batch | OSError = pickle.loads(received(process.stdout, length, deadline))
        except TimeoutError as problem:
            raise WorkerDied(_cause(-signal.SIGXCPU, self._limits)) from problem
        except (BrokenPipeError, EOFError) as problem:
            raise WorkerDied(_cause(process.wait(), self._limits)) from problem
        if isinstance(answer, OSError):
            raise answer
        return answer

    def _send(self, pipe: IO[bytes], chunk: list[Content]) -> None:
        """Sends what to read, and behind it the bytes of each content, without a copy of them."""
        asked = [(vars(content) | {"data": b""}, len(content.data)) for content in chunk]
        send(pipe, pickle.dumps((self._home_zone.key, self._segments, asked), protocol=5))
        for content in chunk:
            pipe.write(content.data)
        pipe.flush()
        if len(chunk) == 1:
            chunk[0] = replace(chunk[0], data=b"")


def _chunks(
    contents: Iterable[Content], most_bytes: int, most_contents: int
) -> Iterator[list[Content]]:
    chunk: list[Content] = []
    size = 0
    for content in contents:
        if chunk and (size + len(content.data) > most_bytes or len(chunk) >= most_contents):
            yield chunk
            chunk, size = [], 0
        chunk.append(content)
        size += len(content.data)
    if chunk:
        yield chunk


def _cause(exit_code: int, limits: Limits) -> str:
    if exit_code == -signal.SIGXCPU:
        return (
            f"reading it took more than {limits.time_s} s and was stopped; export it again, or "
            "leave it out"
        )
    if exit_code == -signal.SIGKILL:
        return (
            "the system stopped reading it, most likely because memory ran out; export it "
            "again, or leave it out"
        )
    return (
        f"it made its reader crash ({_exit_words(exit_code)}); nothing else was affected. Export "
        "it again, and please report this as a bug"
    )


def _exit_words(exit_code: int) -> str:
    return (
        signal.Signals(-exit_code).name
        if -exit_code in set(signal.Signals)
        else f"exit {exit_code}"
    )


def _widen(pipe: IO[bytes] | None) -> None:
    """Makes a pipe hold as much as the system allows, where it lets us: then a chunk wakes the
    other end a few times and not a hundred.
    """
    if pipe is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def send(pipe: IO[bytes], message: bytes) -> None:
    """Writes a message behind its length."""
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def received(pipe: IO[bytes], length: int, deadline: float) -> bytes:
    """So many bytes from a pipe. Raises EOFError at its end, TimeoutError at the deadline."""
    parts: list[bytes] = []
    descriptor, left = pipe.fileno(), length
    while left:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(descriptor, min(left, READ_BYTES))
        if not part:
            raise EOFError
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def serve(limits: Limits) -> None:
    """The reading process: answers each request until its input ends."""
    answers = answer_pipe()
    limit_memory(limits.memory_bytes)
    requests = sys.stdin.buffer
    while head := requests.read(LENGTH.size):
        zone, segments, asked = pickle.loads(requests.read(LENGTH.unpack(head)[0]))
        contents = [Content(**said | {"data": requests.read(size)}) for said, size in asked]
        limit_busy_s(limits.time_s)
        send(answers, pickle.dumps(_answer(contents, ZoneInfo(zone), segments), protocol=5))


def _taken_out(contents: list[Content]) -> Iterator[Content]:
    """Each content, which the list does not hold any more."""
    contents.reverse()
    while contents:
        yield contents.pop()


def _answer(contents: list[Content], home_zone: ZoneInfo, segments: Path) -> Batch | OSError:
    """The batch, or why the disk did not take its segments: no file's fault. The list is emptied,
    so that the bytes of each content go once it is read.
    """
    try:
        return stored_batch(_taken_out(contents), home_zone, segments)
    except OSError as problem:
        return problem


if __name__ == "__main__":
    serve(Limits(int(sys.argv[1]), int(sys.argv[2])))
