"""cohort.toml: homes by path or pattern under pseudonyms, and consent that it can only narrow."""

from pathlib import Path

import pytest

from tightlog.cohort.cohort_file import language_in, new_cohort, read_cohort, with_home
from tightlog.cohort.members import (
    Consent,
    Member,
    consent_of,
    drawn_pseudonym,
    members,
    switches,
)
from tightlog.errors import CohortError, SettingsError
from tightlog.home.sections.share_section import SHARED_PARTS, Share
from tightlog.language.choice import ENGLISH, GERMAN, spoken


def made_home(folder: Path) -> Path:
    (folder / "data" / "raw").mkdir(parents=True)
    return folder


def test_homes_get_pseudonyms_that_are_no_names(tmp_path: Path) -> None:
    cohort = new_cohort(tmp_path / "team", "anna")
    for name in ("jane-doe", "john-roe"):
        cohort = with_home(cohort, str(made_home(tmp_path / "homes" / name)), None)
    assert [one.pseudonym for one in members(cohort)] == ["runner-01", "runner-02"]
    again = with_home(cohort, str(made_home(tmp_path / "homes" / "third")), "R7")
    assert [one.pseudonym for one in members(again)] == ["R7", "runner-01", "runner-02"]


def test_homes_of_a_pattern_keep_their_pseudonyms_and_hide_their_folders(tmp_path: Path) -> None:
    for name in ("jane-doe", "john-roe"):
        made_home(tmp_path / "homes" / name)
    (tmp_path / "homes" / "no home").mkdir()
    cohort = with_home(new_cohort(tmp_path / "team", "anna"), str(tmp_path / "homes" / "*"), None)
    found = {one.folder.name: one.pseudonym for one in members(cohort)}
    assert set(found) == {"jane-doe", "john-roe"}
    assert not any("doe" in name or "roe" in name for name in found.values())
    made_home(tmp_path / "homes" / "a-new-one")
    assert found.items() < {one.folder.name: one.pseudonym for one in members(cohort)}.items()


def test_a_home_found_twice_counts_once(tmp_path: Path) -> None:
    home = made_home(tmp_path / "homes" / "one")
    cohort = with_home(new_cohort(tmp_path / "team", "anna"), str(home), "R1")
    cohort = with_home(cohort, str(tmp_path / "homes" / "*"), None)
    assert [one.pseudonym for one in members(cohort)] == ["R1"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = 3",
        'name = "anna"\nnames = ["jane"]',
        'name = "anna"\n[[home]]\npath = "x"',
        'name = "anna"\n[[home]]\npath = "x"\nas = "../../etc"',
        'name = "anna"\n[[home]]\npath = "x"\nas = "a b"',
        'name = "anna"\n[[home]]\npath = "x/*"\nas = "R1"',
        'name = "anna"\n[[home]]\npath = "x"\nas = "R1"\n[[home]]\npath = "y"\nas = "r1"',
        'name = "anna"\nwhat = ["everything"]',
        'name = "anna"\nlanguage = "fr"',
        'name = "anna"\nlanguage = 1',
        'name = "anna"\n[[home]]\npath = ""\nas = "R1"',
        'name = "anna"\n[[home]]\npath = "x\\u0000"\nas = "R1"',
        'name = "anna"\n[[home]]\npath = "x"\nas = ""',
        'name = "anna"\n[[home]]\npath = "x"\nas = "a/b"',
        'name = "anna"\n[[home]]\npath = "x"\nas = "home=1"',
        'name = "anna"\n[[home]]\npath = "x"\nas = "jürgen"',
        'name = "anna"\n[[home]]\npath = "x"\nas = "R1\\n"',
        f'name = "anna"\n[[home]]\npath = "x"\nas = "{"a" * 41}"',
        'name = "anna"\n[[home]]\npath = "x"\nas = "Coach"',
        # A pattern without a salt: its pseudonyms could be tried out.
        'name = "anna"\n[[home]]\npath = "x/*"',
        'name = "anna"\nsalt = "short"\n[[home]]\npath = "x/*"',
        "name = ",
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "cohort.toml").write_text(text)
    with pytest.raises((CohortError, SettingsError)):
        read_cohort(tmp_path)


def test_a_cohort_speaks_english_or_the_language_it_was_made_in(tmp_path: Path) -> None:
    assert new_cohort(tmp_path / "one", "anna").language == ENGLISH
    with spoken(GERMAN):
        made = new_cohort(tmp_path / "two", "anna")
    assert made.language == read_cohort(made.folder).language == GERMAN
    assert 'language = "de"' in made.file.read_text()


def test_the_language_is_known_where_the_rest_of_the_file_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "cohort.toml"
    assert language_in(tmp_path) is None
    file.write_text('language = "de"\nnames = 3')
    assert language_in(tmp_path) == GERMAN
    for text in ('language = "fr"', "language = "):
        file.write_text(text)
        assert language_in(tmp_path) is None
    file.write_text('name = "anna"\nlanguage = "fr"')
    with pytest.raises(SettingsError, match=r'cohort\.toml: language is "en" or "de"'):
        read_cohort(tmp_path)


def test_a_folder_that_is_no_cohort_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CohortError, match="init"):
        read_cohort(tmp_path)
    new_cohort(tmp_path, "anna")
    with pytest.raises(CohortError, match="already"):
        new_cohort(tmp_path, "anna")


def test_consent_is_the_home_s_and_the_cohort_only_narrows_it(tmp_path: Path) -> None:
    cohort = new_cohort(tmp_path / "team", "anna")
    whole = Member("R1", tmp_path, SHARED_PARTS)
    agreed = Share(("anna",), ("status", "days"), True, True)
    assert consent_of(agreed, cohort, whole) == Consent(("status", "days"), True, True)
    narrow = Member("R1", tmp_path, ("status", "records"))
    assert consent_of(agreed, cohort, narrow).parts == ("status",)
    assert consent_of(Share(("ben",), ("status",), True), cohort, whole) == Consent()
    assert consent_of(Share(), cohort, whole) == Consent()
    # Nights and notes alone are nothing to read.
    assert consent_of(Share(("anna",), ("wellness",)), cohort, whole) == Consent()


def test_what_is_switched_on_follows_from_the_parts() -> None:
    assert switches(("status",)) == ("red_flags",)
    assert switches(("days", "wellness")) == ("wellness",)
    assert switches(("estimates",)) == ()


def test_a_pseudonym_two_homes_would_have_is_refused(tmp_path: Path) -> None:
    drawn, other = made_home(tmp_path / "homes" / "one"), made_home(tmp_path / "other")
    cohort = with_home(new_cohort(tmp_path / "team", "anna"), str(tmp_path / "homes" / "*"), None)
    taken = drawn_pseudonym(cohort.salt, drawn)
    cohort = with_home(cohort, str(other), taken.upper())
    with pytest.raises(CohortError, match="two homes are called"):
        members(cohort)


@pytest.mark.parametrize("pattern", ["**x/*", "[", "~nobody-of-this-name/*"])
def test_a_pattern_that_is_none_says_so(tmp_path: Path, pattern: str) -> None:
    cohort = new_cohort(tmp_path / "team", "anna")
    text = cohort.file.read_text()
    cohort.file.write_text(f'{text}[[home]]\npath = "{pattern}"\n')
    found = read_cohort(cohort.folder)
    if pattern == "[":
        assert members(found) == ()
    else:
        with pytest.raises(CohortError, match="leads nowhere"):
            members(found)


def test_a_pattern_may_lead_up_and_over_links_and_finds_each_home_once(tmp_path: Path) -> None:
    home = made_home(tmp_path / "homes" / "one")
    (tmp_path / "homes" / "same").symlink_to(home)
    cohort = with_home(new_cohort(tmp_path / "team", "anna"), "../homes/*", None)
    assert [one.folder for one in members(cohort)] == [home.resolve()]
