"""What writing a `[[diary]]` section promises: it counts, everything else in tightlog.toml stays byte for byte, and in doubt nothing is written."""

import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest

from tightlog.diary_mapping import add_mapping, exactly, mapping_text, with_mapping
from tightlog.domain.diary import DiaryMapping
from tightlog.errors import SettingsError
from tightlog.settings import home_folder, settings_in, settings_of

STRANGE = DiaryMapping("inbox/strange.csv", day="Wann", time="Um", score='How "tight"?\\\x7f\t', scale=(0, 100), order="dmy", region="Wo",
                       keep_regions=("Kreuz", "L5"), moment="Moment", note="Notiz", context=("Schlaf", "Stress"),
                       done=(("plank", "Planks"), ("foam rolling", "Rolle (min)")))
OTHER = '# mine\n[[diary]] # the old one\nfile = "old*.csv"\n\n[runner]\nsex = "female"'


@pytest.fixture
def home(tmp_path):
    return home_folder(str(tmp_path / "home"))


def test_what_is_written_is_read_back_as_it_was_said():
    assert settings_in(mapping_text(STRANGE)).diaries == (STRANGE,)


@pytest.mark.parametrize("before", ["", 'time_zone = "UTC"', 'time_zone = "UTC"\n', OTHER, OTHER.replace("\n", "\r\n")])
def test_a_section_is_added_and_every_other_byte_stays(home, before):
    home.settings_file.write_bytes(before.encode())
    add_mapping(home, STRANGE)
    written = home.settings_file.read_bytes().decode()
    assert written.startswith(before)
    assert ("\r\n" in before) == ("\r\n" in written) and "\n\n\n" not in written
    assert settings_of(home).diaries[-1] == STRANGE
    assert tomllib.loads(written) | {"diary": None} == tomllib.loads(before) | {"diary": None}


def test_a_section_stands_before_one_that_fits_the_same_file_so_that_it_counts():
    before = '# all of them\n[[diary]]\nfile = "*.csv"\n\n[nightly]\ncron = "0 4 * * *"\n'
    written = with_mapping(before, STRANGE)
    assert settings_in(written).diaries == (STRANGE, DiaryMapping("*.csv"))
    assert written.replace(mapping_text(STRANGE) + "\n", "") == before


def test_a_header_inside_a_text_of_several_lines_is_not_taken_for_one():
    before = '[[diary]]\nfile = "*.csv"\nnote = """\n[[diary]]\n"""\n'
    assert settings_in(with_mapping(before, STRANGE)).diaries[0] == STRANGE


@pytest.mark.parametrize("before", ['diary = [{ file = "a.csv" }]\n', '[["diary"]]\nfile = "*.csv"\n'])
def test_where_no_place_is_safe_nothing_is_written_and_the_lines_are_shown(home, before):
    home.settings_file.write_text(before)
    with pytest.raises(SettingsError, match="put it there yourself"):
        add_mapping(home, STRANGE)
    assert home.settings_file.read_text() == before
    assert [path.name for path in home.folder.iterdir() if path.is_file()] == ["tightlog.toml"]


def test_a_name_with_wildcards_means_that_one_file():
    assert DiaryMapping(exactly("inbox/back [1]*?.csv")).fits("inbox/back [1]*?.csv")
    assert not DiaryMapping(exactly("inbox/back [1]*.csv")).fits("inbox/back 1x.csv")


def test_a_linked_settings_file_stays_a_link(home, tmp_path):
    (tmp_path / "dotfiles.toml").write_text('time_zone = "UTC"\n')
    home.settings_file.symlink_to(tmp_path / "dotfiles.toml")
    add_mapping(home, STRANGE)
    assert home.settings_file.is_symlink()
    assert "[[diary]]" in (tmp_path / "dotfiles.toml").read_text()


def test_two_that_write_at_once_lose_neither(home):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: add_mapping(home, DiaryMapping(f"{number}.csv")), range(12)))
    assert {mapping.file for mapping in settings_of(home).diaries} == {f"{number}.csv" for number in range(12)}
