"""A file that is little else than records, each in as few bytes as its channels take: the dearest
to read, byte for byte.
"""

from datetime import UTC, datetime

import numpy as np

from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

START = datetime(2024, 1, 1, tzinfo=UTC)
PER_S = 10
# Header byte and fields of a record.
ROW_BYTES = 29


def dense_fit(count: int) -> bytes:
    """Bytes of a FIT file of one run with so many records, ten a second."""
    start, row = fit_timestamp(START), np.arange(count)
    second = row // PER_S
    last = int(start + second[-1])
    total_ms = [int(second[-1]) * 1000]
    turn = row / 5000
    records = {
        253: ("uint32", start + second),
        0: ("sint32", (500_000_000 + 200_000 * np.sin(turn)).astype(np.int64)),
        1: ("sint32", (100_000_000 + 200_000 * np.cos(turn)).astype(np.int64)),
        2: ("uint16", (2500 + 100 * np.sin(turn)).astype(np.int64)),
        3: ("uint8", (140 + 20 * np.sin(turn)).astype(np.int64)),
        4: ("uint8", 84 + row % 3),
        5: ("uint32", second * 280),
        6: ("uint16", 2700 + row % 200),
        7: ("uint16", 200 + row % 50),
        39: ("uint16", 850 + row % 40),
        41: ("uint16", 2400 + row % 100),
    }
    session = {
        253: ("uint32", [last]),
        2: ("uint32", [start]),
        5: ("enum", [1]),
        6: ("enum", [0]),
        7: ("uint32", total_ms),
        8: ("uint32", total_ms),
    }
    head = {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [start])}
    numbered = ((0, head), (20, records), (18, session))
    return fit_file([FitMessage(number, fields) for number, fields in numbered])
