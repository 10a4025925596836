"""What a preview promises: it is what the refresh then takes, and it says which columns there
are to choose from.
"""

import gzip
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.builders import zipped
from tightlog.answers.diary_table import preview, table_bytes
from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.home.diary_mapping import add_mapping, exactly
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

ZURICH = ZoneInfo("Europe/Zurich")
PLAIN = b"date,tightness,note\n2026-05-30,3,fine\n2026-05-31,often,\n2026-06-01,2.5,\n"
STRANGE = b"Meine Liste\nWann;Zwick;Zwick;\n05/06/2026;40;1;x\n06/06/2026;90;2;y\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_folder(str(tmp_path / "home"))
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    home.inbox.mkdir()
    return home


def test_a_preview_names_the_columns_taken_and_the_rows_left_out() -> None:
    shown = preview(PLAIN, "back.csv", ZURICH)
    assert shown.is_diary
    assert [(score.day.isoformat(), score.score) for score in shown.reading.scores] == [
        ("2026-05-30", 3.0),
        ("2026-06-01", 2.5),
    ]
    assert shown.reading.reason == "1 of 3 rows left out: line 3: 'often' is not a number"
    assert shown.outline.taken == DiaryMapping(
        "back.csv", day="date", score="tightness", note="note"
    )
    assert shown.outline.rows[0] == ("2026-05-30", "3", "fine")


def test_a_table_not_understood_still_shows_its_columns_to_choose_from() -> None:
    shown = preview(STRANGE, "strange.csv", ZURICH)
    assert (shown.is_diary, shown.reading.status) == (False, FileStatus.NO_ACTIVITY)
    assert shown.outline.names == ("Wann", "Zwick")
    assert shown.outline.rows == (("05/06/2026", "40", "1", "x"), ("06/06/2026", "90", "2", "y"))
    assert shown.outline.texts["Wann"] == ("05/06/2026", "06/06/2026")
    assert shown.outline.taken is None


def test_rows_without_a_line_of_names_are_not_taken_for_names() -> None:
    assert preview(b"2026-05-30,3\n2026-05-31,4\n", "back.csv", ZURICH).outline.names == ()


def test_what_the_preview_shows_is_what_the_refresh_takes(home: Home) -> None:
    mapping = DiaryMapping(
        exactly("inbox/strange [1].csv"), day="Wann", score="Zwick", scale=(0, 100), order="dmy"
    )
    (home.inbox / "strange [1].csv").write_bytes(STRANGE)
    shown = preview(STRANGE, "inbox/strange [1].csv", ZURICH, mapping)
    add_mapping(home, mapping)
    refresh(home, settings_of(home))
    version = store.published_version(home)
    previewed = [(score.day, score.score) for score in shown.reading.scores]
    assert previewed == store.query(version, "select day, score from tightness order by day").rows()
    assert store.query(version, "select columns, reason from source_file").rows() == [
        (shown.reading.columns, shown.reading.reason)
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"\x1f\x8b broken",
        b"a" * 100_000,
        b'"' * 1000,
        "ü;\n".encode("utf-16"),
    ],
)
def test_any_bytes_give_a_preview(data: bytes) -> None:
    assert not preview(data, "back.csv", ZURICH).is_diary


def test_tables_are_fetched_from_where_the_list_of_files_says(home: Home) -> None:
    (home.inbox / "export.zip").write_bytes(zipped({"a/back.csv": PLAIN}))
    (home.inbox / "back.csv.gz").write_bytes(gzip.compress(PLAIN))
    assert table_bytes(home, "inbox/export.zip", "a/back.csv") == PLAIN
    packed = table_bytes(home, "inbox/back.csv.gz", None)
    assert packed is not None
    assert preview(packed, "back.csv.gz", ZURICH).outline.names == ("date", "tightness", "note")
    assert [
        table_bytes(home, *place)
        for place in (
            ("inbox/export.zip", "b.csv"),
            ("inbox/back.csv.gz", "b.csv"),
            ("gone.csv", None),
        )
    ] == [None] * 3
