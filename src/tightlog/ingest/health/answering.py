"""The process that reads Apple's XML: it takes the pieces of the file until an empty one, and
answers with what the export holds and its parts.
"""

import pickle
import signal
import sys
from typing import IO

from tightlog.home.limited_process import answer_pipe, limit_busy_s, limit_memory
from tightlog.ingest.isolation import LENGTH, send
from tightlog.readers.health.parts import health_export


def serve(time_s: int, memory_bytes: int) -> None:
    """The reading process: takes the pieces until an empty one, and answers."""
    answers = answer_pipe()
    limit_memory(memory_bytes)
    limit_busy_s(time_s)
    export = health_export(_Pieces(sys.stdin.buffer))
    send(answers, pickle.dumps((export.words, export.problems), protocol=5))
    for part in export.parts:
        send(answers, pickle.dumps(part, protocol=5))
    send(answers, b"")


class _Pieces:
    """The pieces of a pipe, one a call."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe

    def read(self, _: int) -> bytes:
        """The next piece, whatever its length; b"" at the end."""
        head = self._pipe.read(LENGTH.size)
        return self._pipe.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


if __name__ == "__main__":
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the main process, which then ends this one
    serve(int(sys.argv[1]), int(sys.argv[2]))
