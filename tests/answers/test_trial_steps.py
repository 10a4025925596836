"""Steps of a trial, on a home: what may be taken when, what is on disk, and what stays secret."""

import json
import stat
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.answers.actions import entries, trials
from tightlog.answers.actions.refreshes import refreshed
from tightlog.answers.report.facts import report_facts
from tightlog.answers.report.page import report_html
from tightlog.answers.today import today
from tightlog.answers.trial import trial_today
from tightlog.cli.main import main
from tightlog.domain.trials import Toss, TrialEnding, TrialState
from tightlog.errors import TrialRefused
from tightlog.home.sealed_seed import sealed_seed
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.refresh.refresh import refresh
from tightlog.trials.power import habits
from tightlog.trials.schedule import schedule, seed_hash
from tightlog.warehouse import store

FIRST = datetime.now(UTC).date() - timedelta(days=40)


def _score(home: Home, day: date, score: float) -> None:
    entries.give_score(home, score, Moment(day, datetime.combine(day, time(6), UTC)))


def _running(folder: Path, tosses: int = 24) -> Home:
    home = home_at(folder / "home")
    trials.plan(home, "cat-cow", FIRST, tosses)
    trials.start(home, FIRST)
    return home


def test_the_coin_is_shown_after_the_score_once_a_day_and_as_the_seed_says(tmp_path: Path) -> None:
    home = _running(tmp_path)
    with pytest.raises(TrialRefused, match="score first"):
        trials.toss(home, FIRST)
    for number in range(8):
        day = FIRST + timedelta(days=number)
        _score(home, day, 4)
        made = trials.toss(home, day)
        assert trials.toss(home, day) == made
    shown = trial_today(home, FIRST)
    assert shown is not None and shown.coin is not None and shown.coin.startswith("Coin: ")
    trial, seed = shown.trial, sealed_seed(home, shown.trial.trial_id)
    assert seed is not None and trial.seed is None and seed_hash(seed) == trial.seed_hash
    assert [one.is_assigned for one in trial.tosses] == schedule(seed, 8)["is_assigned"].to_list()


def test_no_toss_below_a_score_of_two(tmp_path: Path) -> None:
    home = _running(tmp_path)
    _score(home, FIRST, 1)
    with pytest.raises(TrialRefused, match="no toss today"):
        trials.toss(home, FIRST)


def test_the_seed_is_its_owners_alone_and_nowhere_but_in_its_file(tmp_path: Path) -> None:
    home = _running(tmp_path)
    _score(home, FIRST, 4)
    trials.toss(home, FIRST)
    refresh(home, settings_of(home))
    [file] = home.sealed_seeds.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.sealed_seeds.stat().st_mode) == 0o700
    seed = file.read_text().strip().encode()
    others = [one for one in home.folder.rglob("*") if one.is_file() and one != file]
    assert others and not any(seed in one.read_bytes() for one in others)
    version = store.published_version(home)
    day = store.relation(version, "trial_day")
    assert day.height == 1 and day["block"].to_list() == [None]
    assert store.relation(version, "trial")["seed"].to_list() == [None]


def test_stopping_moves_the_seed_to_the_journal_where_anybody_can_check_it(tmp_path: Path) -> None:
    home = _running(tmp_path)
    for number in range(14):
        _score(home, FIRST + timedelta(days=number), 3 + number % 3)
        toss = trials.toss(home, FIRST + timedelta(days=number))
        trials.log_done(home, toss.day, toss.is_assigned)
    stopped = trials.stop(home, FIRST + timedelta(days=14))
    assert stopped.state is TrialState.STOPPED and stopped.seed is not None
    assert not list(home.sealed_seeds.iterdir())
    with pytest.raises(TrialRefused, match="no trial is running"):
        trials.toss(home, FIRST + timedelta(days=15))
    refresh(home, settings_of(home))
    version = store.published_version(home)
    row = store.relation(version, "trial").row(0, named=True)
    assert row["is_seed_right"] is True and row["state"] == "stopped" and row["n_as_told"] == 14
    assert row["p_value"] is None and row["verdict"] == "stopped"
    assert store.relation(version, "trial_day")["block"].null_count() == 0
    refresh(home, settings_of(home), from_scratch=True)
    assert store.relation(store.published_version(home), "trial").row(0, named=True) == row


def test_a_changed_coin_in_the_journal_is_told(tmp_path: Path) -> None:
    home = _running(tmp_path)
    _score(home, FIRST, 4)
    toss = trials.toss(home, FIRST)
    trials.stop(home, FIRST)
    was, now = (json.dumps({"is_assigned": side})[1:-1] for side in
                (toss.is_assigned, not toss.is_assigned))  # fmt: skip
    home.journal.write_text(home.journal.read_text().replace(was, now))
    refresh(home, settings_of(home))
    row = store.relation(store.published_version(home), "trial").row(0, named=True)
    assert row["is_seed_right"] is False and "no answer" in row["sentence"]


def test_a_warning_sign_stops_the_trial_at_once_and_none_begins_beside_it(tmp_path: Path) -> None:
    home = _running(tmp_path)
    _score(home, FIRST, 9)
    [trial] = read_journal(home.journal).trials
    assert trial.ending is TrialEnding.RED_FLAG and trial_today(home, FIRST) is None
    with pytest.raises(TrialRefused, match="warning sign"):
        trials.plan(home, "cat-cow", FIRST)


def test_a_lost_seed_ends_the_trial_and_is_told(tmp_path: Path) -> None:
    home = _running(tmp_path)
    [file] = home.sealed_seeds.iterdir()
    file.unlink()
    _score(home, FIRST, 4)
    with pytest.raises(TrialRefused, match="seed is lost"):
        trials.toss(home, FIRST)
    [trial] = read_journal(home.journal).trials
    assert trial.ending is TrialEnding.LOST_SEED and trial.seed is None


def test_all_tosses_made_end_the_trial_with_its_answer(tmp_path: Path) -> None:
    home = _running(tmp_path)
    for number in range(25):
        _score(home, FIRST + timedelta(days=number), 3 + number % 2)
        if number < 24:
            trials.toss(home, FIRST + timedelta(days=number))
    with pytest.raises(TrialRefused, match="all tosses are made"):
        trials.toss(home, FIRST + timedelta(days=24))
    refresh(home, settings_of(home))
    row = store.relation(store.published_version(home), "trial").row(0, named=True)
    assert row["state"] == "ended" and row["p_value"] is not None and row["seed"] is not None


def test_two_trials_of_one_exercise_are_read_together_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = home_at(tmp_path / "home")
    for first in (FIRST, FIRST + timedelta(days=20)):
        trials.plan(home, "cat-cow", first, 24)
        trials.start(home, first)
        for number in range(18):
            day = first + timedelta(days=number)
            _score(home, day, 3 + number % 2)
            trials.toss(home, day)
        trials.stop(home, first + timedelta(days=18))
    refresh(home, settings_of(home))
    version = store.published_version(home)
    each = store.relation(version, "trial")
    [row] = store.relation(version, "trial_series").to_dicts()
    assert (row["intervention"], row["trials"], row["tosses_made"]) == ("S1", 2, 36)
    assert row["e_value"] == pytest.approx(each["e_value"].product())
    assert main(["--home", str(home.folder), "trial", "answer"]) == 0
    assert " ".join(row["sentence"].split()) in " ".join(capsys.readouterr().out.split())
    span = (FIRST, FIRST + timedelta(days=40))
    page = report_html(report_facts(home, settings_of(home), version, span))
    assert "2 trials together, 36 tosses" in page


def test_today_shows_the_coin_of_the_day_and_gives_no_advice_about_it(tmp_path: Path) -> None:
    home = _running(tmp_path)
    _score(home, FIRST, 4)
    refresh(home, settings_of(home))
    version = store.published_version(home)
    before = today(home, version, FIRST)
    assert before.coin is not None and "trial toss" in before.coin
    trials.toss(home, FIRST)
    after = today(home, version, FIRST)
    assert after.coin is not None and "Coin: " in after.coin
    assert "S1" not in {row["intervention"] for row in after.advice}
    trials.stop(home, FIRST)
    assert today(home, version, FIRST).coin is None


def test_one_trial_at_a_time_and_nothing_that_may_be_forbidden(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    for forbidden in ("deadlift", "G1", "S4", "M1"):
        with pytest.raises(TrialRefused, match="cannot be left to a coin"):
            trials.plan(home, forbidden, FIRST)
    trials.plan(home, "cat-cow", FIRST)
    trials.start(home, FIRST)
    with pytest.raises(TrialRefused, match="one trial at a time"):
        trials.plan(home, "swimming", FIRST)
    with pytest.raises(TrialRefused, match="no toss on"):
        trials.log_done(home, FIRST, True)


def test_a_warning_sign_in_a_score_file_ends_the_trial(tmp_path: Path) -> None:
    home = _running(tmp_path)
    _score(home, FIRST, 4)
    trials.toss(home, FIRST)
    day = FIRST + timedelta(days=3)
    (home.raw / "scores.csv").write_text(f"day,score\n{day},9\n", encoding="utf-8")
    refresh(home, settings_of(home))
    # The relation says so at once; the journal with the next step of anybody.
    row = store.relation(store.published_version(home), "trial").row(0, named=True)
    assert (row["state"], row["ending"], row["ended_on"]) == ("stopped", "red_flag", day)
    assert trial_today(home, day) is None
    _score(home, day + timedelta(days=1), 4)
    with pytest.raises(TrialRefused, match="warning sign stopped"):
        trials.toss(home, day + timedelta(days=1))
    [trial] = read_journal(home.journal).trials
    assert trial.ending is TrialEnding.RED_FLAG and trial.seed is not None


def test_a_refresh_somebody_starts_writes_that_end(tmp_path: Path) -> None:
    home = _running(tmp_path)
    day = FIRST + timedelta(days=3)
    (home.raw / "scores.csv").write_text(f"day,score\n{day},9\n", encoding="utf-8")
    refreshed(home)
    [trial] = read_journal(home.journal).trials
    assert (trial.ending, trial.ended_on) == (TrialEnding.RED_FLAG, day)


def test_a_score_of_a_file_is_enough_for_the_coin(tmp_path: Path) -> None:
    home = _running(tmp_path)
    (home.raw / "scores.csv").write_text(f"day,score\n{FIRST},4\n", encoding="utf-8")
    refresh(home, settings_of(home))
    assert trials.toss(home, FIRST).day == FIRST


def test_what_is_done_in_a_trial_stands_in_the_diary_once(tmp_path: Path) -> None:
    home = _running(tmp_path)
    _score(home, FIRST, 4)
    trials.toss(home, FIRST)
    for _ in range(2):
        trials.log_done(home, FIRST, True)
        assert [one.day for one in read_journal(home.journal).interventions] == [FIRST]
    trials.log_done(home, FIRST, False)
    assert read_journal(home.journal).interventions == ()


def test_a_stop_keeps_its_reason(tmp_path: Path) -> None:
    home = _running(tmp_path)
    assert trials.stop(home, FIRST, "a long trip").stop_note == "a long trip"
    refresh(home, settings_of(home))
    row = store.relation(store.published_version(home), "trial").row(0, named=True)
    assert row["stop_note"] == "a long trip"


def test_own_tosses_move_what_is_expected_of_the_next_trial() -> None:
    usual = habits([])
    assert usual == pytest.approx((0.85, 0.10))
    often_left = habits([Toss(FIRST, True, False)] * 20 + [Toss(FIRST, False, True)] * 20)
    assert often_left == pytest.approx((0.425, 0.55))
    assert habits([Toss(FIRST, True, None)] * 20) == pytest.approx(usual)
