"""The part of the days that findings and effects read: it is all they read, and no more."""

from datetime import timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.refresh.test_replay import small_home
from tightlog.features.day import day_features
from tightlog.findings.association import associate
from tightlog.findings.effects import effects
from tightlog.findings.read_days import days_of_effects, days_of_findings
from tightlog.warehouse.drafts.marks import fingerprint

HISTORY = small_home(5, without_share=0.2)


@pytest.fixture(scope="module")
def days() -> pl.DataFrame:
    """Five months of features, and a night's sleep and stress on nearly every day."""
    made = day_features(HISTORY.features)
    return made.with_columns(
        context_sleep_h=(pl.int_range(pl.len()) % 5).cast(pl.Float64),
        context_stress=(pl.int_range(pl.len()) % 7).cast(pl.Float64),
    )


def with_value(days: pl.DataFrame, row: int, **values: float) -> pl.DataFrame:
    here = pl.int_range(pl.len()) == row
    return days.with_columns(
        pl.when(here).then(pl.lit(value)).otherwise(name).alias(name)
        for name, value in values.items()
    )


def last_scored(days: pl.DataFrame) -> int:
    scored = days.with_row_index("row").filter(pl.col("tightness_score").is_not_null())
    return int(scored["row"][-1])


def marks(days: pl.DataFrame) -> tuple[str, str]:
    return fingerprint(days_of_findings(days)), fingerprint(days_of_effects(days, HISTORY.log)[0])


def test_findings_of_the_part_are_those_of_all_days(days: pl.DataFrame) -> None:
    whole = associate(days, permutations=99)
    assert whole["p_value"].count() >= 5 and whole["held_fixed"].count() > 0
    assert_frame_equal(associate(days_of_findings(days), permutations=99), whole, check_exact=True)


def test_effects_of_the_part_are_those_of_all_days(days: pl.DataFrame) -> None:
    part, names = days_of_effects(days, HISTORY.log)
    done = {name: HISTORY.log.filter(pl.col("intervention") == name)["day"] for name in names}
    whole = days.with_columns(
        pl.when(pl.col("coverage") == "watched")
        .then(pl.col("day").is_in(on.implode()).cast(pl.Float64))
        .alias(name)
        for name, on in done.items()
    )
    found = effects(whole, interventions=names, permutations=99)
    assert found["p_value"].count() >= 2
    assert_frame_equal(effects(part, interventions=names, permutations=99), found, check_exact=True)


def test_a_run_after_the_last_score_changes_nothing_they_read(days: pl.DataFrame) -> None:
    last = days["day"][-1]
    later = pl.DataFrame({"day": [last + timedelta(days=n) for n in (1, 2)]}).with_columns(
        coverage=pl.lit("watched"), run_distance_m=pl.lit(9000.0), load_au=pl.lit(80.0)
    )
    longer = pl.concat([days, later], how="diagonal")
    assert marks(longer) == marks(days)


@pytest.mark.parametrize(
    "column", ["tightness_score", "run_distance_m", "load_au", "context_sleep_h"]
)
def test_a_value_before_a_score_changes_what_they_read(days: pl.DataFrame, column: str) -> None:
    row = last_scored(days) - 1
    changed = with_value(days, row, **{column: 3.25})
    assert marks(changed)[0] != marks(days)[0]


def test_a_run_on_the_day_of_a_score_may_be_a_reaction_to_it(days: pl.DataFrame) -> None:
    changed = with_value(days, last_scored(days), run_distance_m=12_345.0)
    findings, compared = marks(changed)
    assert (findings != marks(days)[0], compared == marks(days)[1]) == (True, True)
