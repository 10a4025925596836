"""Frames of the diary hold what its nouns hold."""

from dataclasses import fields

from tightlog.domain.diary import InterventionDone, TightnessScore
from tightlog.domain.frames import DONE_SCHEMA, SCORE_SCHEMA


def test_frames_of_the_diary_have_the_fields_of_its_entries() -> None:
    assert set(SCORE_SCHEMA) == {field.name for field in fields(TightnessScore)}
    assert set(DONE_SCHEMA) == {field.name for field in fields(InterventionDone)}
