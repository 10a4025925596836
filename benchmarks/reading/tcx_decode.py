"""How much faster tightlog reads TCX than a plain lxml loop that only collects the same fields, on
the same bytes in the same run.

    python benchmarks/reading/tcx_decode.py FOLDER

lxml is no dependency of tightlog (pip install lxml).
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from tightlog.readers.xml.tcx import ROW, read_tcx

REPEATS = 5
FIELDS = frozenset(name for names in ROW.fields.values() for name in names)


def main() -> None:
    files = [path.read_bytes() for path in sorted(Path(sys.argv[1]).rglob("*.tcx"))]
    files = [data for data in files if read_tcx(data, "").activities]
    row_count = sum(one.records.height for data in files for one in read_tcx(data, "").activities)
    reference_s = min(cpu_s(with_lxml, files) for _ in range(REPEATS))
    spent_s = min(cpu_s(lambda data: read_tcx(data, ""), files) for _ in range(REPEATS))
    print(f"{len(files)} files, {row_count:,} rows; CPU time, best of {REPEATS}")
    print(f"{'lxml, fields as text':26}{reference_s / row_count * 3.6e6:9.2f} ms per hour at 1 Hz")
    print(
        f"{'tightlog, whole reading':26}{spent_s / row_count * 3.6e6:9.2f} ms per hour at 1 Hz"
        f"{reference_s / spent_s:8.2f} x lxml"
    )


def cpu_s(way: Callable[[bytes], object], files: list[bytes]) -> float:
    """Seconds of CPU time for all files."""
    began = time.process_time()
    for data in files:
        way(data)
    return time.process_time() - began


def with_lxml(data: bytes) -> list[dict[str, str]]:
    """Each row's fields as text."""
    rows = []
    for _, row in etree.iterparse(io.BytesIO(data), tag="{*}Trackpoint", recover=True):
        names = ((field.tag.rpartition("}")[2], field.text) for field in row.iter())
        rows.append({name: text for name, text in names if name in FIELDS and text})
        row.clear()
    return rows


if __name__ == "__main__":
    main()
