"""Three pieces of advice at most, a red flag above all, and what is not offered."""

import re
from datetime import date, timedelta

import polars as pl
import pytest

from tightlog.advice.choose import ADVICE_SCHEMA, advice, red_flag_advice
from tightlog.advice.interventions import CATALOGUE
from tightlog.patterns.match import MATCH_SCHEMA

TODAY = date(2026, 5, 4)
EVIDENCE = {"R2": "Sunday's 24.0 km was 41 % longer than anything in the 30 days before (17.0 km)."}


def days(scores=(), last=TODAY):
    """Watched days up to `last`; the scores are those of the last days."""
    count = max(len(scores), 10)
    padded = [None] * (count - len(scores)) + list(scores)
    return pl.DataFrame(
        {"day": [last - timedelta(days=count - 1 - number) for number in range(count)], "coverage": ["watched"] * count,
         "tightness_score": padded},
        schema={"day": pl.Date, "coverage": pl.String, "tightness_score": pl.Float64},
    )


def match_rows(*patterns, day=TODAY, started_on=None):
    rows = [(day, name, "new", started_on or day, EVIDENCE.get(name, f"evidence of {name}"), 1.0, 1.0) for name in patterns]
    return pl.DataFrame(rows, schema=dict(MATCH_SCHEMA), orient="row")


def done(*names, on=TODAY):
    return pl.DataFrame({"day": [on] * len(names), "intervention": list(names)}, schema={"day": pl.Date, "intervention": pl.String})


def finding(exposure, effect, verdict="clear"):
    return pl.DataFrame([{"exposure": exposure, "verdict": verdict, "effect_points": effect, "exposure_low": 0.0, "exposure_high": 20.0,
                          "sentence": f"{exposure} goes with more tightness."}])


def advise(*patterns, as_of=TODAY, scores=(), findings=None, log=None, red_flag=None, last=TODAY, started_on=None):
    return advice(as_of, days(scores, last), match_rows(*patterns, day=last, started_on=started_on), findings,
                  done() if log is None else log, red_flag)


def names(frame):
    return frame["intervention"].to_list()


@pytest.mark.parametrize("red_flag", ["saddle numbness on 04 May 2026", None])
def test_red_flag_blocks_everything_else(red_flag):
    patterns = ("R2", "R17") if red_flag else ("R0", "R2", "R17")
    frame = advise(*patterns, red_flag=red_flag)
    assert names(frame) == ["G4"] and frame["pattern"].item() == "R0" and frame.schema == pl.Schema(ADVICE_SCHEMA)


def test_red_flag_blocks_even_without_any_data():
    assert names(advice(TODAY, pl.DataFrame(), pl.DataFrame(), None, pl.DataFrame(), "fever")) == ["G4"]


def test_red_flag_the_journal_cleared_since_the_last_day_blocks_no_more():
    frame = advise("R0", as_of=TODAY + timedelta(days=1))
    assert "G4" not in names(frame) and frame.height == 3


def test_live_red_flag_advice_says_who_to_see_how_fast():
    emergency, soon = red_flag_advice("saddle numbness on 04 May 2026"), red_flag_advice("sharp pain on 04 May 2026")
    assert emergency.urgency == "emergency" and emergency.article_says.startswith("Go to an emergency department now")
    assert soon.urgency == "soon" and "call a doctor today" in soon.article_says
    assert "saddle numbness" in emergency.your_data and "Grade B" in emergency.what_is_known


def test_every_red_flag_of_the_day_counts_for_the_urgency():
    rows = match_rows("R0").with_columns(evidence=pl.lit("A red flag stands: leg weakness on 01 May 2026; fever on 04 May 2026."))
    frame = advice(TODAY, days(), rows, None, done(), "fever on 04 May 2026")
    assert "emergency department now, or call" in frame["article_says"].item()
    assert frame["your_data"].item().count("A red flag stands") == 1


def test_at_most_three_however_much_stands():
    frame = advise("R1", "R2", "R3", "R6", "R12", "R14", "R17", scores=[5.0] * 7)
    assert frame.height == 3 and frame["rank"].to_list() == [1, 2, 3] and len(set(names(frame))) == 3


def test_worsening_comes_first_and_asks_for_a_doctor():
    frame = advise("R1", "R2", "R12", scores=[5.0] * 7)
    assert names(frame)[0] == "G4" and frame["pattern"][0] == "R1"
    assert not {"C1", "C2", "C3", "C7", "X3", "X4", "X5", "X7", "S4", "S5"}.intersection(names(frame))


def test_better_evidence_comes_first():
    assert advise("R3", "R12", "R2")["pattern"].to_list() == ["R2", "R12", "R3"]


def test_own_finding_moves_a_pattern_up_and_is_told():
    frame = advise("R2", "R6", findings=finding("cadence_residual_pct", -1.5))
    assert frame["pattern"][0] == "R6" and "cadence_residual_pct goes with" in frame["your_data"][0]
    wrong_way = advise("R2", "R6", findings=finding("cadence_residual_pct", 1.5))
    assert wrong_way["pattern"][0] == "R2"


@pytest.mark.parametrize(("verdict", "effect"), [("nothing_seen", -1.5), ("reacts", -1.5), ("possible", -0.5)])
def test_weak_finding_moves_nothing(verdict, effect):
    assert advise("R2", "R6", findings=finding("cadence_residual_pct", effect, verdict))["pattern"][0] == "R2"


def test_personal_link_brings_the_interventions_of_its_exposure():
    with_rides = days().with_columns(cycle_min=pl.when(pl.col("day") == TODAY).then(90.0).otherwise(0.0))
    frame = advice(TODAY, with_rides, match_rows("R21"), finding("cycle_min", 1.5), done(), None)
    assert names(frame) == ["G3", "X1", "X6"]


def test_quiet_day_gives_the_habits():
    assert set(names(advise("R22"))) <= {"C1", "C2", "C3", "G1"} and advise("R22").height == 3


def test_advice_changes_from_day_to_day_and_is_the_same_for_the_same_day():
    sets = [tuple(names(advise("R22", as_of=TODAY + timedelta(days=number)))) for number in range(4)]
    assert len(set(sets)) == 4
    assert names(advise("R22")) == names(advise("R22"))
    ongoing = [names(advise("R17", as_of=TODAY, started_on=TODAY - timedelta(days=number), scores=[3.0] * 7))[0] for number in range(3)]
    assert len(set(ongoing)) == 3


def test_first_day_of_an_episode_begins_with_the_default():
    assert names(advise("R12", scores=[1.0] * 7))[0] == "C1" and names(advise("R2"))[0] == "G3"


def test_what_was_done_lately_goes_last():
    assert names(advise("R12"))[0] == "C1"
    assert "C1" not in names(advise("R12", log=done("C1", on=TODAY - timedelta(days=1))))
    assert names(advise("R12", log=done("C1", on=TODAY - timedelta(days=5))))[0] == "C1"


def offered(pattern, **state):
    """Everything a pattern may bring over the days of a long episode."""
    return {name for number in range(12) for name in names(advise(pattern, started_on=TODAY - timedelta(days=number), **state))}


def test_deadlift_only_with_a_known_low_median():
    assert "X3" in offered("R12", scores=[2.0] * 7)
    assert "X3" not in offered("R12", scores=[4.0] * 7) and "X3" not in offered("R12")


def test_crossfit_only_with_a_very_low_median_and_no_bad_day():
    assert "X7" in offered("R14", scores=[1.0] * 7)
    assert "X7" not in offered("R14", scores=[1.0] * 6 + [4.0])
    assert "X7" not in offered("R14", scores=[3.0] * 7) and "X7" not in offered("R14")


def test_rolling_the_lower_back_only_with_a_known_low_score():
    assert "S4" in offered("R17", scores=[3.0] * 7)
    assert "S4" not in offered("R17", scores=[3.0] * 6 + [6.0]) and "S4" not in offered("R17")


def test_massage_never_comes_alone_nor_first():
    for number in range(12):
        chosen = names(advise("R17", started_on=TODAY - timedelta(days=number), scores=[6.0] * 7))
        assert chosen[0] not in ("M1", "M2", "M3")
        if {"M1", "M2", "M3"}.intersection(chosen):
            assert {"S1", "S2", "S3"}.intersection(chosen)
    assert {"M1", "M2", "M3"}.intersection(offered("R17", scores=[6.0] * 7))


def test_cycling_is_not_offered_to_whom_rides_go_with_tightness():
    assert "X2" in offered("R14")
    assert "X2" not in offered("R14", findings=finding("cycle_min", 1.5))
    assert all("X2" not in names(advise("R14", "R15", started_on=TODAY - timedelta(days=number))) for number in range(6))


def test_old_data_are_not_taken_for_today():
    frame = advise("R2", last=TODAY - timedelta(days=8))
    assert frame["pattern"].unique().to_list() == ["R22"] and frame["your_data"][0].startswith("No fresh data since 26 April 2026.")


def test_match_of_the_last_known_day_still_speaks_within_a_week():
    frame = advise("R2", last=TODAY - timedelta(days=3))
    assert frame["pattern"].to_list() == ["R2"] * 3 and "Your last data are 3 days old." in frame["your_data"][0]


def test_spike_of_two_weeks_ago_and_flare_of_last_week_are_over():
    assert advise("R2", last=TODAY - timedelta(days=4), started_on=TODAY - timedelta(days=9))["pattern"].unique().to_list() == ["R22"]
    assert advise("R17", last=TODAY - timedelta(days=4))["pattern"].unique().to_list() == ["R22"]


def test_days_after_the_day_asked_for_are_not_looked_at():
    frame = advice(TODAY, days(last=TODAY + timedelta(days=5)), match_rows("R2", day=TODAY + timedelta(days=2)), None, done(), None)
    assert frame["pattern"].unique().to_list() == ["R22"]


def test_home_without_data_gets_the_habits():
    frame = advice(TODAY, pl.DataFrame(), pl.DataFrame(), None, pl.DataFrame(), None)
    assert frame.height == 3 and frame["your_data"][0] == "There are no data yet."


@pytest.mark.parametrize("pattern", ["R1", "R2", "R3", "R6", "R12", "R14", "R15", "R16", "R17", "R22"])
def test_three_sentences_stay_apart_and_honest(pattern):
    for row in advise(pattern, scores=[2.0] * 7).iter_rows(named=True):
        assert EVIDENCE.get(pattern, f"evidence of {pattern}") in row["your_data"]
        assert re.search(r"Grade [A-D]: \w", row["what_is_known"]) and "Evidence on" in row["what_is_known"]
        assert row["article_says"].startswith("The article has ") and "in our words" in row["article_says"]
        assert re.search(r"\b[Oo]urs?\b", row["article_says"].split("Our caution: ")[1])
        assert not re.search(r"\bcaus|diagnos", " ".join(map(str, row.values())).lower())
        assert max(len(row["what_is_known"]), len(row["article_says"])) <= 560


@pytest.mark.parametrize("pattern", ["R2", "R3", "R6", "R15"])
def test_link_between_a_data_pattern_and_the_article_is_called_ours(pattern):
    assert all("Our link, not the article's" in text for text in advise(pattern)["article_says"])


def test_only_interventions_of_the_catalogue_are_given():
    known = {item.intervention for item in CATALOGUE}
    assert all(set(names(advise(f"R{number}"))) <= known for number in (1, 2, 3, 6, 12, 14, 15, 16, 17, 22))
