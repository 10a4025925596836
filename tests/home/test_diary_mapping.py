"""What writing a `[[diary]]` section promises: it counts, everything else in tightlog.toml stays
byte for byte, and in doubt nothing is written.
"""

import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tightlog.domain.diary import DiaryMapping
from tightlog.errors import SettingsError
from tightlog.home.diary_mapping import add_mapping, exactly, mapping_text, with_mapping
from tightlog.home.settings import Home, settings_in, settings_of

STRANGE = DiaryMapping(
    "inbox/strange.csv",
    day="Wann",
    time="Um",
    score='How "tight"?\\\x7f\t',
    scale=(0, 100),
    order="dmy",
    region="Wo",
    keep_regions=("Kreuz", "L5"),
    moments=(("Büro", "evening"), ("vor der Arbeit", "morning")),
    moment="Moment",
    note="Notiz",
    context=("Schlaf", "Stress"),
    done=(("plank", "Planks"), ("foam rolling", "Rolle (min)")),
)
OTHER = '# mine\n[[diary]] # the old one\nfile = "old*.csv"\n\n[runner]\nsex = "female"'


def test_what_is_written_is_read_back_as_it_was_said() -> None:
    assert settings_in(mapping_text(STRANGE)).diaries == (STRANGE,)


@pytest.mark.parametrize(
    "before", ["", 'time_zone = "UTC"', 'time_zone = "UTC"\n', OTHER, OTHER.replace("\n", "\r\n")]
)
def test_a_section_is_added_and_every_other_byte_stays(home: Home, before: str) -> None:
    home.settings_file.write_bytes(before.encode())
    add_mapping(home, STRANGE)
    written = home.settings_file.read_bytes().decode()
    assert written.startswith(before)
    assert ("\r\n" in before) == ("\r\n" in written) and "\n\n\n" not in written
    assert settings_of(home).diaries[-1] == STRANGE
    assert tomllib.loads(written) | {"diary": None} == tomllib.loads(before) | {"diary": None}


HABITS = {
    "byte order mark": '\ufefftime_zone = "UTC"\n',
    "byte order mark alone": "\ufeff",
    "Windows line ends": 'time_zone = "UTC"\r\n\r\n# mine\r\n[runner]\r\nsex = "male" # really\r\n',
    "no final newline": '[runner]\nsex = "male"',
    "Windows line ends, no final newline": '[runner]\r\nsex = "male"',
    "comment at the end": 'time_zone = "UTC"\n# the end',
    "sections with a table between them": '[[diary]]\nfile = "a"\n\n[nightly]\n'
    'cron = "0 4 * * *"\n\n[[diary]]\nfile = "b"\n',
    "spaces and tabs": '  time_zone\t=   "UTC"   \n\n\n\n\t[ runner ]\n  sex="male"\n\n\n',
    "arrays over lines": 'declared = [\n  "a", # one\n  "b",\n]\n[thresholds]\n',
    "dotted and quoted": 'runner.sex = "male"\n"declared" = ["a"]\n',
}


@pytest.mark.parametrize("before", HABITS.values(), ids=HABITS)
@pytest.mark.parametrize("file", ["inbox/strange.csv", "a"])
def test_the_habits_of_a_file_stay_byte_for_byte(home: Home, before: str, file: str) -> None:
    mapping = replace(STRANGE, file=file)
    home.settings_file.write_bytes(before.encode())
    known = settings_in(before).diaries
    add_mapping(home, mapping)
    written = home.settings_file.read_bytes().decode()
    end = "\r\n" if "\r\n" in before else "\n"
    section = mapping_text(mapping).replace("\n", end)
    assert written.count(section) == 1
    rest = written.replace(section, "")
    assert rest.strip() == before.strip() and rest.replace(end, "") == before.replace(end, "")
    is_first = any(other.fits(file) for other in known)
    assert written.startswith(before) != is_first
    assert settings_of(home).diaries == ((mapping, *known) if is_first else (*known, mapping))


def test_most_lines_decide_how_new_ones_end() -> None:
    before = 'time_zone = "UTC"\n[runner]\nsex = "male"\r\n# c\n'
    assert "\r" not in with_mapping(before, STRANGE).removeprefix(before)


@pytest.mark.parametrize(
    "name",
    [
        "day",
        "a.b",
        "ä ö",
        "a'b\"c",
        "a\\b",
        "tab\there",
        "line\nbreak",
        "\x00\x1f\x7f",
        "a\u2028b",
        "🏃",
        "[[diary]]",
        "# no",
    ],
)
def test_any_name_of_a_column_is_read_back_as_it_was(name: str) -> None:
    done = ((name, name),)
    mapping = DiaryMapping("inbox/x.csv", day=name, score=name, context=(name,), done=done)
    assert settings_in(with_mapping('time_zone = "UTC"\n', mapping)).diaries == (mapping,)


@pytest.mark.parametrize("scale", [(0, 100), (0.5, 1234567.25), (1e-9, 1e20)])
def test_numbers_are_written_in_full(scale: tuple[int, int] | tuple[float, float]) -> None:
    mapping = DiaryMapping("inbox/x.csv", scale=scale)
    assert settings_in(with_mapping("", mapping)).diaries == (mapping,)


@pytest.mark.parametrize(
    "mapping",
    [
        DiaryMapping("inbox/caf\udce9.csv"),
        DiaryMapping("x.csv", day=" "),
        DiaryMapping("x.csv", done=(("plank", "a"), ("plank", "b"))),
    ],
)
def test_what_toml_cannot_say_is_refused_and_the_file_stays(
    home: Home, mapping: DiaryMapping
) -> None:
    home.settings_file.write_text('time_zone = "UTC"\n')
    with pytest.raises(SettingsError):
        add_mapping(home, mapping)
    assert home.settings_file.read_text() == 'time_zone = "UTC"\n'


def test_a_settings_file_that_is_no_text_is_refused_and_stays(home: Home) -> None:
    home.settings_file.write_bytes(b"time_zone = '\xff'\n")
    with pytest.raises(SettingsError, match="not TOML"):
        add_mapping(home, STRANGE)
    assert home.settings_file.read_bytes() == b"time_zone = '\xff'\n"


def test_a_section_stands_before_one_that_fits_the_same_file_so_that_it_counts() -> None:
    before = '# all of them\n[[diary]]\nfile = "*.csv"\n\n[nightly]\ncron = "0 4 * * *"\n'
    written = with_mapping(before, STRANGE)
    assert settings_in(written).diaries == (STRANGE, DiaryMapping("*.csv"))
    assert written.replace(mapping_text(STRANGE) + "\n", "") == before


def test_a_header_inside_a_text_of_several_lines_is_not_taken_for_one() -> None:
    before = '[[diary]]\nfile = "*.csv"\nnote = """\n[[diary]]\n"""\n'
    assert settings_in(with_mapping(before, STRANGE)).diaries[0] == STRANGE


@pytest.mark.parametrize(
    "before", ['diary = [{ file = "a.csv" }]\n', '[["diary"]]\nfile = "*.csv"\n']
)
def test_where_no_place_is_safe_nothing_is_written_and_the_lines_are_shown(
    home: Home, before: str
) -> None:
    home.settings_file.write_text(before)
    with pytest.raises(SettingsError, match="put it there yourself"):
        add_mapping(home, STRANGE)
    assert home.settings_file.read_text() == before
    assert [path.name for path in home.folder.iterdir() if path.is_file()] == ["tightlog.toml"]


def test_a_name_with_wildcards_means_that_one_file() -> None:
    assert DiaryMapping(exactly("inbox/back [1]*?.csv")).fits("inbox/back [1]*?.csv")
    assert not DiaryMapping(exactly("inbox/back [1]*.csv")).fits("inbox/back 1x.csv")


def test_a_linked_settings_file_stays_a_link(home: Home, tmp_path: Path) -> None:
    (tmp_path / "dotfiles.toml").write_text('time_zone = "UTC"\n')
    home.settings_file.symlink_to(tmp_path / "dotfiles.toml")
    add_mapping(home, STRANGE)
    assert home.settings_file.is_symlink()
    assert "[[diary]]" in (tmp_path / "dotfiles.toml").read_text()


def test_two_that_write_at_once_lose_neither(home: Home) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: add_mapping(home, DiaryMapping(f"{number}.csv")), range(12)))
    assert {mapping.file for mapping in settings_of(home).diaries} == {
        f"{number}.csv" for number in range(12)
    }
