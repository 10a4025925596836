"""The second reader in a process of its own: it decodes FIT files by fitparse, within limits of
memory and of computing time for all of them together.

The parent sends a content behind its length, the child answers with one message of JSON.
"""

import json
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from tightlog.home.limited_process import (
    answer_pipe,
    command,
    end,
    limit_all_s,
    limit_memory,
    used_s,
    without_interrupt,
)
from tightlog.home.second_reading import SessionFacts
from tightlog.ingest.isolation import LENGTH, received, send

MEMORY_LIMIT_BYTES = 2 * 2**30
# fitparse decodes 0.28 MB/s on a small machine; slower ones must be ended by the limit, no others.
BYTES_PER_S = 200_000
WAIT_FACTOR, LEAST_WAIT_S = 20, 60


class OutOfTime(Exception):
    """The computing time is used up."""


@dataclass(frozen=True)
class Answer:
    """The sessions of a content by fitparse; None where it failed or stopped before the end."""

    sessions: tuple[SessionFacts, ...] | None


class SecondReader:
    """The reading process, started by the first content; at most `most_s` of computing in all."""

    def __init__(self, most_s: int) -> None:
        self._most_s, self._used_s = most_s, 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self.answered_count = 0

    def __enter__(self) -> "SecondReader":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            end(self._process)

    def is_too_large(self, size_bytes: int) -> bool:
        """True for a content that all the time would not be enough for."""
        return size_bytes / BYTES_PER_S >= self._most_s

    def has_time_for(self, size_bytes: int) -> bool:
        """True when a content of this size can be expected to be read in what is left."""
        return self._used_s + size_bytes / BYTES_PER_S < self._most_s

    def read(self, data: bytes) -> Answer:
        """What fitparse finds in a content. Raises OutOfTime when the limit ends the process."""
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        deadline = time.monotonic() + max(LEAST_WAIT_S, WAIT_FACTOR * self._most_s)
        try:
            send(process.stdin, data)
            length = int(LENGTH.unpack(received(process.stdout, LENGTH.size, deadline))[0])
            answer = json.loads(received(process.stdout, length, deadline))
        except TimeoutError as problem:
            raise OutOfTime from problem
        except (BrokenPipeError, EOFError) as problem:
            if process.wait() == -signal.SIGXCPU:
                raise OutOfTime from problem
            # What was used cannot be known any more: nothing else is read by this reader.
            self._used_s = self._most_s
            return Answer(None)
        self._used_s = answer["used_s"]
        self.answered_count += 1
        sessions = answer["sessions"]
        return Answer(None if sessions is None else tuple(SessionFacts(**one) for one in sessions))

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            with without_interrupt():
                self._process = subprocess.Popen(
                    command("tightlog.ingest.second_reader", str(self._most_s)),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
        return self._process


def sessions_by_fitparse(data: bytes) -> list[dict[str, Any]] | None:
    """What is compared of each session; None when fitparse fails or stops before the end."""
    from tightlog.readers.fit.fallback import read_whole_by_fitparse

    try:
        found = read_whole_by_fitparse(data)
    # fitparse stumbles over broken bytes in many ways; that is its answer.
    except Exception:  # noqa: BLE001
        return None
    if found is None:
        return None
    return [
        asdict(SessionFacts(one.session_index, one.records.height, one.distance_m, one.cadence_raw))
        for one in found
    ]


def serve(most_s: int) -> None:
    """The reading process: answers each content until its input ends."""
    answers = answer_pipe()
    limit_all_s(most_s)
    limit_memory(MEMORY_LIMIT_BYTES)
    requests = sys.stdin.buffer
    while head := requests.read(LENGTH.size):
        sessions = sessions_by_fitparse(requests.read(LENGTH.unpack(head)[0]))
        send(answers, json.dumps({"sessions": sessions, "used_s": used_s()}).encode())


if __name__ == "__main__":
    serve(int(sys.argv[1]))
