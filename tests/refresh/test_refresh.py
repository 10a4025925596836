"""Refresh: every file is accounted for, nothing known is read again, and what is published is
what lies in data/raw.
"""

import gzip
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.builders import (
    RUNNING,
    SETTINGS,
    START,
    TRAINING,
    home_at,
    rows,
    run_fit,
    run_gpx,
    zipped,
)
from tightlog.home.settings import Home, Settings
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.refresh.summary import RefreshSummary
from tightlog.warehouse import build, store

TODAY = date(2026, 5, 6)


def refreshed(home: Home, **options: Any) -> RefreshSummary:
    return refresh(home, SETTINGS, today=TODAY, **options)


def test_each_file_counts_once_under_its_status_and_unchanged_the_second_time(
    tmp_path: Path,
) -> None:
    home = home_at(
        tmp_path,
        a_fit=run_fit(),
        copy_fit=run_fit(),
        b_gpx=run_gpx(START + timedelta(days=1)),
        empty_fit=b"",
        note_md=b"# hello",
        scores_csv=b"date,score\n2026-05-04,3\n",
    )
    first = refreshed(home)
    assert first.files == {
        "read": 3,
        "partial": 0,
        "duplicate": 1,
        "no_activity": 1,
        "unreadable": 1,
        "unchanged": 0,
    }
    assert (first.activities, first.scores) == (2, 1)
    second = refreshed(home)
    assert second.files == dict.fromkeys(first.files, 0) | {"unchanged": 6}
    assert (second.activities, second.scores, second.days) == (
        first.activities,
        first.scores,
        first.days,
    )


def test_nothing_new_publishes_nothing(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refreshed(home)
    version = store.published_version(home)
    refreshed(home)
    assert store.published_version(home) == version


def test_gpx_twin_of_a_fit_counts_once_whichever_came_first(tmp_path: Path) -> None:
    home = home_at(tmp_path, b_gpx=run_gpx())
    refreshed(home)
    (home.raw / "a.fit").write_bytes(run_fit())
    outcome = refreshed(home)
    assert outcome.activities == 1
    assert rows(home, "select reader, status from source_file order by path") == [
        {"reader": "fit", "status": "read"},
        {"reader": "gpx", "status": "duplicate"},
    ]
    assert (
        "a.fit"
        in rows(home, "select reason from source_file where status = 'duplicate'")[0]["reason"]
    )


def test_fit_strides_and_gpx_steps_give_the_same_cadence(tmp_path: Path) -> None:
    fit, gpx = (
        home_at(tmp_path / "fit", a_fit=run_fit(strides=84)),
        home_at(tmp_path / "gpx", a_gpx=run_gpx(steps=168)),
    )
    refreshed(fit)
    refreshed(gpx)
    cadences = [
        rows(home, "select cadence_spm from activity")[0]["cadence_spm"] for home in (fit, gpx)
    ]
    assert cadences == [168, 168]


def test_file_taken_away_leaves_the_warehouse(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(), b_fit=run_fit(START + timedelta(days=1)))
    refreshed(home)
    (home.raw / "b.fit").unlink()
    outcome = refreshed(home)
    assert (outcome.activities, outcome.removed, outcome.files["unchanged"]) == (1, 1, 1)
    assert rows(home, "select count(distinct activity_key) as n from ingest.record") == [{"n": 1}]


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit()[:400])
    refreshed(home)
    (home.raw / "a.fit").write_bytes(run_fit(minutes=30))
    refreshed(home)
    assert rows(home, "select moving_s from activity") == [{"moving_s": 1800}]


def test_renamed_file_is_known(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refreshed(home)
    (home.raw / "a.fit").rename(home.raw / "z.fit")
    outcome = refreshed(home)
    assert (outcome.files["unchanged"], outcome.files["read"], outcome.activities) == (1, 0, 1)


def test_archive_members_are_listed_and_private_side_files_never_opened(tmp_path: Path) -> None:
    inner = zipped({"run.fit": run_fit(START + timedelta(days=2))})
    home = home_at(
        tmp_path,
        export_zip=zipped(
            {
                "activities.csv": b"Activity ID\n1\n",
                "messaging.csv": b"private",
                "activities/1.fit.gz": gzip.compress(run_fit(), mtime=0),
                "activities/2.gpx": run_gpx(START + timedelta(days=1)),
                "part.zip": inner,
            }
        ),
    )
    outcome = refreshed(home)
    assert outcome.activities == 3
    listed = {
        row["member"]: row for row in rows(home, "select member, sha256, status from source_file")
    }
    assert listed["messaging.csv"]["sha256"] is None
    assert listed["part.zip/run.fit"]["status"] == "read"
    assert sum(outcome.files.values()) == len(listed) == 7
    assert refreshed(home).files["unchanged"] == 7


@pytest.mark.parametrize(
    "broken", [zipped({"a.fit": b"x" * 999})[:200], b"PK\x03\x04 nothing more"]
)
def test_broken_archive_is_a_row_with_a_reason(tmp_path: Path, broken: bytes) -> None:
    home = home_at(tmp_path, export_zip=broken, a_fit=run_fit())
    outcome = refreshed(home)
    assert (outcome.files["unreadable"], outcome.activities) == (1, 1)
    assert rows(home, "select reason from source_file where status = 'unreadable'")[0]["reason"]


def test_file_under_a_temporary_name_waits(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    (home.raw / "a.fit.part").write_bytes(run_fit()[:300])
    assert refreshed(home).files["unreadable"] == 1
    (home.raw / "a.fit.part").unlink()
    (home.raw / "a.fit").write_bytes(run_fit())
    assert refreshed(home).activities == 1


@pytest.mark.parametrize(
    ("name", "inner", "status", "reason"),
    [
        ("diary_xlsx", "xl/workbook.xml", "unreadable", "workbook cannot be read"),
        ("diary_numbers", "Index/Document.iwa", "no_activity", "save it as .xlsx or CSV"),
    ],
)
def test_spreadsheet_is_not_taken_for_an_archive(
    tmp_path: Path, name: str, inner: str, status: str, reason: str
) -> None:
    home = home_at(tmp_path, **{name: zipped({inner: b"<workbook/>"})})
    assert refreshed(home).files[status] == 1
    (row,) = rows(home, "select reason from source_file")
    assert reason in row["reason"]


def test_rebuild_gives_the_same_content(tmp_path: Path) -> None:
    home = home_at(
        tmp_path,
        a_fit=run_fit(),
        b_gpx=run_gpx(START + timedelta(days=1)),
        c_fit=run_fit(START + timedelta(days=2)),
        scores_csv=b"date,score\n2026-05-04,3\n2026-05-05,2\n",
    )
    rate(home.journal, 4, Moment(date(2026, 5, 6), None))
    for name in ("b.gpx", "c.fit"):
        (home.raw / name).rename(tmp_path / name)
    refreshed(home)
    for name in ("b.gpx", "c.fit"):
        (tmp_path / name).rename(home.raw / name)
    refreshed(home)
    grown = {
        name: store.relation(store.published_version(home), name) for name in build.relation_names()
    }
    refreshed(home, from_scratch=True)
    for name, before in grown.items():
        moving = {"first_seen_at", "is_new", "refreshed_at", "stat_fingerprint"} & set(
            before.columns
        )
        after = store.relation(store.published_version(home), name)
        assert_frame_equal(
            before.drop(moving),
            after.drop(moving),
            check_row_order=name not in ("record", "lap", "relation_guide"),
        )


def test_journal_line_makes_the_next_refresh_publish_it(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refreshed(home)
    rate(home.journal, 6, Moment(date(2026, 5, 4), None), part_of_day="morning")
    assert refreshed(home).scores == 1
    assert rows(home, "select tightness_score from day where day = date '2026-05-04'") == [
        {"tightness_score": 6}
    ]


def test_another_time_zone_in_the_settings_reads_the_days_anew(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(START.replace(hour=22), utc_offset_s=40 * 3600))
    days = []
    for zone in ("UTC", "Asia/Tokyo"):
        refresh(home, Settings(time_zone=zone, fingerprint=zone), today=TODAY)
        days.append(rows(home, "select day, utc_offset_source from activity")[0])
    assert days == [
        {"day": date(2026, 5, 4), "utc_offset_source": "settings"},
        {"day": date(2026, 5, 5), "utc_offset_source": "settings"},
    ]


def test_every_column_of_every_relation_says_what_it_holds(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refreshed(home)
    guide = store.relation(store.published_version(home), "relation_guide")
    assert guide.filter(pl.col("meaning").is_null())["column_name"].to_list() == []
    assert guide.filter(pl.col("one_row_per").is_null())["relation"].unique().to_list() == []
    assert set(guide["relation"]) == set(build.relation_names())


def test_strength_session_of_a_watch_is_an_intervention_without_logging(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(sport=TRAINING, sub_sport=20, speed_mps=0))
    refreshed(home)
    assert rows(home, "select intervention, source, minutes from intervention_log") == [
        {"intervention": "C7", "source": "watch", "minutes": 20}
    ]


def test_ingest_alone_reads_and_the_next_refresh_analyses(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refreshed(home)
    (home.raw / "b.fit").write_bytes(run_fit(START + timedelta(days=1), sport=RUNNING))
    assert refreshed(home, analysed=False).activities == 2
    assert rows(home, "select count(*) as n from day") == [{"n": 1}]
    assert refreshed(home).days == 2


def test_home_without_any_file_has_empty_relations(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    outcome = refreshed(home)
    assert (sum(outcome.files.values()), outcome.activities, outcome.days) == (0, 0, 0)
    assert rows(home, "select count(*) as n from advice") == [{"n": 3}]
