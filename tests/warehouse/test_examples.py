"""What the example questions promise: each runs as it is, on rows, and reads as one question."""

import itertools
import re
from pathlib import Path

import pytest

from tightlog.warehouse import build, store
from tightlog.warehouse.examples import Example, examples
from tightlog.warehouse.sandbox.bounded import bounded_answer

COLUMNS = {
    "01_weeks": "week run_km median_score scored_days",
    "02_after_long_runs": "day_before mornings median_score mean_score",
    "03_gaps_between_scores": "score_before next_score days_without",
    "04_cadence_by_shoe": (
        "shoe runs run_km median_cadence_spm median_off_own_norm_pct first_run last_run"
    ),
    "05_files_not_taken_whole": "status path member reason",
    "06_twins": "day sport set_aside kept reason",
    "07_devices": (
        "device first_day last_day activities with_cadence with_heart_rate with_running_dynamics"
    ),
    "08_late_form": (
        "day run_km moving_min cadence_drift_pct ground_contact_drift_pct decoupling_pct"
    ),
    "09_before_the_worst_mornings": (
        "day tightness_score km_the_day_before downhill_m_the_day_before longest_run_lately "
        "km_in_the_7_days_before days_since_strength"
    ),
    "10_load_by_sport": "month sport sessions hours load_au sessions_without_load",
    "11_days_not_known": "month days unknown_days days_of_unknown_distance scored_days",
    "12_cadence_by_pace": (
        "speed_from_mps pace_min_per_km records median_cadence_spm lowest_tenth_spm "
        "highest_tenth_spm"
    ),
    "13_days_in_a_row": "run_days_in_a_row mornings median_score mean_score",
    "14_patterns": "title grade is_watched times_begun days last_begun newest_numbers",
    "15_done_by_month": "month title days minutes known_from",
    "16_did_it_go_with_less": (
        "title days_with days_without points low high verdict smallest_these_data_could_show"
    ),
    "17_downhill": (
        "day name run_km descent_m descent_m_per_km score_that_morning score_next_morning"
    ),
    "18_cadence_rules": (
        "device rule activities median_as_recorded median_cadence_spm first_day last_day"
    ),
    "19_notes_of_tight_days": "day score moment note source",
    "20_sides_of_the_coin": ("title state coin_said_do_it tosses as_told score_before score_after"),
    "21_columns": "relation column_name data_type meaning",
}


def test_there_are_twenty_one_questions_in_the_order_of_their_numbers() -> None:
    assert [example.name for example in examples()] == list(COLUMNS)
    assert [int(example.name[:2]) for example in examples()] == list(range(1, 22))


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_example_is_one_question_and_one_query_that_finds_rows(
    example: Example, four_months_version: Path
) -> None:
    assert re.fullmatch(r"[A-Z][^?]*\?", example.question)
    assert not example.sql.endswith(";")
    rows = store.query(four_months_version, example.sql)
    assert rows.columns == COLUMNS[example.name].split()
    assert rows.height > 0


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_example_reads_public_relations_only(example: Example) -> None:
    named = set(re.findall(r"\b(?:from|join) ([a-z_]+)\b", example.sql)) - set(
        re.findall(r"\b([a-z_]+) as \(", example.sql)
    )
    assert named <= set(build.relation_names())


def test_weeks_are_what_the_days_sum_to(four_months_version: Path) -> None:
    weeks = store.query(four_months_version, examples()[0].sql)
    days = store.relation(four_months_version, "day")
    assert weeks["run_km"].sum() == pytest.approx(
        days["run_distance_m"].sum() / 1000, abs=0.05 * weeks.height
    )
    assert weeks["scored_days"].sum() == days["tightness_score"].count()


def test_longest_gap_is_counted_in_days_without_a_score(four_months_version: Path) -> None:
    scored = store.query(
        four_months_version, "select day from day where tightness_score is not null order by day"
    )["day"]
    longest = max((later - earlier).days - 1 for earlier, later in itertools.pairwise(scored))
    assert store.query(four_months_version, examples()[2].sql)["days_without"][0] == longest


def test_the_question_over_all_records_stays_within_the_limits_of_a_page(
    four_months_version: Path,
) -> None:
    assert bounded_answer(four_months_version, examples()[11].sql).rows.height > 0
