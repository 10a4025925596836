"""Climb computed from the altitudes of real watches with a barometer, against their own totals."""

import numpy as np
import polars as pl
import pytest

from tests.corpus import CORPUS
from tightlog.domain.activity import Activity
from tightlog.domain.sports import INDOOR_SUB_SPORTS
from tightlog.readers.climb import climbed_m
from tightlog.readers.fit import read_fit

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus of real files")
WITHIN = 0.1
LEAST_ASCENT_M, LEAST_RECORDS = 5.0, 100
FOLDERS = ("zoo/fit", "zoo/pairs", "qian-coros/FIT_OUT", "tormoder-weird-fit")


def recordings() -> list[tuple[Activity, pl.DataFrame]]:
    """Activities with a climb measured by a barometer, and their rows with a place and altitude."""
    found = []
    for folder in FOLDERS:
        for file in sorted((CORPUS / folder).rglob("*.fit")):
            for activity in read_fit(file.read_bytes(), file.name).activities:
                rows = activity.records.drop_nulls(["altitude_m", "elapsed_s", "latitude_deg"])
                rows = rows.filter(pl.col("elapsed_s").diff().fill_null(1.0) > 0)
                if (
                    activity.has_barometer
                    and activity.sport != "swimming"
                    and activity.sub_sport not in INDOOR_SUB_SPORTS
                    and (activity.ascent_m or 0.0) >= LEAST_ASCENT_M
                    and rows.height >= LEAST_RECORDS
                    and rows["elapsed_s"][-1] >= 0.8 * (activity.elapsed_s or np.inf)
                ):
                    found.append((activity, rows))
    return found


def each_second(rows: pl.DataFrame) -> pl.DataFrame:
    return rows


def whole_metres(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("altitude_m").round())


def every_eight_seconds(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter((pl.col("elapsed_s") // 8).diff().fill_null(1.0) > 0)


def test_climb_is_within_a_tenth_of_the_barometer_s_on_average() -> None:
    measured = recordings()
    assert len(measured) > 50
    for kept in (each_second, whole_metres, every_eight_seconds):
        apart = [
            (climbed_m(rows["elapsed_s"].to_numpy(), rows["altitude_m"].to_numpy())[0] or 0.0)
            / (activity.ascent_m or np.nan)
            - 1
            for activity, full in measured
            for rows in (kept(full),)
        ]
        runs = [
            error
            for error, (activity, _) in zip(apart, measured, strict=True)
            if activity.sport == "running"
        ]
        assert abs(float(np.mean(apart))) < WITHIN, kept.__name__
        assert abs(float(np.mean(runs))) < WITHIN, kept.__name__
