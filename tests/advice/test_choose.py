"""Three pieces of advice at most, a red flag above all, and what is not offered."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tests.builders import flags_raised
from tightlog.advice.choose import ADVICE_SCHEMA, advice, red_flag_advice
from tightlog.domain.interventions.catalogue import CATALOGUE, find
from tightlog.domain.red_flags import RedFlagSpan
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.match import MATCH_SCHEMA

TODAY = date(2026, 5, 4)
# R0 has words of its own, R5 only informs, R21 speaks of the exposure that stands.
SPEAKING = [item.pattern for item in PATTERNS if item.pattern not in ("R0", "R5", "R21")]
EVIDENCE = {
    "R2": "Sunday's 24.0 km was 41\u00a0% longer than anything in the 30 days before (17.0 km)."
}


def days(scores: Sequence[float | None] = (), last: date = TODAY) -> pl.DataFrame:
    """Watched days up to `last`; the scores are those of the last days."""
    count = max(len(scores), 10)
    padded = [None] * (count - len(scores)) + list(scores)
    return pl.DataFrame(
        {
            "day": [last - timedelta(days=count - 1 - number) for number in range(count)],
            "coverage": ["watched"] * count,
            "tightness_score": padded,
        },
        schema={"day": pl.Date, "coverage": pl.String, "tightness_score": pl.Float64},
    )


def match_rows(*patterns: str, day: date = TODAY, started_on: date | None = None) -> pl.DataFrame:
    rows = [
        (
            day,
            name,
            "new",
            started_on or day,
            EVIDENCE.get(name, f"evidence of {name}"),
            1.0,
            1.0,
            None,
            None,
        )
        for name in patterns
    ]
    return pl.DataFrame(rows, schema=dict(MATCH_SCHEMA), orient="row")


def done(*names: str, on: date = TODAY) -> pl.DataFrame:
    return pl.DataFrame(
        {"day": [on] * len(names), "intervention": list(names)},
        schema={"day": pl.Date, "intervention": pl.String},
    )


def finding(exposure: str, effect: float, verdict: str = "clear") -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "exposure": exposure,
                "verdict": verdict,
                "effect_points": effect,
                "exposure_low": 0.0,
                "exposure_high": 20.0,
                "sentence": f"{exposure} goes with more tightness.",
            }
        ]
    )


def advise(
    *patterns: str,
    as_of: date = TODAY,
    scores: Sequence[float | None] = (),
    findings: pl.DataFrame | None = None,
    log: pl.DataFrame | None = None,
    red_flag: RedFlagSpan | None = None,
    last: date = TODAY,
    started_on: date | None = None,
    **more: Any,
) -> pl.DataFrame:
    return advice(
        as_of,
        days(scores, last),
        match_rows(*patterns, day=last, started_on=started_on),
        findings,
        done() if log is None else log,
        red_flag,
        **more,
    )


def rated(*scores: float, on: date = TODAY) -> pl.DataFrame:
    """All scores of one day, in the order they were given."""
    return pl.DataFrame(
        {"day": [on] * len(scores), "score": [float(score) for score in scores]},
        schema={"day": pl.Date, "score": pl.Float64},
    )


def effect(intervention: str, verdict: str, points: float | None) -> pl.DataFrame:
    return pl.DataFrame(
        [{"intervention": intervention, "verdict": verdict, "effect_points": points}]
    )


def names(frame: pl.DataFrame) -> list[str]:
    return frame["intervention"].to_list()


def test_what_is_declined_is_not_offered_and_another_takes_its_place() -> None:
    before = names(advise("R2", "R17"))
    after = names(advise("R2", "R17", declined=frozenset(before[:1])))
    assert before[0] not in after and len(after) == len(before)


@pytest.mark.parametrize("red_flag", [flags_raised("saddle_numbness"), None])
def test_red_flag_blocks_everything_else(red_flag: RedFlagSpan | None) -> None:
    patterns = ("R2", "R17") if red_flag else ("R0", "R2", "R17")
    frame = advise(*patterns, red_flag=red_flag)
    assert (
        names(frame) == ["G4"]
        and frame["pattern"].item() == "R0"
        and frame.schema == pl.Schema(ADVICE_SCHEMA)
    )


def test_red_flag_blocks_even_without_any_data() -> None:
    assert names(
        advice(TODAY, pl.DataFrame(), pl.DataFrame(), None, pl.DataFrame(), flags_raised("fever"))
    ) == ["G4"]


def test_red_flag_the_journal_cleared_since_the_last_day_blocks_no_more() -> None:
    frame = advise("R0", as_of=TODAY + timedelta(days=1))
    assert "G4" not in names(frame) and frame.height == 3


def test_live_red_flag_advice_says_who_to_see_how_fast() -> None:
    emergency = red_flag_advice(["saddle_numbness"], "saddle numbness on 4 May 2026")
    soon = red_flag_advice(["sharp_pain"], "sharp pain on 4 May 2026")
    assert emergency.urgency == "emergency" and emergency.article_says.startswith(
        "Go to an emergency department now"
    )
    assert soon.urgency == "soon" and "call a doctor today" in soon.article_says
    assert "saddle numbness" in emergency.your_data and "Grade B" in emergency.what_is_known


def test_every_red_flag_of_the_day_counts_for_the_urgency() -> None:
    rows = match_rows("R0").with_columns(
        evidence=pl.lit("A red flag is active: leg weakness on 1 May 2026; fever on 4 May 2026."),
        red_flags=pl.lit(["leg_weakness", "fever"]),
    )
    frame = advice(TODAY, days(), rows, None, done(), flags_raised("fever"))
    assert "emergency department now, or call" in frame["article_says"].item()
    assert frame["your_data"].item().count("A red flag is active") == 1


def test_a_red_flag_the_match_of_the_day_does_not_hold_counts_with_those_it_does() -> None:
    rows = match_rows("R0").with_columns(
        evidence=pl.lit("A red flag is active: fever on 1 May 2026."), red_flags=pl.lit(["fever"])
    )
    frame = advice(TODAY, days(), rows, None, done(), flags_raised("leg_weakness"))
    assert (
        "leg weakness" in frame["your_data"].item()
        and "emergency department now, or call" in frame["article_says"].item()
    )


def test_words_about_a_leg_are_no_emergency() -> None:
    assert (
        red_flag_advice(["sharp_pain"], "no leg weakness, sharp pain on 4 May 2026").urgency
        == "soon"
    )


def test_at_most_three_however_much_stands() -> None:
    frame = advise("R1", "R2", "R3", "R6", "R12", "R14", "R17", scores=[5.0] * 7)
    assert (
        frame.height == 3 and frame["rank"].to_list() == [1, 2, 3] and len(set(names(frame))) == 3
    )


def test_worsening_comes_first_and_asks_for_a_doctor() -> None:
    frame = advise("R1", "R2", "R12", scores=[5.0] * 7)
    assert names(frame)[0] == "G4" and frame["pattern"][0] == "R1"
    assert not {"C1", "C2", "C3", "C7", "X3", "X4", "X5", "X7", "S4", "S5"}.intersection(
        names(frame)
    )


def test_better_evidence_comes_first() -> None:
    assert advise("R3", "R12", "R2")["pattern"].to_list() == ["R2", "R12", "R3"]


def test_own_finding_moves_a_pattern_up_and_is_told() -> None:
    frame = advise("R2", "R6", findings=finding("cadence_residual_pct", -1.5))
    assert frame["pattern"][0] == "R6" and "cadence_residual_pct goes with" in frame["your_data"][0]
    wrong_way = advise("R2", "R6", findings=finding("cadence_residual_pct", 1.5))
    assert wrong_way["pattern"][0] == "R2"


@pytest.mark.parametrize(
    ("verdict", "effect"), [("nothing_seen", -1.5), ("reacts", -1.5), ("possible", -0.5)]
)
def test_weak_finding_moves_nothing(verdict: str, effect: float) -> None:
    assert (
        advise("R2", "R6", findings=finding("cadence_residual_pct", effect, verdict))["pattern"][0]
        == "R2"
    )


def test_personal_link_brings_the_interventions_of_its_exposure() -> None:
    with_rides = days().with_columns(
        cycle_min=pl.when(pl.col("day") == TODAY).then(90.0).otherwise(0.0)
    )
    frame = advice(TODAY, with_rides, match_rows("R21"), finding("cycle_min", 1.5), done(), None)
    assert names(frame) == ["G3", "X1", "X6"]


def test_a_link_of_yesterday_stands_until_its_morning_is_over_also_once_that_is_scored() -> None:
    yesterday = TODAY - timedelta(days=1)
    ridden = days([*[2.0] * 30, 4.0]).with_columns(
        cycle_min=pl.when(pl.col("day") == yesterday).then(90.0).otherwise(0.0)
    )
    link = match_rows("R21", day=yesterday).with_columns(until_on=pl.lit(TODAY))
    frame = advice(TODAY, ridden, link, finding("cycle_min", 1.5), done(), None)
    assert frame["pattern"][0] == "R21"
    over = link.with_columns(until_on=pl.lit(yesterday))
    later = advice(TODAY, ridden, over, finding("cycle_min", 1.5), done(), None)
    assert "R21" not in later["pattern"].to_list()


def test_quiet_day_gives_the_habits() -> None:
    assert set(names(advise("R22"))) <= {"C1", "C2", "C3", "G1"} and advise("R22").height == 3


def test_advice_changes_from_day_to_day_and_is_the_same_for_the_same_day() -> None:
    sets = [
        tuple(names(advise("R22", as_of=TODAY + timedelta(days=number)))) for number in range(4)
    ]
    assert len(set(sets)) == 4
    assert names(advise("R22")) == names(advise("R22"))
    ongoing = [
        names(
            advise("R17", as_of=TODAY, started_on=TODAY - timedelta(days=number), scores=[3.0] * 7)
        )[0]
        for number in range(3)
    ]
    assert len(set(ongoing)) == 3


def test_first_day_of_an_episode_begins_with_the_default() -> None:
    assert names(advise("R12", scores=[1.0] * 7))[0] == "C1" and names(advise("R2"))[0] == "G3"


def test_what_was_done_lately_goes_last() -> None:
    assert names(advise("R12"))[0] == "C1"
    assert "C1" not in names(advise("R12", log=done("C1", on=TODAY - timedelta(days=1))))
    assert names(advise("R12", log=done("C1", on=TODAY - timedelta(days=5))))[0] == "C1"


@pytest.mark.parametrize(("ago_d", "is_lately"), [(2, True), (3, False)])
def test_done_lately_is_today_or_one_of_the_two_days_before(ago_d: int, is_lately: bool) -> None:
    log = done("C1", on=TODAY - timedelta(days=ago_d))
    assert ("C1" not in names(advise("R12", log=log))) is is_lately


def offered(pattern: str, **state: Any) -> set[str]:
    """Everything a pattern may bring over the days of a long episode."""
    return {
        name
        for number in range(12)
        for name in names(advise(pattern, started_on=TODAY - timedelta(days=number), **state))
    }


def test_deadlift_only_with_a_known_low_median() -> None:
    assert "X3" in offered("R12", scores=[2.0] * 7)
    assert "X3" not in offered("R12", scores=[4.0] * 7) and "X3" not in offered("R12")


def test_crossfit_only_with_a_very_low_median_and_no_bad_day() -> None:
    assert "X7" in offered("R14", scores=[1.0] * 7)
    assert "X7" not in offered("R14", scores=[1.0] * 6 + [4.0])
    assert "X7" not in offered("R14", scores=[3.0] * 7) and "X7" not in offered("R14")


def test_rolling_the_lower_back_only_with_a_known_low_score() -> None:
    assert "S4" in offered("R17", scores=[3.0] * 7)
    assert "S4" not in offered("R17", scores=[3.0] * 6 + [6.0]) and "S4" not in offered("R17")


def test_massage_never_comes_alone_nor_first() -> None:
    for number in range(12):
        chosen = names(advise("R17", started_on=TODAY - timedelta(days=number), scores=[6.0] * 7))
        assert chosen[0] not in ("M1", "M2", "M3")
        if {"M1", "M2", "M3"}.intersection(chosen):
            assert {"S1", "S2", "S3"}.intersection(chosen)
    assert {"M1", "M2", "M3"}.intersection(offered("R17", scores=[6.0] * 7))


def test_cycling_is_not_offered_to_whom_rides_go_with_tightness() -> None:
    assert "X2" in offered("R14")
    assert "X2" not in offered("R14", findings=finding("cycle_min", 1.5))
    assert all(
        "X2" not in names(advise("R14", "R15", started_on=TODAY - timedelta(days=number)))
        for number in range(6)
    )


def test_old_data_are_not_taken_for_today() -> None:
    frame = advise("R2", last=TODAY - timedelta(days=8))
    assert frame["pattern"].unique().to_list() == ["R22"] and frame[
        "heading"
    ].unique().to_list() == ["No fresh data"]
    assert frame["your_data"][0] == (
        "There are no fresh data since 26 April 2026, so this is the habit set, not an answer "
        "to your data."
    )


def test_match_of_the_last_known_day_still_speaks_within_a_week() -> None:
    frame = advise("R12", last=TODAY - timedelta(days=3))
    assert (
        frame["pattern"].to_list() == ["R12"] * 3
        and "Your last data are 3 days old." in frame["your_data"][0]
    )


def test_spike_of_two_weeks_ago_and_flare_of_last_week_are_over() -> None:
    assert advise("R2", last=TODAY - timedelta(days=4), started_on=TODAY - timedelta(days=9))[
        "pattern"
    ].unique().to_list() == ["R22"]
    assert advise("R17", last=TODAY - timedelta(days=4))["pattern"].unique().to_list() == ["R22"]


def test_days_after_the_day_asked_for_are_not_looked_at() -> None:
    frame = advice(
        TODAY,
        days(last=TODAY + timedelta(days=5)),
        match_rows("R2", day=TODAY + timedelta(days=2)),
        None,
        done(),
        None,
    )
    assert frame["pattern"].unique().to_list() == ["R22"]


def test_home_without_data_gets_the_habits() -> None:
    frame = advice(TODAY, pl.DataFrame(), pl.DataFrame(), None, pl.DataFrame(), None)
    assert frame.height == 3 and frame["heading"].unique().to_list() == ["No data yet"]
    assert (
        frame["your_data"][0]
        == "There are no data yet, so this is the habit set, not an answer to your data."
    )


@pytest.mark.parametrize("pattern", SPEAKING)
def test_three_sentences_stay_apart_and_honest(pattern: str) -> None:
    every_turn = [
        advise(pattern, scores=[2.0] * 7, started_on=TODAY - timedelta(days=number))
        for number in range(12)
    ]
    for row in pl.concat(every_turn).iter_rows(named=True):
        is_beside = row["heading"] == "Worth keeping up"
        assert is_beside or EVIDENCE.get(pattern, f"evidence of {pattern}") in row["your_data"]
        assert (
            re.search(r"Grade [A-D]: \w", row["what_is_known"])
            and "Evidence on" in row["what_is_known"]
        )
        assert (
            row["article_says"].startswith(find(row["intervention"]).how_to)
            and "Our caution: " in row["article_says"]
        )
        assert re.search(r"\b[Oo]urs?\b", row["article_says"].split("Our caution: ")[1])
        assert "not stated" not in row["article_says"] and not re.search(
            r"\([A-Z]\d\)|\bsee [A-Z]\d", " ".join(map(str, row.values()))
        )
        assert not re.search(r"\bcaus|diagnos", " ".join(map(str, row.values())).lower())
        assert max(len(row["what_is_known"]), len(row["article_says"])) <= 480


@pytest.mark.parametrize(
    "pattern", ["R2", "R3", "R4", "R6", "R7", "R8", "R9", "R10", "R11", "R15", "R19", "R20"]
)
def test_link_between_a_data_pattern_and_the_article_is_called_ours(pattern: str) -> None:
    assert all("Our link, not the article's" in text for text in advise(pattern)["article_says"])


def test_only_interventions_of_the_catalogue_are_given() -> None:
    known = {item.intervention for item in CATALOGUE}
    assert all(set(names(advise(pattern))) <= known for pattern in SPEAKING)


def test_why_a_pattern_matters_is_said_once() -> None:
    known = advise("R22")["what_is_known"].to_list()
    assert known[0].startswith("Regular core work") and not any(
        "Regular core work" in text for text in known[1:]
    )
    assert all("Grade D: " in text and "Evidence on" in text for text in known)


@pytest.mark.parametrize(
    ("intervention", "words"),
    [
        ("C2", "Our starting dose: 2 × 5 repetitions of 8 s on each side"),
        ("C1", "Dose: 30–60 s. Our addition: 2 times"),
        ("G1", "Dose: always. Our starting dose: 5–10 min."),
    ],
)
def test_dose_follows_what_to_do(intervention: str, words: str) -> None:
    shown = advise("R22", log=done(*({"C1", "C2", "C3", "G1"} - {intervention})))
    text = shown.filter(pl.col("intervention") == intervention)["article_says"].item()
    assert text.removeprefix(find(intervention).how_to).strip().startswith(words)


def test_high_score_of_the_day_gets_the_gentle_set_and_is_said() -> None:
    frame = advice(TODAY, days([4.0]), match_rows(), None, done(), None, scores=rated(4, 5, 6, 8))
    assert names(frame) == ["G3", "S2", "F4"] and frame["heading"].unique().to_list() == [
        "A high score"
    ]
    assert frame["your_data"][0] == (
        "Your newest score is 8 (4 May 2026), which is high; there is too little history to "
        "compare it with."
    )
    assert not frame["what_is_known"].str.contains("quiet|stood out").any()


def advise_rated(
    *patterns: str,
    all_scores: pl.DataFrame,
    first: Sequence[float | None] = (4.0,),
    as_of: date = TODAY,
    **more: Any,
) -> pl.DataFrame:
    return advice(
        as_of, days(first), match_rows(*patterns), None, done(), None, scores=all_scores, **more
    )


def test_high_score_calmer_since_is_told_as_the_highest() -> None:
    frame = advise_rated(all_scores=rated(4, 8, 5))
    assert frame["your_data"][0].startswith("Your highest score of 4 May 2026 is 8, which is high;")


def test_newest_score_is_the_one_given_last_whatever_the_order_of_the_rows() -> None:
    at = [datetime(2026, 5, 4, hour, tzinfo=UTC) for hour in (20, 7, 12)]
    frame = advise_rated(all_scores=rated(8, 4, 6).with_columns(rated_at=pl.Series(at)))
    assert frame["your_data"][0].startswith("Your newest score is 8")


def test_high_score_beside_enough_history_is_not_called_too_little_history() -> None:
    frame = advise_rated(all_scores=rated(4, 8), first=[2.0] * 20)
    assert (
        "too little history" not in frame["your_data"][0]
        and "no pattern explains it" in frame["your_data"][0]
    )


def test_high_score_is_over_when_a_calmer_day_follows_or_a_week_has_passed() -> None:
    calmer = pl.concat([rated(8, on=TODAY - timedelta(days=1)), rated(2)])
    assert advise_rated("R22", all_scores=calmer)["heading"][0] == "Nothing stood out"
    assert (
        advise_rated("R22", all_scores=rated(8, on=TODAY - timedelta(days=8)), first=())["heading"][
            0
        ]
        == "Nothing stood out"
    )
    assert (
        advise_rated("R22", all_scores=rated(8, on=TODAY - timedelta(days=3)), first=())["heading"][
            0
        ]
        == "A high score"
    )


def test_high_score_comes_before_other_patterns_and_holds_strength_back() -> None:
    frame = advise_rated("R12", all_scores=rated(4, 8))
    assert names(frame)[0] == "G3" and frame["pattern"].to_list() == ["R22", "R12", "R22"]
    assert not {"C1", "C2", "C3", "C7", "X3", "X4", "X5", "X7", "S4"}.intersection(names(frame))


def test_flare_speaks_of_the_high_score_itself() -> None:
    frame = advise_rated("R17", all_scores=rated(4, 8))
    assert frame["pattern"].unique().to_list() == ["R17"]


def test_later_score_of_the_day_counts_for_what_is_not_offered() -> None:
    def lower_back_rolled(*later: float) -> bool:
        return any(
            "S4"
            in names(
                advice(
                    TODAY,
                    days([2.0] * 7),
                    match_rows("R17", started_on=TODAY - timedelta(days=number)),
                    None,
                    done(),
                    None,
                    scores=rated(2, *later),
                )
            )
            for number in range(12)
        )

    assert lower_back_rolled() and not lower_back_rolled(4)


def test_scores_without_a_run_file_for_weeks_are_told_so() -> None:
    no_runs = days([2.0] * 30).with_columns(
        run_count=pl.when(pl.int_range(pl.len()) == 5).then(1.0).otherwise(0.0)
    )
    frame = advice(TODAY, no_runs, match_rows("R22"), None, done(), None)
    assert (
        frame["heading"].unique().to_list() == ["No run file lately"]
        and "habit set" in frame["what_is_known"][0]
    )
    fresh = no_runs.with_columns(run_count=pl.lit(1.0))
    assert (
        advice(TODAY, fresh, match_rows("R22"), None, done(), None)["heading"][0]
        == "Nothing stood out"
    )


def test_too_little_history_is_not_called_a_quiet_day() -> None:
    early = match_rows("R22").with_columns(value=pl.lit(3.0), threshold=pl.lit(14.0))
    frame = advice(TODAY, days([2.0]), early, None, done(), None)
    assert (
        frame["heading"].unique().to_list() == ["Too early to say"]
        and not frame["what_is_known"].str.contains("stood out").any()
    )


def test_heading_is_the_patterns_title_where_a_pattern_speaks() -> None:
    assert advise("R2")["heading"].unique().to_list() == ["One run much longer than lately"]
    assert advise("R2", red_flag=flags_raised("fever"))["heading"].to_list() == [
        "Red flag: get checked first"
    ]


def test_long_run_is_answered_with_easier_days_a_swim_and_a_warm_up() -> None:
    assert names(advise("R2")) == ["G3", "X1", "G1"]


def test_pattern_with_little_to_offer_makes_room_for_the_habit_set_from_its_third_day_on() -> None:
    frames = [advise("R2", started_on=TODAY - timedelta(days=number)) for number in range(7)]
    assert [frame["pattern"].to_list() for frame in frames] == [["R2"] * 3] * 2 + [
        ["R2", "R2", "R22"]
    ] * 5
    assert (
        frames[2]["heading"].to_list()[2] == "Worth keeping up"
        and "not an answer to your data" in frames[2]["your_data"][2]
    )
    assert "stood out" not in " ".join(map(str, frames[2].row(2)))
    # Beside another pattern, or with enough of its own, there is no need.
    assert "R22" not in advise("R2", "R12", started_on=TODAY - timedelta(days=4))["pattern"]
    assert "R22" not in advise("R12", started_on=TODAY - timedelta(days=4))["pattern"]


def test_same_three_are_not_given_every_day_of_a_week() -> None:
    by_day = [
        advise(
            "R2",
            as_of=TODAY + timedelta(days=number),
            last=TODAY + timedelta(days=number),
            started_on=TODAY,
        )
        for number in range(7)
    ]
    assert len({frozenset(names(frame)) for frame in by_day}) >= 5


def test_habit_set_beside_a_pattern_is_held_back_after_a_high_score() -> None:
    frame = advise("R20", "R1", scores=[5.0] * 7, started_on=TODAY - timedelta(days=4))
    assert not {"C1", "C2", "C3"} & set(names(frame))


def test_long_run_is_one_piece_of_advice_however_many_patterns_tell_of_it() -> None:
    states = ["normal"] * 9 + ["over_30_pct"]
    with_spike = days().with_columns(session_spike_state=pl.Series(states), run_count=pl.lit(1.0))
    link = finding("session_spike", 1.5).with_columns(exposure_high=pl.lit(1.0))
    frame = advice(TODAY, with_spike, match_rows("R2", "R21"), link, done(), None)
    assert (
        frame["pattern"].to_list() == ["R2"] * 3
        and "session_spike goes with more tightness." in frame["your_data"][0]
    )


def test_own_link_of_another_exposure_keeps_its_own_advice() -> None:
    rides = days().with_columns(cycle_min=pl.when(pl.col("day") == TODAY).then(90.0).otherwise(0.0))
    frame = advice(TODAY, rides, match_rows("R2", "R21"), finding("cycle_min", 1.5), done(), None)
    assert set(frame["pattern"]) == {"R2", "R21"}


def test_what_helped_this_runner_comes_first_and_is_told() -> None:
    assert names(advise("R12"))[0] == "C1"
    frame = advise("R12", effects=effect("C3", "helps", -1.04))
    assert names(frame)[0] == "C3"
    assert frame["your_data"][0].endswith(
        "In your own record, the day after Bridge your back was about 1 point less tight."
    )
    assert not frame["your_data"][1:].str.contains("in your own record").any()


def test_what_helped_is_offered_again_after_yesterday_but_not_twice_a_day() -> None:
    helps = effect("C3", "helps", -1.0)
    assert (
        names(advise("R12", effects=helps, log=done("C3", on=TODAY - timedelta(days=1))))[0] == "C3"
    )
    assert "C3" not in names(advise("R12", effects=helps, log=done("C3")))


def test_what_helped_is_not_offered_where_it_does_not_fit() -> None:
    assert "X3" not in names(advise("R12", scores=[5.0] * 7, effects=effect("X3", "helps", -2.0)))


@pytest.mark.parametrize("verdict", ["nothing_seen", "not_enough_data"])
def test_effect_that_is_none_moves_nothing(verdict: str) -> None:
    assert advise("R12", effects=effect("C3", verdict, -2.0)).equals(advise("R12"))


def test_what_went_with_more_tightness_is_not_offered_but_safety_is() -> None:
    assert "C1" not in names(advise("R12", effects=effect("C1", "hurts", 1.5)))
    assert "G3" in names(advise("R2", effects=effect("G3", "hurts", 1.5)))


def test_red_flag_is_said_as_people_say_it() -> None:
    flag = flags_raised("both_legs_pain")
    assert "pain down both legs" in red_flag_advice(flag.names, flag.evidence).your_data
    assert red_flag_advice(flag.names, flag.evidence).urgency == "emergency"
    rows = match_rows("R0").with_columns(
        evidence=pl.lit("A red flag is active: fever; pain down both legs on 3 May 2026."),
        red_flags=pl.lit(["fever", "both_legs_pain"]),
    )
    frame = advice(TODAY, days(), rows, None, done(), flag)
    assert "fever; pain down both legs" in frame["your_data"].item()


def test_fact_alone_brings_the_habit_set_and_is_told() -> None:
    frame = advise("R5")
    assert frame["pattern"].unique().to_list() == ["R22"] and set(names(frame)) <= {
        "C1",
        "C2",
        "C3",
        "G1",
    }
    assert frame["heading"].unique().to_list() == ["Good to know, nothing to change"]
    assert frame["your_data"][0] == (
        "evidence of R5 That alone is no reason to change anything, so this is the habit set, "
        "not an answer to your data."
    )
    assert not frame["what_is_known"].str.contains("stood out").any()


def test_fact_is_never_the_reason_beside_other_patterns() -> None:
    assert advise("R5", "R12")["pattern"].unique().to_list() == ["R12"]
    high = advise_rated("R5", all_scores=rated(4, 8))
    assert high["heading"].unique().to_list() == ["A high score"]


def test_fact_of_last_week_is_over() -> None:
    frame = advise("R5", last=TODAY - timedelta(days=3), started_on=TODAY - timedelta(days=9))
    assert "evidence of R5" not in frame["your_data"][0]


def test_nothing_is_offered_that_needs_what_is_held_back() -> None:
    core = {"C1", "C2", "C3", "C7"}
    given = offered("R1", scores=[5.0] * 7)
    assert "C4" in given and not core & given
    assert (
        "During core work" not in find("C4").how_to and "lying on your back" in find("C4").caution
    )


@pytest.mark.parametrize("pattern", ["R7", "R9", "R10"])
def test_worsening_holds_the_strength_work_of_other_patterns_back(pattern: str) -> None:
    chosen = {
        name
        for number in range(12)
        for name in names(
            advise("R1", pattern, scores=[5.0] * 7, started_on=TODAY - timedelta(days=number))
        )
    }
    assert not {"C1", "C2", "C3", "X4", "X5"} & chosen
