"""A home in the lake: no more than its runner shares, gone when that ends, once however often."""

import errno
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.cohort.conftest import MakeHome, agree, joined, own_copy
from tests.conftest import SAMPLE_LAST_DAY
from tightlog.cohort.cohort_file import Cohort, new_cohort, read_cohort
from tightlog.cohort.lake import LOST, CohortSummary, finish_lake
from tightlog.cohort.members import Member, members
from tightlog.cohort.one_home import home_outcome, without_paths
from tightlog.cohort.outcomes import Outcome, State
from tightlog.cohort.stored import stored
from tightlog.errors import CohortError, QueryError, WarehouseError
from tightlog.home.sections.share_section import PARTS
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import moment_of
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.simulation.hostile.queries import hostile_queries
from tightlog.warehouse import store
from tightlog.warehouse.lake.one_file import lake_draft
from tightlog.warehouse.lake.partitions import (
    CATALOGUES,
    OF_ONE_HOME,
    RELATIONS_OF,
    homes_in,
    relations_of,
)
from tightlog.warehouse.sandbox.bounded import bounded_answer
from tightlog.warehouse.shared.held import RELATIONS

# What no lake holds, whatever is shared: names, notes, positions, paths and devices.
NEVER = {
    "latitude_deg", "longitude_deg", "altitude_m", "name", "note", "device", "shoe", "path",
    "sha256", "source", "raw_value", "seed", "time_zone",
}  # fmt: skip


def done(cohort: Cohort, call: str = "1") -> tuple[tuple[Outcome, ...], CohortSummary]:
    """What became of the homes, one after another, and of the lake."""
    found = members(cohort)
    outcomes = tuple(home_outcome(cohort, one, call, SAMPLE_LAST_DAY) for one in found)
    return outcomes, finish_lake(cohort, found, call)


def counts(cohort: Cohort, relation: str) -> dict[str, int]:
    asked = f"select home, count(*) from {relation} group by home"
    return dict(bounded_answer(cohort.database, asked).rows.iter_rows())


def files_of(cohort: Cohort, home: str) -> dict[Path, int]:
    folders = cohort.lake.glob(f"relation=*/home={home}/*")
    return {file: file.stat().st_mtime_ns for file in folders}


def test_every_shared_relation_belongs_to_one_part() -> None:
    placed = [name for names in RELATIONS_OF.values() for name in names]
    assert sorted([*placed, *CATALOGUES, *OF_ONE_HOME]) == sorted(RELATIONS)
    assert tuple(RELATIONS_OF) == PARTS


def test_each_home_gives_what_it_shares_and_no_more(team: Cohort, shared_home: MakeHome) -> None:
    homes = (
        shared_home("jane-doe", ("status",)),
        shared_home("john-roe", ("estimates",)),
        shared_home("third", PARTS),
        shared_home("fourth", ()),
    )
    cohort = joined(team, *homes)
    outcomes, summary = done(cohort)
    assert [one.state for one in outcomes] == [State.DONE] * 3 + [State.NOT_SHARED]
    assert summary.in_lake == 3
    for one in outcomes:
        assert set(one.sizes) <= set(relations_of(one.parts))
    assert set(counts(cohort, "pattern_match")) == {"runner-01", "runner-03"}
    assert set(counts(cohort, "finding")) == {"runner-02", "runner-03"}
    assert set(counts(cohort, "day")) == set(counts(cohort, "record")) == {"runner-03"}
    # Who shares only estimates has no status; who shares nothing is only counted.
    known = {row["home"]: row for row in stored(cohort, "member").to_dicts()}
    assert known["runner-01"]["score_count"] and known["runner-02"]["score_count"] is None
    assert known["runner-04"]["shared"] == []
    assert "runner-02" not in stored(cohort, "attention")["home"]


def test_no_name_note_or_position_enters_the_lake(team: Cohort, shared_home: MakeHome) -> None:
    cohort = joined(team, shared_home("jane-doe", (*PARTS, "wellness", "context")))
    done(cohort)
    guide = stored(cohort, "relation_guide")
    of_homes = guide.filter(~pl.col("relation").is_in([*CATALOGUES, "pooled", "compared"]))
    assert not NEVER & set(of_homes.filter(pl.col("relation") != "context")["column_name"])
    assert guide["meaning"].null_count() == 0
    for file in (*cohort.folder.rglob("*.parquet"), cohort.database):
        assert b"jane-doe" not in file.read_bytes()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("/srv/jane/data/warehouse/x.duckdb: no room", "its home/data/warehouse/x.duckdb: no room"),
        ("the disk of /media/jane is gone", "the disk of … is gone"),
        ("such as data/raw/jane/run.fit: closed", "such as data/raw/…: closed"),
        ("on 3/5 of the days", "on 3/5 of the days"),
    ],
)
def test_a_reason_names_no_folder(words: str, left: str) -> None:
    assert without_paths(words, Member("R1", Path("/srv/jane"), ())) == left


def test_a_home_as_it_was_is_not_touched(team: Cohort, shared_home: MakeHome) -> None:
    cohort = joined(team, shared_home("one", PARTS), shared_home("two", ("status",)))
    done(cohort, "1")
    before = {name: files_of(cohort, name) for name in ("runner-01", "runner-02")}
    days = counts(cohort, "day")
    agree(Home(cohort.folder.parent / "homes" / "two"), ("status", "estimates"))
    outcomes, _ = done(cohort, "2")
    assert [one.state for one in outcomes] == [State.UNCHANGED, State.DONE]
    assert files_of(cohort, "runner-01") == before["runner-01"]
    assert files_of(cohort, "runner-02").keys() > before["runner-02"].keys()
    assert counts(cohort, "day") == days


def test_a_home_that_withdraws_leaves_at_the_next_refresh(
    team: Cohort, shared_home: MakeHome
) -> None:
    one, two, three = (shared_home(name, ("estimates", "days")) for name in ("one", "two", "three"))
    cohort = joined(team, one, two, three)
    done(cohort, "1")
    one.settings_file.write_text('time_zone = "UTC"\n')
    agree(two, ("estimates",))
    shutil.rmtree(three.folder)
    outcomes, summary = done(cohort, "2")
    assert [each.state for each in outcomes] == [State.NOT_SHARED, State.DONE, State.GONE]
    assert homes_in(cohort.lake) == {"runner-02"}
    assert set(counts(cohort, "finding")) == {"runner-02"}
    assert stored(cohort, "relation_guide").filter(pl.col("relation") == "day").is_empty()
    assert summary.in_lake == 1


def test_a_home_taken_out_of_the_file_leaves(team: Cohort, shared_home: MakeHome) -> None:
    cohort = joined(team, shared_home("one", ("status",)), shared_home("two", ("status",)))
    done(cohort, "1")
    text = cohort.file.read_text()
    cohort.file.write_text(text[: text.rindex("[[home]]")])
    _, summary = done(read_cohort(cohort.folder), "2")
    assert summary.removed == ("runner-02",)
    assert homes_in(cohort.lake) == {"runner-01"}


def test_a_file_lost_or_torn_in_the_lake_is_written_again(
    team: Cohort, shared_home: MakeHome
) -> None:
    cohort = joined(team, shared_home("one", ("status", "days")))
    done(cohort, "1")
    torn = cohort.lake / "relation=day" / "home=runner-01" / "part-0.parquet"
    torn.write_bytes(torn.read_bytes()[:100])
    outcomes, _ = done(cohort, "2")
    assert outcomes[0].state is State.DONE
    assert counts(cohort, "day")["runner-01"] > 100


def test_a_home_is_changed_only_where_it_may_be(team: Cohort, shared_home: MakeHome) -> None:
    one = shared_home("one", ("status",))
    before = {file: file.lstat().st_mtime_ns for file in one.folder.rglob("*")}
    (one.raw / "new.csv").write_text("date,score\n2026-05-09,3\n")
    before |= {file: file.lstat().st_mtime_ns for file in (one.raw, one.raw / "new.csv")}
    outcomes, _ = done(joined(team, one))
    assert outcomes[0].state is State.DONE and outcomes[0].new_files == 0
    assert {file: file.lstat().st_mtime_ns for file in one.folder.rglob("*")} == before


def test_a_red_flag_is_seen_without_a_refresh_of_the_home(
    team: Cohort, shared_home: MakeHome
) -> None:
    one = shared_home("one", ("status",))
    cohort = joined(team, one)
    done(cohort, "1")
    rate(one.journal, 6, moment_of(None, settings_of(one).zone), red_flags=("leg_weakness",))
    done(cohort, "2")
    first = stored(cohort, "attention").row(0, named=True)
    assert (first["reason"], first["urgency"]) == ("red_flag", "emergency")


def test_a_broken_home_is_a_row_and_stops_nobody(team: Cohort, shared_home: MakeHome) -> None:
    broken, strange, whole = (
        shared_home(name, PARTS, refresh=name == "broken") for name in ("broken", "x", "whole")
    )
    broken.database.resolve().chmod(0o600)
    broken.database.resolve().write_bytes(b"not a database")
    broken.raw.joinpath("diary").rename(broken.raw / "was-diary")
    (broken.raw / "diary").write_text("a file where a folder was")
    strange.settings_file.write_text("[share\n")
    outcomes, summary = done(joined(team, broken, strange, whole))
    assert [one.state for one in outcomes] == [State.FAILED, State.FAILED, State.DONE]
    assert set(summary.failed) == {"runner-01", "runner-02"}
    assert "TOML" in summary.failed["runner-02"]
    assert summary.in_lake == 1
    assert not any(str(broken.folder) in reason for reason in summary.failed.values())


def test_a_part_that_cannot_be_written_is_a_row_and_is_written_the_next_time(
    team: Cohort, shared_home: MakeHome
) -> None:
    cohort = joined(team, *(shared_home(name, ("status", "days")) for name in ("one", "two")))
    in_the_way = cohort.lake / "relation=day" / "home=runner-01"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("as a disk that is full")
    outcomes, summary = done(cohort, "1")
    assert [one.state for one in outcomes] == [State.FAILED, State.DONE]
    assert "its part of the lake could not be written" in summary.failed["runner-01"]
    assert set(counts(cohort, "day")) == {"runner-02"}
    outcomes, _ = done(cohort, "2")
    assert [one.state for one in outcomes] == [State.DONE, State.UNCHANGED]
    assert set(counts(cohort, "day")) == {"runner-01", "runner-02"}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, four_months: Home) -> Path:
    top = tmp_path_factory.mktemp("lake")
    home = Home(top / "homes" / "one")
    own_copy(four_months, home)
    agree(home, PARTS)
    cohort = joined(new_cohort(top / "team", "anna"), home)
    done(cohort)
    return cohort.database


def test_no_hostile_query_passes_to_a_lake(lake: Path, tmp_path: Path) -> None:
    before = sorted(lake.parent.rglob("*"))
    some = [
        "copy day to 'day.csv'",
        "select * from read_parquet('/etc/passwd')",
        "with a as (copy day to 'x') select 1",
        f"attach '{lake}' as other",
        "select * from lake.file; drop view day",
        *hostile_queries(2, 5, tmp_path),
    ]
    for query in some:
        with pytest.raises(QueryError):
            bounded_answer(lake, query)
    assert sorted(lake.parent.rglob("*")) == before


def test_a_lake_refreshes_homes_that_allow_it(team: Cohort, shared_home: MakeHome) -> None:
    one = shared_home("one", ("status",), refresh=True)
    refresh(one, settings_of(one), today=SAMPLE_LAST_DAY)
    (one.raw / "new.csv").write_text("date,score\n2026-05-09,3\n")
    outcomes, _ = done(joined(team, one))
    assert outcomes[0].new_files == 1


def test_a_home_no_worker_finished_is_asked_at_the_end(team: Cohort, shared_home: MakeHome) -> None:
    one, two = (shared_home(name, ("status", "days")) for name in ("one", "two"))
    cohort = joined(team, one, two)
    done(cohort, "1")
    agree(one, ())
    # Both workers were killed: nothing of the second call is on disk.
    summary = finish_lake(cohort, members(cohort), "2")
    assert set(summary.failed.values()) == {LOST}
    assert homes_in(cohort.lake) == {"runner-02"}
    assert set(counts(cohort, "day")) == {"runner-02"}
    assert stored(cohort, "member")["shared"].to_list() == [[], ["status", "days"]]


def test_where_the_views_cannot_be_made_nothing_is_shown_of_who_left(
    team: Cohort, shared_home: MakeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (shared_home(name, ("status",)) for name in ("one", "two"))
    cohort = joined(team, one, two)
    done(cohort, "1")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tightlog.warehouse.lake.one_file.sync", full)
    with pytest.raises(WarehouseError, match="No space left"):
        finish_lake(cohort, members(cohort), "1")
    # All is as it was: what was shown may be shown.
    assert stored(cohort, "member").height == 2
    agree(one, ())
    with pytest.raises(WarehouseError, match="No space left"):
        done(cohort, "2")
    with pytest.raises(CohortError, match="nothing is in the lake"):
        stored(cohort, "member")


def test_what_killed_workers_left_goes(team: Cohort, shared_home: MakeHome) -> None:
    cohort = joined(team, shared_home("one", ("status",)))
    done(cohort, "1")
    part = next(cohort.lake.glob("relation=*/home=runner-01"))
    (part / "part-0.unfinished-99999").write_text("half")
    (cohort.lake / ".cohort.duckdb.99999").write_text("half")
    (cohort.lake / ".cohort.duckdb.99999.tmp").mkdir()
    (cohort.lake / ".cohort.duckdb.99999.tmp" / "spilled").write_text("rows")
    done(cohort, "2")
    assert not [file for file in cohort.lake.rglob("*") if "99999" in file.name]


def test_where_no_home_changed_the_rows_stand_and_what_is_said_is_new(
    team: Cohort, shared_home: MakeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (shared_home(name, PARTS) for name in ("one", "two"))
    cohort = joined(team, one, two)
    done(cohort, "1")
    before = {name: counts(cohort, name) for name in ("day", "record", "finding")}
    seen: list[object] = []
    monkeypatch.setattr("tightlog.warehouse.lake.one_file._hold_relations", seen.append)
    done(cohort, "2")
    assert {name: counts(cohort, name) for name in before} == before and not seen
    assert stored(cohort, "member")["state"].to_list() == ["unchanged", "unchanged"]
    monkeypatch.undo()
    agree(one, ("days",))
    done(cohort, "3")
    assert counts(cohort, "day") == before["day"]
    assert set(counts(cohort, "record")) == {"runner-02"}
    # Of records alone a query reads the files of the homes.
    paths = store.query(cohort.database, "select path from lake.file")["path"].to_list()
    assert paths == [str(cohort.lake / "relation=record" / "home=runner-02" / "part-0.parquet")]


def test_homes_of_another_tightlog_are_held_beside_those_of_this_one(
    team: Cohort, shared_home: MakeHome
) -> None:
    cohort = joined(team, *(shared_home(name, ("days",)) for name in ("one", "two")))
    done(cohort, "1")
    part = cohort.lake / "relation=day" / "home=runner-01" / "part-0.parquet"
    pl.read_parquet(part).drop("run_distance_m").write_parquet(part)
    found = tuple(one.pseudonym for one in members(cohort))
    with lake_draft(cohort.database, found, None):
        pass
    asked = "select home, count(run_distance_m) from day group by home"
    known = dict(bounded_answer(cohort.database, asked).rows.iter_rows())
    assert known["runner-01"] == 0 and known["runner-02"] > 100
