"""Runs in which every value varies, as files for measuring decoding and memory."""

from datetime import UTC, datetime, timedelta

import numpy as np

from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

HOUR_S, SHORT_S = 3600, 1200
FIRST = datetime(2016, 1, 1, 6, tzinfo=UTC)


def watch_hour(index: int) -> bytes:
    """An hour of invented running at 1 Hz with what a watch of today records."""
    random, at = (
        np.random.default_rng(index),
        fit_timestamp(datetime(2026, 3, 1 + index, 7, tzinfo=UTC)),
    )
    steps = np.arange(HOUR_S)
    recorded = {
        253: ("uint32", at + steps),
        0: ("sint32", 500_000_000 + np.cumsum(random.integers(-300, 300, HOUR_S))),
        1: ("sint32", 100_000_000 + np.cumsum(random.integers(-300, 300, HOUR_S))),
        5: ("uint32", steps * 300),
        73: ("uint32", random.integers(2500, 3500, HOUR_S)),
        78: ("uint32", random.integers(2600, 2700, HOUR_S)),
        39: ("uint16", random.integers(700, 950, HOUR_S)),
        41: ("uint16", random.integers(2200, 2700, HOUR_S)),
        83: ("uint16", random.integers(700, 900, HOUR_S)),
        85: ("uint16", random.integers(9000, 11000, HOUR_S)),
        7: ("uint16", random.integers(200, 300, HOUR_S)),
        3: ("uint8", random.integers(130, 160, HOUR_S)),
        4: ("uint8", random.integers(82, 88, HOUR_S)),
        53: ("uint8", random.choice([0, 64], HOUR_S)),
    }
    session = {
        2: ("uint32", [at]),
        5: ("enum", [1]),
        7: ("uint32", [HOUR_S * 1000]),
        9: ("uint32", [HOUR_S * 300]),
    }
    return fit_file(
        [FitMessage(0, {0: ("enum", [4])}), FitMessage(20, recorded), FitMessage(18, session)]
    )


def portal_hour(index: int) -> bytes:
    """An hour of invented running as Garmin Connect writes it."""
    start = datetime(2026, 3, 1 + index, 7, tzinfo=UTC)
    values = "<ns3:hr>{}</ns3:hr>\n<ns3:cad>{}</ns3:cad>"
    sensors = f"<ns3:TrackPointExtension>\n{values}\n</ns3:TrackPointExtension>"
    extension = f"<extensions>\n{sensors}\n</extensions>"
    rows = "".join(
        f'      <trkpt lat="{10 + second * 2.7e-5:.12f}" lon="{20 + index:.12f}">\n'
        f"        <ele>{100 + second % 40}</ele>\n"
        f"        <time>{start + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S}.000Z</time>\n"
        f"        {extension.format(140 + second % 20, 82 + second % 4)}\n      </trkpt>\n"
        for second in range(HOUR_S)
    )
    spaces = (
        'xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"'
    )
    head = f'<gpx creator="x" version="1.1" {spaces}>'
    return f"{head}<trk><type>running</type><trkseg>\n{rows}</trkseg></trk></gpx>".encode()


def short_run(number: int) -> bytes:
    """A short run in the morning of its own day, once a second."""
    random, at = np.random.default_rng(number), fit_timestamp(FIRST + timedelta(days=number))
    steps = np.arange(SHORT_S)
    speed_mps = 2.8 + 0.1 * random.standard_normal(SHORT_S)
    distance_cm = np.cumsum(speed_mps) * 100
    ended, total = at + SHORT_S, [SHORT_S * 1000]
    records = {
        253: ("uint32", at + steps),
        3: ("uint8", 140 + random.integers(0, 20, SHORT_S)),
        4: ("uint8", np.full(SHORT_S, 84)),
        5: ("uint32", distance_cm),
        6: ("uint16", speed_mps * 1000),
        0: ("sint32", 560_000_000 + steps * 250),
        1: ("sint32", np.full(SHORT_S, 99_000_000)),
    }
    session = {
        253: ("uint32", [ended]),
        2: ("uint32", [at]),
        5: ("enum", [1]),
        6: ("enum", [0]),
        7: ("uint32", total),
        8: ("uint32", total),
        9: ("uint32", [round(float(distance_cm[-1]))]),
    }
    head = {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [at])}
    local = {253: ("uint32", [ended]), 1: ("uint16", [1]), 5: ("uint32", [ended + 3600])}
    numbered = ((0, head), (20, records), (18, session), (34, local))
    return fit_file([FitMessage(number, fields) for number, fields in numbered])
