"""Advice declined: not offered at once and after the next refresh, until it is taken back; the same
after a rebuild.
"""

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import SAMPLE_LAST_DAY
from tightlog.answers.actions.declining import decline, offer_again
from tightlog.answers.logged import DECLINED, lines
from tightlog.answers.today import Today, today
from tightlog.errors import DiaryError
from tightlog.home.settings import Home, Settings
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

DAY = SAMPLE_LAST_DAY
NOW, TOMORROW = Moment(DAY, None), Moment(DAY + timedelta(days=1), None)


@pytest.fixture
def home(four_months: Home, tmp_path: Path) -> Home:
    folder = tmp_path / "home"
    shutil.copytree(four_months.folder, folder, symlinks=True)
    return Home(folder)


def facts(home: Home, day: date = DAY) -> Today:
    return today(home, store.published_version(home), day)


def offered(home: Home, day: date = DAY) -> list[str]:
    return [row["intervention"] for row in facts(home, day).advice]


def refreshed(home: Home, *, from_scratch: bool = False, day: date = DAY) -> Sequence[str]:
    refresh(home, Settings("UTC"), today=day, from_scratch=from_scratch)
    return offered(home, day)


def test_what_is_declined_is_gone_at_once_and_another_takes_its_place(home: Home) -> None:
    before = refreshed(home)
    decline(home, before[0], NOW, is_lasting=False)
    assert offered(home) == before[1:]
    after = refreshed(home)
    assert before[0] not in after and len(after) == len(before)
    assert refreshed(home, from_scratch=True) == after


def test_not_today_ends_with_the_day_and_not_for_me_when_it_is_taken_back(home: Home) -> None:
    today_only, lasting = refreshed(home)[:2]
    decline(home, today_only, NOW, is_lasting=False)
    decline(home, lasting, NOW, is_lasting=True)
    assert facts(home).declined == {today_only, lasting}
    assert facts(home, TOMORROW.day).declined == {lasting}
    assert lasting not in refreshed(home, day=TOMORROW.day)
    offer_again(home, lasting, TOMORROW)
    assert facts(home, TOMORROW.day).declined == frozenset()


def test_a_second_tap_writes_nothing_and_the_diary_names_what_was_declined(home: Home) -> None:
    name = refreshed(home)[0]
    first = decline(home, name, NOW, is_lasting=True)
    assert decline(home, name, NOW, is_lasting=True) == first
    journal = read_journal(home.journal)
    assert [one.entry_id for one in journal.declined] == [first]
    listed = [line for line in lines(journal, pl.DataFrame()) if line.kind == DECLINED]
    assert [(line.intervention, line.is_lasting) for line in listed] == [(name, True)]
    offer_again(home, name, NOW)
    offer_again(home, name, NOW)
    assert read_journal(home.journal).declined == ()


def test_the_advice_to_see_a_doctor_cannot_be_declined(home: Home) -> None:
    with pytest.raises(DiaryError, match="cannot be declined"):
        decline(home, "G4", NOW, is_lasting=True)


def test_json_is_as_before(home: Home) -> None:
    assert not {"declined", "helped"} & set(facts(home).as_json())


def test_old_data_give_no_advice(home: Home) -> None:
    later = DAY + timedelta(days=9)
    assert refreshed(home, day=later) == []
    assert store.relation(store.published_version(home), "advice").height > 0
    assert facts(home, later).as_json()["advice"] == ()
    assert facts(home, later).stands_out is None
