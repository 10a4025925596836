"""A recording as GPX text, in the two dialects the simulated runner's files have."""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import numpy as np
import polars as pl

from tightlog.findings.arrays import FloatArray
from tightlog.simulation.sample.recording import Recording


@dataclass(frozen=True)
class Dialect:
    """How an exporter writes: its name, the unit of its `cad` (steps per cycle it counts) and the
    seconds between its points.
    """

    creator: str
    steps_per_cycle: float
    point_every_s: int


PHONE_APP = Dialect("Pocket Footsteps 3.2", 1.0, 3)
WATCH_EXPORT = Dialect("Sample Watch Portal", 2.0, 1)

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gpx version="1.1" creator="{creator}" xmlns="http://www.topografix.com/GPX/1/1"'
    ' xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">\n'
    "<metadata><time>{time}</time></metadata>\n<trk><name>{name}</name><type>{sport}</type>\n"
)
POINT = (
    '<trkpt lat="{:.7f}" lon="{:.7f}"><ele>{:.1f}</ele><time>{}</time>'
    "<extensions><gpxtpx:TrackPointExtension>{}</gpxtpx:TrackPointExtension></extensions></trkpt>"
)


def gpx_file(recording: Recording, dialect: Dialect) -> bytes:
    """Bytes of the activity's GPX file: one track, one segment between two pauses."""
    rows = recording.rows
    if dialect.point_every_s > 1:
        rows = rows.filter(
            (rows["timer_s"] % dialect.point_every_s == 0) | (rows["timer_s"] == recording.moving_s)
        )
    elapsed_s = rows["elapsed_s"].to_numpy()
    points = _points(recording, dialect, rows)
    segments = np.split(
        np.arange(rows.height),
        np.searchsorted(elapsed_s, [at_s + 1 for at_s, _ in recording.pauses]),
    )
    body = "\n".join(
        "<trkseg>\n" + "\n".join(points[row] for row in segment) + "\n</trkseg>"
        for segment in segments
    )
    planned = recording.planned
    head = HEAD.format(
        creator=escape(dialect.creator),
        time=next(iter(_times(recording.started_at, elapsed_s[:1]))),
        name=escape(f"{planned.effort.capitalize()} of {planned.day.isoformat()}"),
        sport=planned.sport,
    )
    return (head + body + "\n</trk>\n</gpx>\n").encode()


def _points(recording: Recording, dialect: Dialect, rows: pl.DataFrame) -> list[str]:
    heart_rate_bpm, cadence = rows["heart_rate_bpm"].to_numpy(), rows["cadence_spm"].to_numpy()
    columns = zip(
        rows["latitude_deg"].to_list(),
        rows["longitude_deg"].to_list(),
        rows["altitude_m"].to_list(),
        _times(recording.started_at, rows["elapsed_s"].to_numpy()),
        _extensions(recording, dialect, heart_rate_bpm, cadence),
        strict=True,
    )
    return [POINT.format(*values) for values in columns]


def _times(started_at: datetime, elapsed_s: FloatArray) -> list[str]:
    start = np.datetime64(started_at.astimezone(UTC).replace(tzinfo=None), "s")
    return [
        f"{time}Z" for time in np.datetime_as_string(start + elapsed_s.astype("timedelta64[s]"))
    ]


def _extensions(
    recording: Recording, dialect: Dialect, heart_rate_bpm: FloatArray, cadence: FloatArray
) -> list[str]:
    """Inner text of each point's extension; a value that was not measured has no element."""
    steps_per_cycle = 1.0 if recording.planned.sport == "cycling" else dialect.steps_per_cycle
    cycles = np.floor(cadence / steps_per_cycle).astype(np.int64).tolist()
    hearts = [
        "" if np.isnan(value) else f"<gpxtpx:hr>{value:.0f}</gpxtpx:hr>"
        for value in heart_rate_bpm.tolist()
    ]
    return [
        f"{heart}<gpxtpx:cad>{cycle}</gpxtpx:cad>"
        for heart, cycle in zip(hearts, cycles, strict=True)
    ]
