"""Homes that are made to show what is not theirs, or that cannot be asked: nothing of them, and
nothing of anybody else, is in the lake for it.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.cohort.conftest import MakeHome, agree, joined
from tests.cohort.test_lake import counts, done
from tests.ordinary_user import ordinary_user
from tests.sampled import by_hand
from tightlog.cohort.borders import CLOSED, LINKED_OUT, RECORDS_OUT, UNCLEAR
from tightlog.cohort.cohort_file import Cohort, read_cohort, with_home
from tightlog.cohort.outcomes import State
from tightlog.home.settings import Home
from tightlog.warehouse.lake.foreign import LEADS_OUT
from tightlog.warehouse.lake.partitions import homes_in
from tightlog.warehouse.publish import writer_lock

SECRET = "the note of somebody else"


def link(place: Path, target: Path) -> None:
    """A link in the place of what is there."""
    place.rename(place.with_name(f"was-{place.name}"))
    place.symlink_to(target)


def to_version(thief: Home, victim: Home) -> None:
    thief.database.unlink()
    thief.database.symlink_to(victim.database.resolve())


LINKS: dict[str, Callable[[Home, Home], None]] = {
    "settings": lambda thief, victim: link(thief.settings_file, victim.settings_file),
    "data": lambda thief, victim: link(thief.folder / "data", victim.folder / "data"),
    "raw": lambda thief, victim: link(thief.raw, victim.raw),
    "diary": lambda thief, victim: link(thief.journal.parent, victim.journal.parent),
    "journal": lambda thief, victim: link(thief.journal, victim.journal),
    "warehouse": lambda thief, victim: link(thief.warehouse, victim.warehouse),
    "version": to_version,
    "file": lambda thief, victim: (thief.raw / "x.csv").symlink_to(victim.raw / "scores.csv"),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_shows_no_runner_the_files_of_another(
    team: Cohort, shared_home: MakeHome, name: str
) -> None:
    thief = shared_home("thief", ("status", "days"), refresh=True)
    victim = shared_home("victim", ("status", "days"))
    for home in (thief, victim):
        home.journal.parent.mkdir(exist_ok=True)
        home.journal.touch()
    LINKS[name](thief, victim)
    outcomes, summary = done(joined(team, thief, victim))
    assert summary.failed == {"runner-01": LINKED_OUT}
    assert homes_in(team.lake) == {"runner-02"}
    assert outcomes[1].state is State.DONE


VIEWS = {
    "a view of a file": "drop table tightness; create view tightness as from read_text('{secret}')",
    "a view of a path": "drop table tightness; create view tightness as from '{secret}'",
    "a view of a part": "drop table advice; create view advice as select (select content from "
    "read_text('{secret}')) as intervention",
    "a function": "create macro median(x) as (select content from read_text('{secret}'))",
    "files worked out": "create or replace view ingest.record as from read_parquet('{secret}'||'')",
    "records of others": "create or replace view ingest.record as from read_parquet('{secret}'); "
    "drop table tightness; create view tightness as from ingest.record",
}


@pytest.mark.parametrize(
    ("name", "refresh"),
    [
        *((name, False) for name in VIEWS),
        ("records of others", True),
        *by_hand(*((name, True) for name in VIEWS if name != "records of others")),
    ],
)
def test_a_warehouse_made_to_read_files_is_not_opened(
    team: Cohort, shared_home: MakeHome, tmp_path: Path, name: str, refresh: bool
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"a\n{SECRET}\n")
    home = shared_home("one", ("status", "days"), refresh=refresh)
    version = home.database.resolve()
    version.chmod(0o600)
    with duckdb.connect(str(version)) as connection:
        # DuckDB looks at the file while it makes a view of it.
        if "read_parquet" in VIEWS[name]:
            connection.execute(f"copy (select 1 as a) to '{secret}' (format parquet)")
        connection.execute(VIEWS[name].format(secret=secret))
    outcomes, summary = done(joined(team, home))
    assert summary.failed == {"runner-01": LEADS_OUT}
    assert homes_in(team.lake) == set()
    assert SECRET not in str(outcomes)


def test_of_a_copied_home_the_records_stay_out_until_it_is_made_anew(
    team: Cohort, four_months: Home, shared_home: MakeHome, tmp_path: Path
) -> None:
    parts = {"one": ("status", "days"), "two": ("records",)}
    copies = [Home(tmp_path / "copies" / name) for name in parts]
    for home, shared in zip(copies, parts.values(), strict=True):
        shutil.copytree(four_months.folder, home.folder, symlinks=True)
        agree(home, shared)
    cohort = joined(team, *copies)
    outcomes, summary = done(cohort, "1")
    assert outcomes[0].state is State.DONE
    assert summary.failed == {"runner-02": RECORDS_OUT}
    agree(copies[1], ("records",), refresh=True)
    outcomes, _ = done(cohort, "2")
    assert outcomes[1].state is State.DONE and counts(cohort, "record")["runner-02"] > 1000


def test_sources_outside_a_home_are_not_read_for_a_cohort(
    team: Cohort, shared_home: MakeHome, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "scores.csv").write_text("date,score\n2026-05-09,9\n")
    home = shared_home("one", ("days",), refresh=True)
    text = home.settings_file.read_text()
    home.settings_file.write_text(f'sources = ["{outside}"]\n{text}')
    before = {file: file.lstat().st_mtime_ns for file in home.folder.rglob("*")}
    outcomes, _ = done(joined(team, home))
    assert outcomes[0].state is State.DONE and outcomes[0].new_files == 0
    assert {file: file.lstat().st_mtime_ns for file in home.folder.rglob("*")} == before


@pytest.mark.parametrize(
    "text",
    [
        "[share\nwith = ",
        '[share]\nwith = "anna"\nwhat = ["status"]\n',
        '[share]\nwith = ["anna"]\nwhat = "status"\n',
        '[share]\nwith = ["anna"]\nwhat = ["everything"]\n',
        '[share]\nwith = ["anna"]\nwhat = ["status"]\nrefresh = "Jane Doe"\n',
        'time_zone = "Jane/Doe"\n[share]\nwith = ["anna"]\nwhat = ["status"]\n',
        "a = " + "[" * 5000,
        "\x00",
    ],
)
def test_settings_that_say_nothing_clear_share_nothing_and_are_not_quoted(
    team: Cohort, shared_home: MakeHome, text: str
) -> None:
    home = shared_home("one", ("status", "days"))
    cohort = joined(team, home)
    done(cohort, "1")
    home.settings_file.write_text(text)
    outcomes, _ = done(cohort, "2")
    assert (outcomes[0].state, outcomes[0].reason) == (State.FAILED, UNCLEAR)
    assert homes_in(cohort.lake) == set()


@pytest.mark.parametrize("closed", ["folder", "raw", "settings"])
def test_a_home_that_may_not_be_opened_leaves_and_stops_nobody(
    team: Cohort, shared_home: MakeHome, tmp_path: Path, closed: str
) -> None:
    one, _ = (shared_home(name, ("status",)) for name in ("one", "two"))
    cohort = with_home(team, str(tmp_path / "homes" / "*"), None)
    done(cohort, "1")
    places = {"folder": one.folder, "raw": one.folder / "data", "settings": one.settings_file}
    places[closed].chmod(0)
    try:
        with ordinary_user():
            outcomes, summary = done(cohort, "2")
    finally:
        places[closed].chmod(0o700)
    assert list(summary.failed.values()) == [CLOSED]
    assert len(homes_in(cohort.lake)) == 1
    assert sorted(each.state for each in outcomes) == [State.FAILED, State.UNCHANGED]


def test_a_home_that_is_a_file_is_gone_and_a_link_in_a_circle_too(
    team: Cohort, shared_home: MakeHome, tmp_path: Path
) -> None:
    whole = shared_home("whole", ("status",))
    cohort = joined(team, whole)
    (tmp_path / "file").write_text("no home")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name in ("file", "circle"):
        cohort = with_home(cohort, str(tmp_path / name), name)
    outcomes, _ = done(cohort)
    assert {one.home: one.state for one in outcomes} == {
        "runner-01": State.DONE, "file": State.GONE, "circle": State.GONE,
    }  # fmt: skip


def test_less_is_agreed_to_and_what_is_more_goes_even_where_the_home_fails(
    team: Cohort, shared_home: MakeHome
) -> None:
    home = shared_home("one", ("status", "days"))
    cohort = joined(team, home)
    done(cohort, "1")
    agree(home, ("status",))
    version = home.database.resolve()
    version.chmod(0o600)
    version.write_bytes(b"not a database")
    outcomes, _ = done(cohort, "2")
    assert outcomes[0].state is State.FAILED
    assert homes_in(cohort.lake) == set()


def test_a_pseudonym_given_to_another_home_brings_nothing_of_the_one_before(
    team: Cohort, shared_home: MakeHome, tmp_path: Path
) -> None:
    first, second = (shared_home(name, ("status", "days")) for name in ("one", "two"))
    cohort = joined(team, first)
    done(cohort, "1")
    text = cohort.file.read_text().replace(str(first.folder), str(second.folder))
    cohort.file.write_text(text)
    version = second.database.resolve()
    version.chmod(0o600)
    version.write_bytes(b"not a database")
    outcomes, _ = done(read_cohort(cohort.folder), "2")
    assert outcomes[0].state is State.FAILED
    assert homes_in(cohort.lake) == set()


def test_a_home_its_runner_refreshes_now_is_told_and_its_rows_stand(
    team: Cohort, shared_home: MakeHome
) -> None:
    home = shared_home("one", ("status", "days"), refresh=True)
    cohort = joined(team, home)
    done(cohort, "1")
    with writer_lock(home):
        outcomes, _ = done(cohort, "2")
    assert outcomes[0].state is State.FAILED
    assert "refresh" in str(outcomes[0].reason) and str(home.folder) not in str(outcomes[0].reason)
    assert counts(cohort, "day")["runner-01"] > 100
    outcomes, _ = done(cohort, "3")
    assert outcomes[0].state is not State.FAILED


def test_a_home_of_a_newer_tightlog_is_told_and_its_rows_stand(
    team: Cohort, shared_home: MakeHome
) -> None:
    home = shared_home("one", ("status", "days"))
    cohort = joined(team, home)
    done(cohort, "1")
    version = home.database.resolve()
    version.chmod(0o600)
    with duckdb.connect(str(version)) as connection:
        connection.execute("update publication set schema_version = schema_version + 1")
    outcomes, summary = done(cohort, "2")
    assert outcomes[0].state is State.FAILED
    assert "newer" in summary.failed["runner-01"]
    assert counts(cohort, "day")["runner-01"] > 100
