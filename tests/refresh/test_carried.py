"""What nothing changed is carried on, and not made again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from tests.builders import SETTINGS, START, home_at, run_fit
from tests.refresh.test_replay import small_home
from tightlog.domain.score_frames import score_frame
from tightlog.domain.trials import LoggedTrial, Toss, TrialEnding
from tightlog.features.day import day_features
from tightlog.home.settings import Home
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.analysis import linked_relations
from tightlog.refresh.carried import NOTHING_MADE, Made
from tightlog.refresh.refresh import refresh
from tightlog.refresh.trials import trial_relations
from tightlog.warehouse import store

NO_SCORES = score_frame([])


def scored_home(folder: Path) -> Home:
    home = home_at(folder, a_fit=run_fit())
    for number in range(6):
        at = START + timedelta(days=number)
        rate(home.journal, number % 5, Moment(at.date(), at - timedelta(hours=1)))
    refresh(home, SETTINGS)
    return home


def test_what_was_made_from_the_same_days_stands_and_is_made_again_from_others() -> None:
    history = small_home(1)
    days, done = day_features(history.features)[:60], history.log
    made = linked_relations(days, done, NOTHING_MADE)
    # Rows no analysis would make: where they come back, they were carried on.
    marked = {name: rows.clear() for name, rows in made.rows.items()}
    again = linked_relations(days, done, Made(marked, made.made_from))
    assert {name: rows.height for name, rows in again.rows.items()} == {
        "finding": 0,
        "effect": 0,
        "past_look": 0,
    }
    is_last = pl.col("day") == days.drop_nulls("tightness_score")["day"].max()
    rated_again = days.with_columns(
        tightness_score=pl.when(is_last).then(9.0).otherwise("tightness_score")
    )
    renewed = linked_relations(rated_again, done, Made(marked, made.made_from))
    assert all(renewed.rows[name].height > 0 for name in ("finding", "effect"))
    assert renewed.made_from.keys() == made.made_from.keys()


def test_findings_carried_on_are_those_of_a_rebuild(tmp_path: Path) -> None:
    home = scored_home(tmp_path)
    marks = store.query(store.published_version(home), "from ingest.made_from order by all")
    (home.raw / "c.fit").write_bytes(run_fit(datetime(2026, 5, 12, 6, tzinfo=UTC)))
    refresh(home, SETTINGS)
    version = store.published_version(home)
    assert store.query(version, "from ingest.made_from order by all").equals(marks)
    carried = store.relation(version, "finding")
    refresh(home, SETTINGS, from_scratch=True)
    rebuilt = store.relation(store.published_version(home), "finding")
    assert carried.equals(rebuilt) and carried["score_count"].max() == 6


def test_reading_alone_keeps_what_an_analysis_wrote_with_its_comments(tmp_path: Path) -> None:
    home = scored_home(tmp_path)
    old = store.published_version(home)
    (home.raw / "c.fit").write_bytes(run_fit(datetime(2026, 5, 12, 6, tzinfo=UTC)))
    refresh(home, SETTINGS, analysed=False)
    new = store.published_version(home)
    assert [store.relation(one, "activity").height for one in (old, new)] == [1, 2]
    for name in ("day", "feature", "finding", "effect", "pattern_match", "advice"):
        assert store.relation(new, name).equals(store.relation(old, name)), name
    said = (
        "select table_name, column_name, comment from duckdb_columns() where not internal union all"
        " select table_name, null, comment from duckdb_tables() order by all"
    )
    assert store.query(new, said).equals(store.query(old, said))
    marks = "from ingest.made_from order by all"
    assert store.query(new, marks).equals(store.query(old, marks))


def test_answers_of_trials_stand_until_what_they_are_made_from_changes(tmp_path: Path) -> None:
    home, day = home_at(tmp_path), START.date()
    trial = LoggedTrial(
        trial_id="t1",
        intervention="S1",
        planned_on=day,
        tosses_planned=24,
        started_on=day,
        seed_hash="0" * 64,
        ended_on=day,
        ending=TrialEnding.RUNNER,
        tosses=(Toss(day, True, True),),
    )
    days = pl.DataFrame({"day": [day], "tightness_score": [4.0]})
    made = trial_relations(home, [trial], days, NO_SCORES)
    # An answer no trial would give: where it comes back, it was carried on.
    marked = made.rows["trial"].with_columns(sentence=pl.lit("carried on"))
    before = Made({**made.rows, "trial": marked}, made.made_from)
    again = trial_relations(home, [trial], days, NO_SCORES, before)
    assert again.rows["trial"].equals(marked)
    assert again.rows["trial_day"].equals(made.rows["trial_day"])
    rated_again = days.with_columns(tightness_score=pl.lit(5.0))
    for other in (
        trial_relations(home, [trial], rated_again, NO_SCORES, before),
        trial_relations(home, [replace(trial, stop_note="a cold")], days, NO_SCORES, before),
        trial_relations(home, [], days, NO_SCORES, before),
    ):
        assert "carried on" not in other.rows["trial"]["sentence"]
        assert other.made_from != made.made_from
