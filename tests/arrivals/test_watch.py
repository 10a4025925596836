"""A file that arrives is noticed once, when it is written completely."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.arrivals.watch import GONE, LONGEST_WAIT_S, Settling, news
from tightlog.refresh.refresh import refresh


def test_what_the_warehouse_knows_is_no_news(tmp_path: Path) -> None:
    phone = tmp_path / "phone"
    phone.mkdir()
    (phone / "run.fit").write_bytes(run_fit())
    settings, home = replace(SETTINGS, sources=(str(phone),)), home_at(tmp_path / "home")
    assert list(news(home, settings)) == [f"{phone}/run.fit"]
    refresh(home, settings)
    assert news(home, settings) == {}
    (home.raw / "next.fit").write_bytes(run_fit(START + timedelta(days=1)))
    (phone / "other.fit").write_bytes(run_fit(START + timedelta(days=2)))
    refresh(home, settings)
    (phone / "other.fit").unlink()
    assert news(home, settings) == {f"{phone}/other.fit": GONE}
    phone.rename(tmp_path / "away")
    assert GONE not in news(home, settings).values(), "an unplugged disk takes nothing away"
    refresh(home, settings)
    assert news(home, settings) == {}, "and is news once"


def test_a_growing_file_is_waited_for() -> None:
    watch = Settling()
    assert not watch.is_due({"a": "1"}, 0)
    assert not watch.is_due({"a": "2"}, 30)
    assert watch.is_due({"a": "2"}, 60)
    assert not watch.is_due({"a": "2"}, 90), "once is enough, however the refresh went"
    assert not watch.is_due({"a": "3"}, 120)
    assert watch.is_due({"a": "3"}, 150)


def test_a_growing_file_keeps_no_other_waiting() -> None:
    watch = Settling()
    assert not watch.is_due({"log": "1"}, 0)
    assert not watch.is_due({"log": "2", "run": "1"}, 30)
    assert watch.is_due({"log": "3", "run": "1"}, 60)


def test_a_file_that_never_stops_growing_is_read_in_the_end() -> None:
    watch = Settling()
    due = [at for at in range(0, 400, 30) if watch.is_due({"log": str(at)}, at)]
    assert due[0] == LONGEST_WAIT_S
