"""A giant FIT file is read in a bounded multiple of its size."""

import tracemalloc

from tightlog.domain.channels import CHANNELS
from tightlog.readers.fit import read_fit
from tightlog.simulation.files.dense_run import ROW_BYTES, dense_fit


def test_arrays_take_less_than_six_times_the_file() -> None:
    count = 200_000
    data = dense_fit(count)
    assert len(data) > count * ROW_BYTES
    tracemalloc.start()
    try:
        reading = read_fit(data, "dense.fit")
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (activity,) = reading.activities
    assert activity.records.height == count
    # NumPy tells of its arrays; those of Polars come on top.
    assert most_bytes < 5.5 * len(data)


def test_a_channel_never_recorded_is_missing_beside_those_that_were() -> None:
    (activity,) = read_fit(dense_fit(100), "dense.fit").activities
    missing = {
        name
        for name in (one.name for one in CHANNELS)
        if activity.records[name].null_count() == 100
    }
    assert missing == {"vertical_ratio_pct", "ground_contact_left_pct", "step_length_mm"}
    assert activity.power_w == 224.5
    assert activity.vertical_ratio_pct is None
