"""The load of a run without a heart rate of its own: from the samples of its twin."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp
from tightlog.warehouse import store

MINUTES = 40
COUNT = MINUTES * 60 + 1


def watch(minutes: int = MINUTES) -> bytes:
    """A run without heart rate, rich in all else."""
    start, count = fit_timestamp(START), minutes * 60 + 1
    at = [start + second for second in range(count)]
    records = {
        253: ("uint32", at),
        4: ("uint8", [84] * count),
        5: ("uint32", [280 * second for second in range(count)]),
        7: ("uint16", [250] * count),
        39: ("uint16", [800] * count),
        41: ("uint16", [2500] * count),
    }
    session = {253: ("uint32", [at[-1]]), 2: ("uint32", [start]), 5: ("enum", [1])}
    lasting = {7: ("uint32", [(count - 1) * 1000]), 8: ("uint32", [(count - 1) * 1000])}
    return fit_file(
        [
            FitMessage(0, {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [start])}),
            FitMessage(20, records),
            FitMessage(18, session | lasting),
        ]
    )


def strap() -> bytes:
    """A poorer recording of the same run: a heart rate that changes from 120 to 180."""
    points = "".join(
        f'<trkpt lat="{46.9 + second * 2.8 / 111_195:.7f}" lon="8.3">'
        f"<time>{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}</time>"
        f"<extensions><hr>{120 + 60 * second // (COUNT - 1)}</hr></extensions></trkpt>"
        for second in range(0, COUNT, 5)
    )
    return (f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>").encode()


def facts(home: Home) -> dict[str, Any]:
    refresh(home, SETTINGS)
    (row,) = store.relation(store.published_version(home), "activity").iter_rows(named=True)
    return row


def test_a_run_without_heart_rate_has_the_load_of_its_twin_s_samples(tmp_path: Path) -> None:
    alone = facts(home_at(tmp_path / "alone", strap_gpx=strap()))
    both = facts(home_at(tmp_path / "both", watch_fit=watch(), strap_gpx=strap()))
    assert both["power_w"] == 250.0 and "heart_rate_bpm" in both["from_twin"]
    assert (alone["load_rule"], both["load_rule"]) == ("trimp_samples", "trimp_samples")
    assert both["load_au"] == pytest.approx(alone["load_au"], rel=0.01)


def test_samples_of_a_twin_that_does_not_last_as_long_are_no_load_of_the_whole(
    tmp_path: Path,
) -> None:
    both = facts(home_at(tmp_path, watch_fit=watch(45), strap_gpx=strap()))
    assert both["heart_rate_bpm"] is not None
    assert both["load_rule"] == "trimp_mean"


def test_an_own_heart_rate_is_not_added_to_a_twin_s(tmp_path: Path) -> None:
    own = run_fit(minutes=MINUTES, heart_rate=150)
    alone = facts(home_at(tmp_path / "alone", own_fit=own))
    both = facts(home_at(tmp_path / "both", own_fit=own, strap_gpx=strap()))
    assert both["load_au"] == alone["load_au"]
