"""Time to simulate, encode and write the sample home, against writing the very same bytes:
`python benchmarks/sample_write.py [MONTHS]`.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tightlog.simulation.home import write_sample
from tightlog.simulation.sample.history import sample_files, sample_history

LAST_DAY = date(2026, 5, 31)


def main() -> None:
    """Prints seconds, sizes and the ratio to a bare write of the same files."""
    months = int(sys.argv[1]) if len(sys.argv) > 1 else 18
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        summary = write_sample(Path(folder) / "sample", LAST_DAY, months=months)
        sample_s = time.perf_counter() - started
        history = sample_history(LAST_DAY, months=months)
        bare_s = bare_write_s(Path(folder) / "bare", dict(sample_files(history)))
    row_count = sum(recording.rows.height for recording in history.recordings)
    print(
        f"{summary.activity_count} activities, {summary.file_count} files, "
        f"{summary.size_bytes / 1e6:.1f} MB, {row_count:,} records"
    )
    print(
        f"simulate + encode + write {sample_s:.2f} s "
        f"({summary.size_bytes / 1e6 / sample_s:.0f} MB/s)"
    )
    print(f"bare write of the same bytes {bare_s:.2f} s; ratio {sample_s / bare_s:.1f}")


def bare_write_s(folder: Path, files: dict[str, bytes]) -> float:
    """Seconds to write ready-made bytes to the same tree of files."""
    started = time.perf_counter()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
