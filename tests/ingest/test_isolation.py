"""A file that hangs, bloats or kills its reader costs only itself; the others are read, in their
order.
"""

import gzip
import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.builders import SETTINGS, START, home_at, run_fit, run_gpx
from tightlog.ingest.isolation import Limits, Pool, batches, is_small
from tightlog.ingest.reading import Batch, Content
from tightlog.ingest.storing import stored_batch
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import publish

ZONE = ZoneInfo("Europe/Zurich")


def content(data: bytes, name: str = "a.fit") -> Content:
    return Content(hashlib.sha256(data).hexdigest(), data, name)


def small_contents(count: int) -> list[Content]:
    return [
        content(run_fit(START + timedelta(days=day), minutes=5), f"{day}.fit")
        for day in range(count)
    ]


@pytest.fixture(scope="module")
def slow_gpx() -> bytes:
    """A packed track that takes seconds to read: the same minutes over and over."""
    whole = run_gpx(minutes=60)
    head, tail = whole[: whole.index(b"<trkpt")], b"</trkseg></trk></gpx>"
    return gzip.compress(head + whole[len(head) : -len(tail)] * 900 + tail, 1)


def kill_readers() -> None:
    for child in readers():
        os.kill(child, signal.SIGSEGV)


def statuses(read: Iterable[Batch]) -> list[tuple[str, str]]:
    return [
        (str(row["status"]), str(row["reason"] or "")) for batch in read for row in batch.contents
    ]


def test_reading_apart_gives_the_same_as_reading_here(tmp_path: Path) -> None:
    contents = small_contents(5)
    here = stored_batch(contents, ZONE, tmp_path)
    (apart,) = batches(iter(contents), ZONE, tmp_path, isolates_all=True)
    assert apart.activities == here.activities and apart.contents == here.contents
    # Named by their content: the same bytes.
    assert apart.segments == here.segments and apart.laps[0].equals(here.laps[0])


def test_a_disk_that_takes_no_segment_makes_no_file_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(batches(small_contents(2), ZONE, tmp_path / "gone", isolates_all=True))


def test_file_that_takes_too_long_is_given_up_and_the_others_are_read(
    tmp_path: Path, slow_gpx: bytes
) -> None:
    first, last = small_contents(2)
    with Pool(ZONE, tmp_path, Limits(time_s=1)) as pool:
        found = statuses(pool.batches([[first, content(slow_gpx, "a.gpx.gz"), last]]))
    assert [status for status, _ in found] == ["read", "unreadable", "read"]
    assert "more than 1 s" in found[1][1]


def test_file_that_eats_the_memory_is_given_up_and_the_others_are_read(
    tmp_path: Path, slow_gpx: bytes
) -> None:
    first, last = small_contents(2)
    with Pool(ZONE, tmp_path, Limits(memory_bytes=900 * 2**20)) as pool:
        found = statuses(pool.batches([[first, content(slow_gpx, "a.gpx.gz"), last]]))
    assert [status for status, _ in found] == ["read", "unreadable", "read"]
    assert "memory" in found[1][1] or "crash" in found[1][1]


def test_killed_reader_loses_nothing(tmp_path: Path, slow_gpx: bytes) -> None:
    contents = [*small_contents(2), content(slow_gpx, "a.gpx.gz")]
    with Pool(ZONE, tmp_path, size=1) as pool:
        killer = threading.Timer(1.0, kill_readers)
        killer.start()
        found = statuses(pool.batches([contents]))
    assert not killer.is_alive()
    assert [status for status, _ in found][:2] == ["read", "read"] and len(found) == 3


def test_reading_process_ends_with_the_one_it_reads_for() -> None:
    alive = subprocess.Popen(
        [sys.executable, "-P", "-m", "tightlog.ingest.isolation", "120", str(4 * 2**30)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert alive.stdin is not None and alive.stdout is not None
    alive.stdin.close()
    assert alive.wait(timeout=30) == 0
    alive.stdout.close()


def test_packed_and_large_contents_are_not_small() -> None:
    assert is_small(run_fit(minutes=5))
    assert not is_small(gzip.compress(b"x"))
    assert not is_small(bytes(8 * 2**20))


def test_after_a_refresh_that_did_not_end_everything_is_read_apart(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    publish.start_draft(home)
    (home.warehouse / "versions" / publish.DRAFT).write_bytes(b"left over")
    assert publish.has_draft(home)
    assert refresh(home, SETTINGS).activities == 1
    assert not publish.has_draft(home)


def readers() -> list[int]:
    """Process ids of the reading processes of this process."""
    children = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [
        int(line.split()[0])
        for line in children.splitlines()
        if "tightlog.ingest.isolation" in line
    ]
