"""A change of what is stored raises SCHEMA_VERSION, so that homes that exist are read again."""

import tomllib

from tests.warehouse.stored_schema import (
    BUILD,
    advice,
    changed,
    raised,
    record,
    recorded,
    stored_parts,
    without_words,
)
from tightlog.warehouse import build


def test_what_is_stored_is_as_recorded_for_this_schema_version() -> None:
    version, before = recorded()
    names = changed(before, stored_parts())
    assert names == [], advice(names)
    assert version == build.SCHEMA_VERSION, "run `python -m tests.warehouse.stored_schema`"


def test_a_new_column_and_another_value_change_their_part_and_words_do_not() -> None:
    stored = "-- One row.\ncreate table a as\nselect b from c;\ncomment on column a.b is 'x';\n"
    reworded = "create table a as select b\nfrom c;\ncomment on column a.b is\n'y; '\n'z';\n"
    assert without_words(stored) == without_words(reworded) == "create table a as select b from c;"
    for other in (
        stored.replace("b from", "b, d from"),
        stored.replace("b from", "b + 1 as b from"),
    ):
        assert without_words(other) != without_words(stored)


def test_parts_that_are_new_gone_and_different_are_named() -> None:
    before, now = {"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"}
    assert changed(before, now) == ["a", "c", "d"]
    assert "a, c, d" in advice(["a", "c", "d"])
    assert tomllib.loads(record(3, now)) == {"schema_version": 3, "part": now}


def test_the_version_is_raised_in_its_one_place() -> None:
    before = BUILD.read_text(encoding="utf-8").splitlines()
    after = raised("\n".join(before), build.SCHEMA_VERSION + 1).splitlines()
    (line,) = set(after) - set(before)
    assert line == f"SCHEMA_VERSION = {build.SCHEMA_VERSION + 1}"
    assert len(after) == len(before)


def test_every_folder_that_stores_and_every_list_of_names_is_a_part() -> None:
    folders = {name.partition("/")[0] for name in stored_parts()}
    assert folders == {"ingest", "segment", "input", "derive", "relation", "names"}
    assert {f"relation/{name}" for name in build.relation_names()} <= set(stored_parts())
