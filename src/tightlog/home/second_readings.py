"""The record of second readings, beside the warehouse: it survives a rebuild.

data/warehouse/second-readings.json
    {"format": 1, "readings": [{"sha256": "…", "outcome": "same", "by": "fitparse 1.2.0",
     "at": "2026-05-04T01:30:07+00:00", "schema_version": 12, "differences": []}, …]}
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.second_reading import Difference, Outcome, SecondReading
from tightlog.home.settings import Home

FORMAT = 1


def second_readings(home: Home) -> Mapping[str, SecondReading]:
    """Second readings by content; none when there is no record or it cannot be read: then the
    files are read again.
    """
    try:
        record = json.loads(home.second_readings_file.read_text(encoding="utf-8"))
        known = [_reading(one) for one in record["readings"]] if record["format"] == FORMAT else []
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {one.sha256: one for one in known}


def keep_second_readings(home: Home, readings: Iterable[SecondReading]) -> None:
    """Replaces the record, whole or not at all. Raises OSError."""
    text = json.dumps(
        {"format": FORMAT, "readings": [asdict(one) for one in readings]},
        default=datetime.isoformat,
        indent=1,
    )
    place = home.second_readings_file
    unfinished = place.with_name(f".{place.stem}-{os.getpid()}.json")
    try:
        with open(unfinished, "w", encoding="utf-8", opener=private.opener) as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
    sync(place.parent)


def _reading(row: Mapping[str, Any]) -> SecondReading:
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError("an instant without a zone")
    return SecondReading(
        str(row["sha256"]),
        Outcome(row["outcome"]),
        str(row["by"]),
        at,
        int(row["schema_version"]),
        tuple(Difference(**one) for one in row["differences"]),
    )
