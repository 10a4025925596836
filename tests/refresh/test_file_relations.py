"""`ingest` alone makes every relation there is; those of the analysis are empty, in the very
columns an analysis fills.
"""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

COLUMNS = """
select table_name, column_name, data_type, comment from duckdb_columns()
where schema_name = 'main' and not internal and database_name = current_database() order by all
"""


DIARY = (
    b"date,back tightness,sleep hours,stress (0-10),energy\n"
    b"2026-05-04,3,7.5,4,6\n2026-05-05,2,,5,7\n"
)
WELLNESS_HEADER = "date,restingHR,hrv,sleepSecs,stress,comments"


def test_blank_analysis_has_the_columns_of_a_real_one(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(), own_csv=DIARY)
    refresh(home, SETTINGS, analysed=False)
    blank = store.query(store.published_version(home), COLUMNS)
    refresh(home, SETTINGS)
    filled = store.query(store.published_version(home), COLUMNS)
    assert blank.rows() == filled.rows()


def test_ingest_alone_finds_nothing_and_needs_no_statistics(tmp_path: Path) -> None:

    home_at(tmp_path, a_fit=run_fit())
    told = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            "import sys; from tightlog.cli.main import main; main(sys.argv[1:]); "
            "print([name for name in sys.modules if name.startswith(('scipy', "
            "'tightlog.refresh.analysis'))], file=sys.stderr)",
            "--home",
            str(tmp_path),
            "ingest",
            "--json",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr.strip() == "[]"
    version = store.published_version(home_at(tmp_path))
    counts = store.query(
        version,
        (
            "select (select count(*) from activity), (select count(*) from day), (select count(*) "
            "from advice)"
        ),
    )
    assert counts.row(0) == (1, 0, 0)


def test_what_a_diary_notes_is_a_column_of_day_a_feature_and_a_comment(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(), own_csv=DIARY)
    refresh(home, SETTINGS)
    version = store.published_version(home)
    days = store.query(
        version,
        (
            "select context_sleep_h, context_stress, context_energy, context_sitting_h from day "
            "order by day"
        ),
    )
    assert days.rows() == [(7.5, 4.0, 6.0, None), (None, 5.0, 7.0, None)]
    assert store.query(
        version, "select unit, source from feature where feature = 'context_stress'"
    ).row(0) == ("0–10", "your diary")
    listed = store.query(version, "select feature from feature")["feature"].to_list()
    assert listed == store.relation(version, "day").columns[1:]
    said = store.query(
        version,
        (
            "select meaning from relation_guide where relation = 'day' and column_name = "
            "'context_energy'"
        ),
    ).item()
    assert said.startswith("Energy, from your diary")


def test_reading_alone_leaves_features_and_days_in_agreement(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(), own_csv=DIARY)
    refresh(home, SETTINGS)
    (home.raw / "more.csv").write_bytes(b"date,back tightness,motivation\n2026-05-06,3,7\n")
    refresh(home, SETTINGS, analysed=False)
    version = store.published_version(home)
    assert (
        store.query(version, "select feature from feature")["feature"].to_list()
        == store.relation(version, "day").columns[1:]
    )


def test_a_devices_daily_list_does_not_make_days_without_runs(tmp_path: Path) -> None:
    listed = [
        f"{(START + timedelta(days=number)).date()},50,60,27000,{3 if number == 20 else ''},"
        for number in range(41)
    ]
    home = home_at(
        tmp_path,
        a_fit=run_fit(),
        b_fit=run_fit(START + timedelta(days=40)),
        wellness_csv="\n".join([WELLNESS_HEADER, *listed]).encode(),
    )
    refresh(home, SETTINGS)
    version = store.published_version(home)
    counted = store.query(
        version,
        "select coverage, count(*) as days, count(run_count) as runs, count(context_sleep_h) "
        "as slept from day "
        "group by coverage order by coverage",
    )
    # Only the stress tapped on the 20th day is an entry.
    assert counted.rows() == [("unknown", 38, 0, 38), ("watched", 3, 3, 3)]
