"""What the diary notes beside the tightness becomes columns of the day frame, in one unit each."""

import pytest
from polars.testing import assert_frame_equal

from tests.features.conftest import Home
from tightlog.features.catalogue import FEATURES, features_of
from tightlog.features.context import MOST_OWN_COLUMNS, slug
from tightlog.features.day import day_features
from tightlog.features.feature import Feature


def note(
    home: Home,
    number: int,
    name: str,
    value: float | None,
    unit: str | None = None,
    source: str = "csv",
    is_beside_scores: bool = True,
) -> None:
    home.context.append(
        {
            "day": home.day(number),
            "name": name,
            "value": value,
            "unit": unit,
            "source": source,
            "is_beside_scores": is_beside_scores,
        }
    )


def features(home: Home) -> dict[str, Feature]:
    return {feature.feature: feature for feature in features_of(home.inputs().context)}


def test_the_canonical_columns_exist_without_a_diary(home: Home) -> None:
    home.ran(0)
    day = home.days()(0)
    assert [
        day[f"context_{name}"] for name in ("sleep_h", "sitting_h", "stress", "mood", "fatigue")
    ] == [None] * 5
    assert features_of(home.inputs().context) == FEATURES


def test_hours_and_minutes_of_one_thing_meet_in_hours(home: Home) -> None:
    note(home, 0, "sleep_duration_h", 7.5, "h", "pmsys")
    note(home, 1, "sleep", 450.0, "min")
    note(home, 2, "sleep_h", 6.0)
    note(home, 3, "sitting", 90.0, "min")
    note(home, 3, "sitting_h", 2.5, "h")
    day = home.days()
    assert [day(number)["context_sleep_h"] for number in range(4)] == [7.5, 7.5, 6.0, None]
    assert day(3)["context_sitting_h"] == pytest.approx((1.5 + 2.5) / 2)
    assert features(home)["context_sleep_h"].unit == "h"


def test_a_duration_of_your_own_keeps_the_unit_noted_most_often(home: Home) -> None:
    note(home, 0, "driving", 30.0, "min")
    note(home, 1, "driving", 45.0, "min")
    note(home, 2, "driving_h", 1.5, "h")
    day = home.days()
    assert [day(number)["context_driving_min"] for number in range(3)] == [30.0, 45.0, 90.0]
    assert "context_driving_h" not in day(0)


def test_sleep_on_a_scale_is_not_taken_for_hours(home: Home) -> None:
    note(home, 0, "sleep", 3.0, "1–5")
    note(home, 0, "sleep_duration_h", 8.0, "h")
    note(home, 1, "sleep", 4.0)
    note(home, 1, "sleep", 4.0, "1–5")
    note(home, 0, "sleep h", 1.0, "done", "daylio")
    day = home.days()
    assert (day(0)["context_sleep_h"], day(0)["context_sleep"], day(1)["context_sleep"]) == (
        8.0,
        3.0,
        4.0,
    )


def test_of_two_scales_the_commoner_is_kept_and_the_other_left_out_and_told(home: Home) -> None:
    for number in range(3):
        note(home, number, "stress", 4.0 + number, "0–10")
    note(home, 1, "stress", 2.0, "1–4", "intervals.icu")
    note(home, 5, "stress", 3.0, "1–4", "intervals.icu")
    day = home.days()
    assert [day(number)["context_stress"] for number in (0, 1, 2, 5)] == [4.0, 5.0, 6.0, None]
    stress = features(home)["context_stress"]
    assert stress.unit == "0–10"
    assert stress.definition.endswith("null on a day without; 2 entries in another unit left out")


def test_several_values_of_a_day_are_their_mean_and_zero_is_a_value(home: Home) -> None:
    for value in (0.0, 1.0, 5.0):
        note(home, 0, "mood", value, "0–10")
    note(home, 1, "mood", 0.0, "0–10")
    note(home, 2, "fatigue", 0.0)
    day = home.days()
    assert (day(0)["context_mood"], day(1)["context_mood"], day(2)["context_mood"]) == (
        2.0,
        0.0,
        None,
    )


def test_numbers_that_are_none_are_not_noted(home: Home) -> None:
    note(home, 0, "mood", float("nan"))
    note(home, 0, "energy", None)
    note(home, 0, "stress", float("inf"))
    day = home.days()(0)
    assert (day["context_mood"], day["context_stress"]) == (None, None)
    assert "context_energy" not in day


@pytest.mark.parametrize(
    ("name", "unit", "column"),
    [
        ("resting_heart_rate_bpm", "bpm", "context_resting_heart_rate_bpm"),
        ("hrv_ms", "ms", "context_hrv_ms"),
        ("weight", "kg", "context_weight_kg"),
        ("energy", "1–5", "context_energy"),
        ("energy", None, "context_energy"),
        ("humidity", "%", "context_humidity_pct"),
        ("Back squat!", "done", "context_back_squat"),
        ("café crème", "done", "context_cafe_creme"),
        ("Größe", None, "context_grosse"),
        ("晨跑", "done", "context_u6668u8dd1"),
        ("reading 📚", "done", "context_reading"),
        ("driving", "min", "context_driving_min"),
    ],
)
def test_columns_are_plain_names_that_end_in_a_unit_once(
    home: Home, name: str, unit: str | None, column: str
) -> None:
    note(home, 0, name, 1.0, unit)
    assert home.days()(0)[column] == 1.0
    assert features(home)[column].source.endswith("diary")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("だ", "u3060"), ("た", "u305f"), ("---", ""), ("A  b_C", "a_b_c"), ("ß", "ss")],
)
def test_slugs_lose_no_letter_that_tells_two_names_apart(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_table_of_two_thousand_names_makes_forty_columns_the_commonest_first(home: Home) -> None:
    rows = [
        {
            "day": home.day(0),
            "name": f"name {number}",
            "value": 1.0,
            "unit": None,
            "source": "csv",
            "is_beside_scores": True,
        }
        for number in range(2_000)
    ]
    home.context += rows
    for number in range(3):
        note(home, number, "the one that matters", 2.0)
    note(home, 0, "x" * 61, 1.0)
    note(home, 1, "x" * 61, 1.0)
    own = [
        name
        for name in features(home)
        if name.startswith("context_") and name not in {feature.feature for feature in FEATURES}
    ]
    assert len(own) == MOST_OWN_COLUMNS
    assert own[0] == "context_the_one_that_matters"
    assert home.days()(2)[own[0]] == 2.0
    assert not any(name.startswith("context_x") for name in own)


def test_names_cannot_take_the_place_of_another_column(home: Home) -> None:
    note(home, 0, "weight kg", 1.0, "done", "daylio")
    note(home, 0, "weight", 70.0, "kg")
    note(home, 1, "weight", 71.0, "kg")
    day = home.days()
    assert [day(number)["context_weight_kg"] for number in range(2)] == [70.0, 71.0]


def test_days_features_and_the_order_of_rows_agree(home: Home) -> None:
    home.ran(0)
    for number in range(20):
        note(
            home,
            number % 7,
            ("sleep", "stress", "yoga")[number % 3],
            number / 7,
            ("h", None, "done")[number % 3],
        )
    days = day_features(home.inputs())
    assert days.columns == ["day", *features(home)]
    assert [days.schema[feature.feature] for feature in features(home).values()] == [
        feature.dtype for feature in features(home).values()
    ]
    home.context.reverse()
    assert_frame_equal(day_features(home.inputs()), days, check_exact=True)


def test_later_notes_do_not_change_earlier_days(home: Home) -> None:
    for number in range(10):
        note(home, number, "sleep", 7.0 + number / 10, "h")
        note(home, number, "stress", float(number), "0–10")
    before = day_features(home.inputs())
    for number in range(10, 20):
        note(home, number, "sleep", 400.0, "min")
        note(home, number, "energy", 3.0)
    assert_frame_equal(
        day_features(home.inputs()).head(before.height).select(before.columns), before
    )


@pytest.mark.parametrize(
    ("name", "source", "is_beside_scores", "counts"),
    [
        ("sleep_duration_h", "intervals.icu", False, False),
        ("resting_heart_rate_bpm", "intervals.icu", True, False),
        ("stress", "intervals.icu", False, True),
        ("mood", "daylio", False, True),
        ("readiness", "pmsys", False, True),
        ("sleep", "csv", True, True),
        ("sleep", "csv", False, False),
    ],
)
def test_only_what_the_runner_noted_makes_a_day_watched(
    home: Home, name: str, source: str, is_beside_scores: bool, counts: bool
) -> None:
    home.ran(0)
    home.ran(40)
    for number in range(1, 40):
        note(home, number, name, 7.0, source=source, is_beside_scores=is_beside_scores)
    day = home.days()
    assert (day(20)["coverage"], day(20)["run_count"]) == (
        ("watched", 0) if counts else ("unknown", None)
    )
    assert day(20)["context_sleep_h" if name == "sleep_duration_h" else f"context_{name}"] == 7.0


def test_a_devices_list_does_not_lengthen_the_calendar(home: Home) -> None:
    home.ran(0)
    for number in range(-30, 60):
        note(home, number, "hrv_ms", 60.0, "ms", "intervals.icu", is_beside_scores=False)
    assert day_features(home.inputs())["day"].to_list() == [home.day(0)]
