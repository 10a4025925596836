from dataclasses import replace

import pytest

from tightlog.findings.exposures import Exposure
from tightlog.findings.facts import finding_facts
from tightlog.findings.verdict import Link, ScoreRecord, judgement
from tightlog.words import findings as in_words

RUNNING = Exposure(
    "run_distance_m",
    "distance run the day before",
    "more distance run the day before",
    "km",
    reaction_sign=-1,
)
STRETCHING = replace(
    RUNNING, column="mobility_min", title="mobility work", name="mobility work",
    more="more mobility work", reaction_sign=1, chosen_for_relief=True,
)  # fmt: skip
ENOUGH = ScoreRecord(score_count=120, diary_days=150, most_common_share=0.3)
CLEAR = Link(
    RUNNING,
    n_days=118,
    exposure_days=70,
    exposure_low=0.0,
    exposure_high=12.0,
    effect_points=1.4,
    effect_low=0.8,
    effect_high=2.0,
    p_value=0.001,
    max_t_p=0.004,
    q_value=0.008,
    smallest_detectable_points=0.9,
    earlier_half_points=1.2,
    later_half_points=1.6,
    reaction_p=0.4,
    reaction_family_p=1.0,
    tests=8,
    yesterday_rated_points=1.3,
    yesterday_rated_p=0.01,
)
WEAK = replace(CLEAR, max_t_p=0.2, q_value=0.08)
NOTHING = replace(
    CLEAR,
    p_value=0.4,
    max_t_p=0.99,
    q_value=0.6,
    effect_points=0.2,
    effect_low=-0.3,
    effect_high=0.7,
)


def verdict(link: Link, record: ScoreRecord) -> str:
    return judgement(link, record).verdict.value


def details(link: Link, record: ScoreRecord) -> str:
    return in_words.details(finding_facts(link, record)) or ""


def sentence(link: Link, record: ScoreRecord) -> str:
    return in_words.sentence(finding_facts(link, record))


def still_needed(link: Link, record: ScoreRecord) -> str | None:
    return in_words.still_needed(finding_facts(link, record))


def would_have_shown(link: Link, record: ScoreRecord) -> str | None:
    return in_words.would_have_shown(finding_facts(link, record))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (CLEAR, "clear"),
        (replace(CLEAR, effect_points=0.9), "possible"),
        (replace(CLEAR, later_half_points=-0.2), "possible"),
        (replace(CLEAR, yesterday_rated_points=0.5), "possible"),
        (replace(CLEAR, yesterday_rated_points=None, yesterday_rated_p=None), "possible"),
        (WEAK, "possible"),
        (replace(WEAK, effect_points=0.7), "possible"),
        (replace(WEAK, later_half_points=-0.2), "nothing_seen"),
        (replace(WEAK, yesterday_rated_points=-0.5), "nothing_seen"),
        (NOTHING, "nothing_seen"),
        (replace(NOTHING, reaction_p=0.03, reaction_family_p=0.24), "nothing_seen"),
        (replace(NOTHING, reaction_p=0.003, reaction_family_p=0.024), "reacts"),
        (replace(CLEAR, reaction_p=0.03), "clear"),
        (replace(CLEAR, reaction_p=0.03, yesterday_rated_points=0.5), "reacts"),
        (replace(CLEAR, exposure=STRETCHING, yesterday_rated_p=0.2), "nothing_seen"),
        (replace(CLEAR, exposure=STRETCHING, yesterday_rated_p=0.2, reaction_p=0.01), "reacts"),
        (replace(CLEAR, exposure=STRETCHING, yesterday_rated_p=0.03), "clear"),
    ],
)
def test_each_row_of_the_decision_table_holds(link: Link, expected: str) -> None:
    assert verdict(link, ENOUGH) == expected


def test_less_running_with_more_tightness_must_hold_by_itself_where_yesterday_was_rated() -> None:
    # The sign that training less on bad days leaves behind.
    inverse = replace(
        CLEAR,
        effect_points=-1.4,
        effect_low=-2.0,
        effect_high=-0.8,
        earlier_half_points=-1.2,
        later_half_points=-1.6,
    )
    inverse = replace(inverse, yesterday_rated_points=-1.3)
    assert verdict(replace(inverse, yesterday_rated_p=0.03), ENOUGH) == "clear"
    assert verdict(replace(inverse, yesterday_rated_p=0.10), ENOUGH) == "nothing_seen"
    assert verdict(replace(inverse, yesterday_rated_p=0.03, reaction_p=0.01), ENOUGH) == "reacts"
    assert verdict(replace(inverse, yesterday_rated_p=0.005, reaction_p=0.01), ENOUGH) == "clear"


def test_scores_given_in_the_evening_make_no_clear_finding_and_the_sentence_says_why() -> None:
    evening = replace(CLEAR, is_rated_in_evening=True, reaction_p=None, reaction_family_p=None)
    assert verdict(evening, ENOUGH) == "possible"
    assert "you score in the evening" in sentence(evening, ENOUGH)
    assert verdict(replace(evening, yesterday_rated_p=0.2), ENOUGH) == "nothing_seen"


@pytest.mark.parametrize(
    ("rank_sign", "rank_p", "expected"),
    [
        (1.0, 0.01, "clear"),
        (1.0, 0.05, "possible"),
        (-1.0, 0.01, "possible"),
        (0.0, None, "possible"),
    ],
)
def test_where_most_scores_are_one_number_clear_needs_the_ranks(
    rank_sign: float, rank_p: float | None, expected: str
) -> None:
    ranked = replace(CLEAR, is_ranked=True, rank_sign=rank_sign, rank_p=rank_p)
    assert verdict(ranked, ENOUGH) == expected
    assert ("a few unusual scores" in sentence(ranked, ENOUGH)) == (expected == "possible")


@pytest.mark.parametrize(
    ("link", "record", "words"),
    [
        (CLEAR, ScoreRecord(37, 150, 0.3), "37 of 60 scores"),
        (CLEAR, ScoreRecord(70, 80, 0.3), "80 of 90 days since the first score"),
        (CLEAR, ScoreRecord(60, 160, 0.3), "62\u00a0% of the days have no score"),
        (CLEAR, ScoreRecord(120, 150, 0.9), "90\u00a0% of the scores are the same number"),
        (
            replace(CLEAR, n_days=0, exposure=replace(RUNNING, needs="runs with a distance")),
            ENOUGH,
            "it needs runs with a distance",
        ),
        (replace(CLEAR, n_days=41), ENOUGH, "41 of 60 scores on days where it is known"),
        (replace(CLEAR, exposure_days=12), ENOUGH, "12 of 20 days with it"),
        (replace(CLEAR, exposure_days=7, is_event=True), ENOUGH, "7 of 8 such days"),
        (replace(CLEAR, p_value=None), ENOUGH, "cannot be told apart from the calendar"),
    ],
)
def test_a_gate_not_passed_is_told_with_its_numbers(
    link: Link, record: ScoreRecord, words: str
) -> None:
    assert verdict(link, record) == "not_enough_data"
    assert words in sentence(link, record)


def test_list_says_what_is_needed_or_what_would_have_shown() -> None:
    assert still_needed(CLEAR, ScoreRecord(37, 150, 0.3)) == "37 of 60 scores"
    assert still_needed(NOTHING, ENOUGH) is None
    assert (
        would_have_shown(NOTHING, ENOUGH) == "0.9 points or more between 0 and 12 km, in 118 scores"
    )
    assert would_have_shown(CLEAR, ENOUGH) is None
    assert would_have_shown(replace(WEAK, later_half_points=-1.0), ENOUGH) is None


def test_what_was_held_fixed_is_said() -> None:
    assert "in 118 scores at similar sleep and stress." in details(
        replace(CLEAR, life_names=("sleep", "stress")), ENOUGH
    )


def test_enough_data_just_passes() -> None:
    assert (
        still_needed(replace(CLEAR, n_days=60, exposure_days=20), ScoreRecord(60, 90, 0.89)) is None
    )
    assert still_needed(replace(CLEAR, exposure_days=8, is_event=True), ENOUGH) is None


def test_exposure_never_seen_says_what_it_needs() -> None:
    needs = CLEAR.exposure.needs
    assert (
        still_needed(replace(CLEAR, n_days=0, exposure_days=0), ENOUGH)
        == f"not known before any score yet; it needs {needs}"
    )
    assert (
        still_needed(replace(CLEAR, exposure_days=0), ENOUGH)
        == f"0 of 20 days with it; it needs {needs}"
    )


def test_a_clear_finding_reads_as_one_plain_sentence() -> None:
    expected = "The morning after more distance run your back is usually about 1½ points tighter."
    assert sentence(CLEAR, ENOUGH) == expected
    numbers = "1.4 points (0.8 to 2.0) between 0 and 12 km, in 118 scores."
    assert details(CLEAR, ENOUGH) == numbers


def test_a_small_link_is_called_too_small_to_matter() -> None:
    assert "too small to matter" in sentence(
        replace(CLEAR, effect_points=0.4, effect_low=0.1, effect_high=0.7), ENOUGH
    )


def test_nothing_seen_tells_what_would_have_shown() -> None:
    assert "a difference of 1 point or more would probably have been seen" in sentence(
        NOTHING, ENOUGH
    )


def test_smallest_link_that_would_have_shown_is_rounded_up() -> None:
    small = replace(NOTHING, smallest_detectable_points=0.238)
    assert "a difference of ½ point or more" in sentence(small, ENOUGH)
    assert "0.3 points or more" in details(small, ENOUGH)


def test_training_load_is_named_where_its_number_stands() -> None:
    load = Exposure(
        "load_au",
        "training load the day before",
        "more training load the day before",
        reaction_sign=-1,
        name="training load",
    )
    said = details(replace(CLEAR, exposure=load, exposure_high=119.4), ENOUGH)
    assert (
        "between a training load of 0 and 119, in 118 scores" in said and "load units" not in said
    )


def test_no_sentence_speaks_of_causes() -> None:
    links = [
        CLEAR,
        WEAK,
        NOTHING,
        replace(WEAK, later_half_points=-1.0),
        replace(CLEAR, reaction_p=0.01, yesterday_rated_points=0.0),
    ]
    for link in links:
        words = sentence(link, ENOUGH).lower()
        assert "cause" not in words + details(link, ENOUGH).lower()
        assert words.endswith(".")
        assert words.count(". ") == 0
