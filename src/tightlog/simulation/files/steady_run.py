"""One steady session as a file: small, real bytes where a file without a history is enough."""

from datetime import UTC, datetime, timedelta

import numpy as np

from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

START = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
RUNNING, CYCLING, TRAINING = 1, 2, 10


def run_fit(
    started_at: datetime = START,
    *,
    minutes: int = 20,
    speed_mps: float = 2.8,
    strides: int = 84,
    heart_rate: int = 145,
    sport: int = RUNNING,
    sub_sport: int = 0,
    utc_offset_s: int = 7200,
) -> bytes:
    """Bytes of a FIT file of one steady session with a record a second."""
    start, ends = fit_timestamp(started_at), fit_timestamp(started_at) + minutes * 60
    seconds = np.arange(minutes * 60 + 1)
    total = [minutes * 60 * 1000]
    records = {253: ("uint32", start + seconds), 3: ("uint8", np.full(seconds.size, heart_rate))}
    session = {
        253: ("uint32", [ends]),
        2: ("uint32", [start]),
        5: ("enum", [sport]),
        6: ("enum", [sub_sport]),
        7: ("uint32", total),
        8: ("uint32", total),
        16: ("uint8", [heart_rate]),
    }
    if speed_mps:
        distance_cm = np.round(seconds * speed_mps * 100)
        records |= {
            4: ("uint8", np.full(seconds.size, strides)),
            5: ("uint32", distance_cm),
            6: ("uint16", np.full(seconds.size, round(speed_mps * 1000))),
        }
        session |= {9: ("uint32", [int(distance_cm[-1])])}
    local = {253: ("uint32", [ends]), 1: ("uint16", [1]), 5: ("uint32", [ends + utc_offset_s])}
    head = {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [start])}
    numbered = ((0, head), (20, records), (18, session), (34, local))
    return fit_file([FitMessage(number, fields) for number, fields in numbered])


def run_gpx(
    started_at: datetime = START, *, minutes: int = 20, speed_mps: float = 2.8, steps: int = 168
) -> bytes:
    """Bytes of a GPX file of one steady run to the north, with steps per minute as some apps write
    them.
    """
    rows = []
    for second in range(0, minutes * 60 + 1, 5):
        when = (started_at + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
        rows.append(
            f'<trkpt lat="{46.9 + second * speed_mps / 111_195:.7f}" lon="8.3">'
            f"<time>{when}</time><extensions>"
            "<gpxtpx:TrackPointExtension><gpxtpx:hr>145</gpxtpx:hr>"
            f"<gpxtpx:cad>{steps}</gpxtpx:cad>"
            "</gpxtpx:TrackPointExtension></extensions></trkpt>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="an app" '
        'xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        "<trk><type>running</type><trkseg>" + "".join(rows) + "</trkseg></trk></gpx>"
    ).encode()


def unplaced_gpx(started_at: datetime = START, *, minutes: int = 20, cadence: int = 84) -> bytes:
    """Bytes of a GPX file without a sport, with a cadence and a position that does not move."""
    rows = "".join(
        f'<trkpt lat="{46.9 + second * 2.8 / 111_195:.7f}" lon="8.3">'
        f"<time>{started_at + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}</time>"
        f"<extensions><cadence>{cadence}</cadence></extensions></trkpt>"
        for second in range(0, minutes * 60 + 1, 5)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="an app" '
        f'xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{rows}'
        "</trkseg></trk></gpx>"
    ).encode()


def untyped_gpx(
    started_at: datetime = START,
    *,
    minutes: int = 20,
    speeds_mps: tuple[float, ...] = (1.5, 4.5),
    name: str = "",
) -> bytes:
    """Bytes of a GPX file without a sport, heart rate and cadence, its speed another each minute:
    one speed is a steady run, walk or drive, very different ones may be anything.
    """
    rows, north_m = [], 0.0
    for second in range(0, minutes * 60 + 1, 5):
        when = (started_at + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
        rows.append(
            f'<trkpt lat="{46.9 + north_m / 111_195:.7f}" lon="8.3"><time>{when}</time></trkpt>'
        )
        north_m += 5 * speeds_mps[second // 60 % len(speeds_mps)]
    title = f"<name>{name}</name>" if name else ""
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="a phone" '
        f'xmlns="http://www.topografix.com/GPX/1/1"><trk>{title}<trkseg>{"".join(rows)}'
        "</trkseg></trk></gpx>"
    ).encode()
