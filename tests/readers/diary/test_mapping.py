"""What tightlog.toml says about a diary file: it is checked, it is used, and a change of it is
noticed.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.builders import home_at, run_fit
from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.errors import SettingsError, UnknownIntervention
from tightlog.home.settings import Home, Settings, settings_of
from tightlog.readers.diary import read_diary
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

ZURICH = ZoneInfo("Europe/Zurich")
STRANGE = b"Wann,Um,Wo,Zwick,Extra\n05/06/2026,7:30,Kreuz links,40,1\n06/06/2026,8:30,Knie,90,2\n"
MAPPING = """
[[diary]]
file = "strange*.csv"
day = "Wann"
time = "Um"
score = "Zwick"
scale = [0, 100]
order = "dmy"
region = "Wo"
context = ["Extra"]
"""


def reading(text: str | bytes, mapping: DiaryMapping | None) -> Reading:
    return read_diary(
        text if isinstance(text, bytes) else text.encode(), "strange.csv", ZURICH, mapping
    )


def settings_with(folder: Path, text: str) -> Settings:
    home = home_at(folder)
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n' + text, encoding="utf-8")
    return settings_of(home)


def test_mapped_columns_are_taken_for_what_is_said() -> None:
    mapping = DiaryMapping(
        "strange.csv",
        day="Wann",
        time="Um",
        score="zwick",
        scale=(0, 100),
        order="dmy",
        region="Wo",
        context=("Extra",),
    )
    result = reading(STRANGE, mapping)
    assert [
        (score.day, score.score, score.raw_value, score.rated_at) for score in result.scores
    ] == [(date(2026, 6, 5), 4.0, "40", datetime(2026, 6, 5, 5, 30, tzinfo=UTC))]
    assert [(value.name, value.value) for value in result.context] == [
        ("extra", 1.0),
        ("extra", 2.0),
    ]
    assert (result.status, result.reason) == (
        FileStatus.READ,
        "1 row about other regions left alone",
    )


def test_without_its_mapping_the_same_file_is_no_diary() -> None:
    assert reading(STRANGE, None).status is FileStatus.NO_ACTIVITY


def test_regions_to_keep_can_be_said() -> None:
    text = "date,part,pain\n2026-05-30,L4/L5,3\n2026-05-31,Knee,5\n"
    assert [
        score.score
        for score in reading(
            text, DiaryMapping("s", score="pain", region="part", keep_regions=("l4/l5",))
        ).scores
    ] == [3]


def test_a_scale_can_run_downwards() -> None:
    assert [
        score.score
        for score in reading(
            "date,tightness\n2026-05-31,5\n2026-06-01,1\n", DiaryMapping("s", scale=(5, 1))
        ).scores
    ] == [0, 10]


def test_order_settles_what_the_rows_leave_open() -> None:
    text = "date,tightness\n05/06/2026,3\n"
    assert [score.day for score in reading(text, DiaryMapping("s", order="dmy")).scores] == [
        date(2026, 6, 5)
    ]
    assert [score.day for score in reading(text, DiaryMapping("s", order="mdy")).scores] == [
        date(2026, 5, 6)
    ]


def test_order_that_cannot_be_is_no_wrong_date() -> None:
    refused = reading("date,tightness\n05/13/2026,3\n", DiaryMapping("s", order="dmy"))
    assert refused.status is FileStatus.UNREADABLE and "line 2: '05/13/2026' is not a date" in (
        refused.reason or ""
    )


def test_mapped_column_the_file_has_not_is_named_with_those_it_has() -> None:
    refused = reading("date,tightness\n2026-05-31,3\n", DiaryMapping("s", score="Ache"))
    assert refused.status is FileStatus.UNREADABLE
    assert "'Ache'" in (refused.reason or "") and "date, tightness" in (refused.reason or "")


def test_context_alone_can_be_mapped() -> None:
    result = reading(
        "date,steps\n2026-05-31,9000\n", DiaryMapping("s", day="date", context=("steps",))
    )
    assert (result.status, [(value.name, value.value) for value in result.context]) == (
        FileStatus.READ,
        [("steps", 9000.0)],
    )


def test_mapping_fits_by_name_or_by_path() -> None:
    assert DiaryMapping("back*.csv").fits("old/2026/back diary.csv") and DiaryMapping(
        "old/*.csv"
    ).fits("old/2026/x.csv")
    assert not DiaryMapping("back*.csv").fits("old/my back.csv")


def test_settings_hold_the_mapping(tmp_path: Path) -> None:
    assert settings_with(tmp_path, MAPPING).diaries == (
        DiaryMapping(
            "strange*.csv", "Wann", "Um", "Zwick", (0.0, 100.0), "dmy", "Wo", context=("Extra",)
        ),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[diary]\nfile = "a.csv"', "[[diary]]"),
        ('[[diary]]\nscore = "x"', "file is missing"),
        ('[[diary]]\nfile = "a"\norder = "dym"', "order is"),
        ('[[diary]]\nfile = "a"\nscale = [1]', "scale holds"),
        ('[[diary]]\nfile = "a"\nscale = [5, 5]', "scale holds"),
        ('[[diary]]\nfile = "a"\nmoments = "Büro"', "moments says"),
        ('[[diary]]\nfile = "a"\nmoments = { work = "late" }', "moments says"),
        ('[[diary]]\nfile = "a"\nscore = 3', "score must"),
        ('[[diary]]\nfile = "a"\ncontext = "sleep"', "context must"),
        ('[[diary]]\nfile = "a"\ncolumn = "x"', "column is not a setting"),
        ("diary = [3]", "[[diary]]"),
    ],
)
def test_mapping_that_makes_no_sense_says_what_to_write(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(SettingsError, match="diary") as refused:
        settings_with(tmp_path, text + "\n")
    assert said in str(refused.value)


def files(home: Home) -> dict[str, dict[str, Any]]:
    return {
        row["path"]: row
        for row in store.query(
            store.published_version(home), "select * from source_file"
        ).to_dicts()
    }


def test_changed_mapping_reads_the_tables_anew_and_nothing_else(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "")
    home = home_at(
        tmp_path,
        run_fit=run_fit(),
        strange_csv=STRANGE,
        other_csv=b"date,tightness\n2026-05-31,3\n",
    )
    assert refresh(home, settings, analysed=False).scores == 1
    assert files(home)["strange.csv"]["status"] == "no_activity"
    mapped = refresh(home, settings_with(tmp_path, MAPPING), analysed=False)
    assert (mapped.scores, mapped.files["read"], mapped.files["unchanged"], mapped.removed) == (
        2,
        2,
        1,
        0,
    )
    assert "score: Zwick (0–100)" in files(home)["strange.csv"]["columns"]
    assert any(said.startswith("strange.csv: day: Wann (day first)") for said in mapped.diaries)
    again = refresh(home, settings_with(tmp_path, MAPPING), analysed=False)
    assert (again.scores, again.files["unchanged"], again.diaries) == (2, 3, ())
    assert refresh(home, settings_with(tmp_path, ""), analysed=False).scores == 1


def test_renamed_diary_is_read_by_its_new_name(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, MAPPING)
    home = home_at(tmp_path, plain_csv=STRANGE)
    assert refresh(home, settings, analysed=False).scores == 0
    (home.raw / "plain.csv").rename(home.raw / "strange.csv")
    assert refresh(home, settings, analysed=False).scores == 1


def test_the_same_rows_in_two_exports_count_once(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "")
    older = b"date,tightness,stress\n2026-05-30,3,1\n"
    home = home_at(tmp_path, older_csv=older, newer_csv=older + b"2026-05-31,4,2\n")
    assert refresh(home, settings, analysed=False).scores == 2
    assert store.query(
        store.published_version(home), "select day, value from context order by day"
    ).rows() == [(date(2026, 5, 30), 1.0), (date(2026, 5, 31), 2.0)]


def test_ticked_interventions_are_logged_once(tmp_path: Path) -> None:
    text = (
        '[[diary]]\nfile = "ticks*.csv"\ndone = { plank = "Planks", "Foam rolling" = "Rolled '
        '(min)" }\n'
    )
    ticks = b"date,tightness,Planks,Rolled (min)\n2026-05-30,3,x,0\n2026-05-31,4,no,12\n"
    home = home_at(tmp_path, ticks_csv=ticks, ticks2_csv=ticks + b"2026-06-01,4,,maybe\n")
    outcome = refresh(home, settings_with(tmp_path, text), analysed=False)
    assert (outcome.files["read"], outcome.files["partial"]) == (1, 1)
    logged = store.query(
        store.published_version(home),
        "select l.day, i.title, l.minutes from intervention_log as l join intervention as i using "
        "(intervention) order by l.day",
    ).rows()
    assert [(day, minutes) for day, _, minutes in logged] == [
        (date(2026, 5, 30), None),
        (date(2026, 5, 31), 12.0),
    ]
    assert "line 4: 'maybe' is neither yes, no nor minutes" in files(home)["ticks2.csv"]["reason"]


def test_intervention_nobody_knows_is_refused(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    with pytest.raises(UnknownIntervention, match="juggling"):
        refresh(
            home,
            settings_with(tmp_path, '[[diary]]\nfile = "a.csv"\ndone = { juggling = "x" }\n'),
            analysed=False,
        )
