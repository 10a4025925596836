"""The guide tells programs what leads where, and the data keep to it."""

import json
from pathlib import Path

import pytest

from tightlog.answers.guide import guide, guide_of
from tightlog.cli.main import main
from tightlog.home.settings import Home
from tightlog.warehouse import store
from tightlog.warehouse.build import relation_names
from tightlog.warehouse.exports.relation_keys import KEYS, LINKS, THOSE_KNOWN, Link


def count(version: Path, sql: str) -> int:
    return int(store.query(version, sql).item())


def test_every_relation_has_its_key_declared() -> None:
    assert set(KEYS) == set(relation_names())


@pytest.mark.parametrize("name", [name for name, key in KEYS.items() if key])
def test_a_key_tells_the_rows_apart(name: str, four_months_version: Path) -> None:
    key = ", ".join(KEYS[name])
    twice = f"select count(*) from (select {key} from {name} group by all having count(*) > 1)"
    assert count(four_months_version, twice) == 0


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.relation}.{link.column}")
def test_a_link_leads_to_a_row(link: Link, four_months_version: Path) -> None:
    held = f"select {link.to_column} from {link.to_relation} where {link.to_column} is not null"
    lost = (
        f"select count(*) from {link.relation} where {link.column} is not null "
        f"and {link.column} not in ({held})"
    )
    if f"{link.relation}.{link.column}" not in THOSE_KNOWN:
        assert count(four_months_version, lost) == 0


def test_the_command_prints_the_guide(
    four_months: Home, four_months_version: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(four_months.folder), "sql", "--guide", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == guide_of(four_months_version)
    lap = told["relations"]["lap"]
    assert lap["key"] == ["activity_id", "lap_index"]
    assert lap["links"] == [
        {"column": "activity_id", "to_relation": "activity", "to_column": "activity_id"}
    ]
    assert set(lap["columns"]["distance_m"]) == {"type", "meaning"}


def test_a_part_of_the_guide_has_only_links_within_it() -> None:
    rows = [
        {"relation": "lap", "one_row_per": "lap", "column_name": "activity_id", "data_type": "x",
         "meaning": "y"},
    ]  # fmt: skip
    told = guide(rows)["relations"]["lap"]
    assert (told["key"], told["links"]) == ([], [])
