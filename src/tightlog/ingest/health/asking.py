"""Apple's XML read in a process of its own, within limits of memory and of computing time.

The file is piped to the process piece by piece, so that it opens nothing itself. It answers with
what the export holds, and then with its parts, one by one.
"""

import os
import pickle
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import IO

from tightlog.home.limited_process import command, end
from tightlog.ingest.isolation import LENGTH, SMALL_BYTES, WAITED_FOR, received, send
from tightlog.readers.health.export_scan import next_piece
from tightlog.readers.health.parts import HealthExport, HealthPart, health_export

# Far more than 2 GB of XML need.
MEMORY_LIMIT_BYTES = 2 * 2**30
LEAST_TIME_S, BYTES_PER_S = 120, 5 * 2**20
MAX_BYTES = 16 * 2**30
UNKNOWN_CONTENT = "Apple Health's export"


def isolated_export(stream: IO[bytes], size_bytes: int) -> HealthExport:
    """What a stream of Apple's XML holds; a small one is read here, as small files are."""
    if size_bytes <= SMALL_BYTES:
        return health_export(stream)
    if size_bytes > MAX_BYTES:
        problem = f"larger than {MAX_BYTES // 2**30} GB: not opened"
        return HealthExport(iter(()), UNKNOWN_CONTENT, [problem])
    time_s = LEAST_TIME_S + size_bytes // BYTES_PER_S
    process = subprocess.Popen(
        command("tightlog.ingest.health.answering", str(time_s), str(MEMORY_LIMIT_BYTES)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )
    try:
        return _answered(process, stream, time_s)
    except (OSError, EOFError) as problem:
        end(process)
        return HealthExport(iter(()), UNKNOWN_CONTENT, [_died(process, time_s, problem)])


def _answered(process: "subprocess.Popen[bytes]", stream: IO[bytes], time_s: int) -> HealthExport:
    """What the process says of the whole stream; its parts come as they are asked for."""
    assert process.stdin is not None and process.stdout is not None
    trouble = None
    while True:
        piece, trouble = next_piece(stream)
        send(process.stdin, piece)
        if not piece:
            break
    deadline = time.monotonic() + WAITED_FOR * time_s
    words, problems = pickle.loads(_message(process.stdout, deadline))
    found = [*([trouble] if trouble else []), *problems]
    return HealthExport(_parts(process, time_s, deadline, found), words, found)


def _parts(
    process: "subprocess.Popen[bytes]", time_s: int, deadline: float, problems: list[str]
) -> Iterator[HealthPart]:
    assert process.stdout is not None
    try:
        while message := _message(process.stdout, deadline):
            yield pickle.loads(message)
    except (OSError, EOFError) as problem:
        problems.append(_died(process, time_s, problem))
    finally:
        end(process)


def _message(pipe: IO[bytes], deadline: float) -> bytes:
    length = int(LENGTH.unpack(received(pipe, LENGTH.size, deadline))[0])
    return received(pipe, length, deadline) if length else b""


def _died(process: "subprocess.Popen[bytes]", time_s: int, problem: Exception) -> str:
    """Why the process did not answer, in words."""
    process.kill()
    code = process.wait()
    if isinstance(problem, TimeoutError) or code == -signal.SIGXCPU:
        return f"reading it took more than {time_s} s and was stopped; export it again"
    return "it made its reader end; export it again, and please report this as a bug"
