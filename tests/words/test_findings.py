"""A finding in words: every code has them, and the statement does not repeat its heading."""

from dataclasses import replace

import pytest

from tests.findings.test_verdict import CLEAR, ENOUGH, NOTHING, RUNNING, WEAK
from tightlog.findings.daily_life.life_family import LIFE_FAMILY
from tightlog.findings.exposures import FAMILY, Exposure, exposure
from tightlog.findings.facts import finding_facts
from tightlog.findings.verdict import Reason, ScoreRecord
from tightlog.words.finding_reasons import WHY_ONLY_POSSIBLE
from tightlog.words.findings import (
    details,
    held_fixed_words,
    sentence,
    statement,
)

EVENING = replace(CLEAR, is_rated_in_evening=True, reaction_p=None, reaction_family_p=None)
NIGHT = replace(
    CLEAR, exposure=LIFE_FAMILY[0], effect_points=-1.4, earlier_half_points=-1.2,
    later_half_points=-1.6, yesterday_rated_points=-1.3, spoilt_night_p=0.01,
)  # fmt: skip
# A link and a diary for every reason there is.
BY_REASON = {
    Reason.TOO_FEW_SCORES: (CLEAR, ScoreRecord(37, 150, 0.3)),
    Reason.DIARY_TOO_SHORT: (CLEAR, ScoreRecord(70, 80, 0.3)),
    Reason.TOO_MANY_DAYS_WITHOUT_SCORE: (CLEAR, ScoreRecord(60, 160, 0.3)),
    Reason.SCORES_TOO_ALIKE: (CLEAR, ScoreRecord(120, 150, 0.9)),
    Reason.EXPOSURE_NEVER_KNOWN: (replace(CLEAR, n_days=0), ENOUGH),
    Reason.TOO_FEW_SCORES_WITH_EXPOSURE: (replace(CLEAR, n_days=41), ENOUGH),
    Reason.EXPOSURE_NEVER_SEEN: (replace(CLEAR, exposure_days=0), ENOUGH),
    Reason.TOO_FEW_EXPOSURE_DAYS: (replace(CLEAR, exposure_days=12), ENOUGH),
    Reason.INSEPARABLE_FROM_CALENDAR: (replace(CLEAR, p_value=None), ENOUGH),
    Reason.NO_LINK: (NOTHING, ENOUGH),
    Reason.DID_NOT_HOLD: (replace(WEAK, later_half_points=-0.2), ENOUGH),
    Reason.REACTION: (replace(CLEAR, reaction_p=0.03, yesterday_rated_points=0.5), ENOUGH),
    Reason.TOO_SMALL: (replace(CLEAR, effect_points=0.9), ENOUGH),
    Reason.HALVES_DISAGREE: (replace(CLEAR, later_half_points=-0.2), ENOUGH),
    Reason.RERUN_FAILS: (replace(CLEAR, yesterday_rated_points=0.5), ENOUGH),
    Reason.FEW_UNUSUAL_SCORES: (replace(CLEAR, is_ranked=True, rank_p=0.5), ENOUGH),
    Reason.SCORED_IN_EVENING: (EVENING, ENOUGH),
    Reason.TIME_UNKNOWN: (
        replace(CLEAR, is_time_unknown=True, same_day_points=1.2, same_day_p=0.01),
        ENOUGH,
    ),
    Reason.SAME_NIGHT: (NIGHT, ENOUGH),
    Reason.SEEN_ONCE: (replace(CLEAR, is_lasting=False), ENOUGH),
    Reason.SEEN_TWICE: (replace(CLEAR, is_lasting=False, stood_a_week_earlier=True), ENOUGH),
    Reason.MAY_BE_CHANCE: (WEAK, ENOUGH),
    Reason.HOLDS: (CLEAR, ENOUGH),
}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_reached_and_has_words_of_its_own(reason: Reason) -> None:
    facts = finding_facts(*BY_REASON[reason])
    assert facts["verdict_reason"] == reason
    said = {statement(finding_facts(*BY_REASON[other])) for other in Reason if other is not reason}
    assert statement(facts) not in said and statement(facts)[-1] == "."
    assert sentence(facts)[-1] == "."


def test_each_doubt_that_leaves_a_link_possible_has_words() -> None:
    possible = {
        reason for reason in Reason if finding_facts(*BY_REASON[reason])["verdict"] == "possible"
    }
    assert possible == set(WHY_ONLY_POSSIBLE)


def test_a_verdict_is_not_repeated_below_its_heading() -> None:
    assert statement(finding_facts(*BY_REASON[Reason.MAY_BE_CHANCE])).startswith(
        "The morning after more distance"
    )
    assert statement(finding_facts(*BY_REASON[Reason.TOO_FEW_SCORES])) == "37 of 60 scores."
    assert statement(finding_facts(*BY_REASON[Reason.NO_LINK])) == (
        "A difference of 1 point or more would probably have been seen."
    )
    assert details(finding_facts(*BY_REASON[Reason.NO_LINK])) == (
        "More exactly: 0.9 points or more between 0 and 12 km, in 118 scores."
    )
    assert statement(finding_facts(*BY_REASON[Reason.DID_NOT_HOLD])) == (
        "What appeared did not hold up when checked."
    )


@pytest.mark.parametrize(("reason", "had", "needed"), [
    (Reason.TOO_FEW_SCORES, 37, 60), (Reason.DIARY_TOO_SHORT, 80, 90),
    (Reason.TOO_FEW_SCORES_WITH_EXPOSURE, 41, 60), (Reason.TOO_FEW_EXPOSURE_DAYS, 12, 20),
    (Reason.HOLDS, None, None),
])  # fmt: skip
def test_what_is_short_is_kept_as_numbers(
    reason: Reason, had: int | None, needed: int | None
) -> None:
    facts = finding_facts(*BY_REASON[reason])
    assert (facts["had"], facts["needed"]) == (had, needed)


@pytest.mark.parametrize(
    "item", [*FAMILY, *LIFE_FAMILY, exposure("sleep_h"), RUNNING], ids=lambda one: one.column
)
def test_an_exposure_says_its_window_once(item: Exposure) -> None:
    if item.is_window_in_title and item.name:
        days = f"{item.spans_d} nights" if item.spans_d > 1 else "night" if item.is_night else "day"
        assert item.title in (f"{item.name} the {days} before", f"{item.name} in the {days} before")


def test_only_the_stress_of_a_watch_is_said_to_be_of_three_days() -> None:
    assert held_fixed_words("stress") == "stress of that day"
    assert held_fixed_words("sleep, watch stress") == (
        "sleep of the night before that day, watch stress of that day and the two before it"
    )


@pytest.mark.parametrize("item", [*FAMILY, *LIFE_FAMILY], ids=lambda one: one.column)
def test_every_exposure_is_said_as_a_runner_would(item: Exposure) -> None:
    link = replace(CLEAR, exposure=item, exposure_high=247.0)
    facts = finding_facts(link, ENOUGH) | {"verdict": "clear"}
    said = sentence(facts).replace("\u00a0", " ")
    assert item.after in said or "about 250" in said
    assert "{" not in said and "_" not in said and "norm" not in said
    unknown = sentence(facts | {"exposure_high": None})
    assert "{" not in unknown and "about 0" not in unknown and "()" not in unknown


def test_a_hilly_run_reads_as_one_plain_sentence() -> None:
    hilly = next(one for one in FAMILY if one.column == "descent_m")
    facts = finding_facts(replace(CLEAR, exposure=hilly, exposure_high=247.0), ENOUGH)
    assert sentence(facts) == (
        "The morning after a hilly run (more than about 250 m down) your back is usually about 1½ "
        "points tighter."
    )
    assert details(facts) == "1.4 points (0.8 to 2.0) between 0 and 247 m, in 118 scores."


def test_scores_that_may_be_of_the_evening_are_not_of_the_morning() -> None:
    assert sentence(finding_facts(EVENING, ENOUGH)).startswith("Possibly: the day after")
    assert sentence(finding_facts(*BY_REASON[Reason.TIME_UNKNOWN])).startswith(
        "Possibly: the day after"
    )


def test_only_a_clear_link_is_what_the_back_usually_does() -> None:
    for reason, (link, record) in BY_REASON.items():
        is_usual = "usually" in sentence(finding_facts(link, record))
        assert is_usual is (reason is Reason.HOLDS)
