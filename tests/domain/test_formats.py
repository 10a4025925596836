"""Every format is declared once, with what its word is worth beside another's."""

import re
from pathlib import Path

from tightlog.domain.formats import FORMAT, FORMATS, LISTS, RECORDING_TITLES, RUN_ENDINGS, VENDORS
from tightlog.readers.exports.export_layout import is_run_name
from tightlog.readers.registry import readers
from tightlog.warehouse.build import statement
from tightlog.words.enumerations import enumerated

README = Path(__file__).parents[2] / "README.md"


def test_every_format_has_a_reader_of_its_own() -> None:
    assert sorted(one.format.name for one in readers()) == sorted(FORMAT)
    assert len(FORMAT) == len(FORMATS)


def test_no_two_formats_with_activities_are_worth_the_same() -> None:
    ranked = [one for one in FORMATS if one.name != "diary" and not one.holds_days]
    assert len({one.record_rank for one in ranked}) == len(ranked)
    assert len({one.fact_rank for one in ranked}) == len(ranked)


def test_every_recording_is_worth_more_than_every_list() -> None:
    recorded = [one.record_rank for one in FORMATS if one.endings and one.name != "diary"]
    assert min(recorded) > max(FORMAT[name].record_rank for name in LISTS)


def test_names_of_recordings_are_known_packed_and_numbered_by_a_browser() -> None:
    for ending in RUN_ENDINGS:
        assert is_run_name(f"a{ending}") and is_run_name(f"a{ending}.gz (2)")
    assert not is_run_name("afit") and not is_run_name("a.fitx")


def test_the_dictionary_names_every_reader() -> None:
    (comment,) = re.findall(
        r"source_file\.reader is\s+'([^']+)'", statement("relation/source_file")
    )
    assert [name for name in FORMAT if not re.search(rf"\b{name}\b", comment)] == []


def test_the_readme_names_every_format() -> None:
    text = README.read_text(encoding="utf-8")
    assert f"{enumerated(RECORDING_TITLES)} files" in text
    assert f"the export ZIP of {enumerated(VENDORS, 'or')}" in text
    assert "a CSV file with your scores" in text
