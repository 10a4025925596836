"""A batch holds frames of its own: those of a reading stay as the reader made them."""

from zoneinfo import ZoneInfo

from tests.builders import run_gpx
from tightlog.domain.frames import LAP_SCHEMA, RECORD_SCHEMA
from tightlog.ingest.reading import Content, batches_of, reading

ZONE = ZoneInfo("UTC")


def test_a_batch_of_one_recording_changes_no_frame_of_any_reading() -> None:
    made = Content("a" * 64, run_gpx(), "a.gpx")
    (before,) = reading(made, ZONE).activities
    (batch,) = batches_of([made], ZONE, 1)
    (after,) = reading(made, ZONE).activities
    assert batch.laps[0].columns == ["activity_id", *LAP_SCHEMA]
    for activity in (before, after):
        assert activity.laps.columns == list(LAP_SCHEMA)
        assert activity.records.columns == list(RECORD_SCHEMA)
