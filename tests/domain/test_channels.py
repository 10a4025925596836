"""Every recorded quantity is declared once, and what repeats it agrees with the declaration."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import duckdb
import pytest

import tightlog
from tests.builders import home_at, run_gpx
from tightlog.domain.activity import Activity
from tightlog.domain.channels import CHANNEL, CHANNELS, MEAN_BY_RULE, PLAIN_MEANS, WITH_MEAN
from tightlog.domain.frames import RECORD_SCHEMA
from tightlog.readers.xml.gpx import ROW as GPX_ROW
from tightlog.readers.xml.tcx import ROW as TCX_ROW
from tightlog.warehouse import build
from tightlog.warehouse.channel_columns import channel_comments
from tightlog.warehouse.drafts.readings import Readings

SQL = Path(build.__file__).parent / "sql"
RANGE = re.compile(r"when (?:\w\.)?(\w+) between ([\d.]+) and ([\d.]+) then")
SUFFIX_OF_UNIT = {
    "degrees north": "_deg", "degrees east": "_deg", "m": "_m", "m/s": "_mps", "beats/min": "_bpm",
    "steps/min of both feet on foot, else cycles/min": "_spm", "W": "_w", "mm": "_mm", "%": "_pct",
    "ms": "_ms",
}  # fmt: skip


def test_names_are_distinct_and_end_in_their_unit() -> None:
    assert len(CHANNEL) == len(CHANNELS)
    wrong = [one.name for one in CHANNELS if not one.name.endswith(SUFFIX_OF_UNIT[one.unit])]
    assert wrong == []


def test_every_channel_is_a_column_of_the_records() -> None:
    assert list(RECORD_SCHEMA)[4:] == [one.name for one in CHANNELS]


def test_every_channel_with_a_mean_is_a_field_of_an_activity() -> None:
    assert {one.name for one in WITH_MEAN} <= {field.name for field in fields(Activity)}


def test_every_channel_of_a_text_format_has_a_credible_range() -> None:
    read_as_text = [one for one in CHANNELS if one.gpx or one.gpx_attribute or one.tcx]
    assert [one.name for one in read_as_text if one.credible is None] == []
    assert {one.raw_name for one in read_as_text if not one.tcx or one.gpx} <= set(GPX_ROW.columns)
    tagged = {tag for names in TCX_ROW.fields.values() for tag in names}
    assert {tag for one in CHANNELS for tag in one.tcx} <= tagged


@pytest.mark.parametrize("relation", ["record", "activity", "lap"])
def test_every_channel_of_a_relation_is_commented_and_none_twice(relation: str) -> None:
    text = build.statement(f"relation/{relation}")
    assert channel_comments(relation)
    written = {name for name in channel_comments(relation) if f"{relation}.{name} is" in text}
    assert written == set()


def test_activity_has_the_mean_of_every_channel_that_has_one() -> None:
    selected = build.statement("relation/activity").partition("comment on")[0]
    missing = [one.name for one in WITH_MEAN if not re.search(rf"\ba\.{one.name}\b", selected)]
    assert missing == []


def test_what_is_ingested_holds_every_channel_and_is_made_twice_without_harm(
    tmp_path: Path,
) -> None:
    with duckdb.connect() as connection:
        for _ in range(2):
            readings = Readings(connection, tmp_path)
            readings.make_tables()
            readings.shelf.settle()
        columns = [row[0] for row in connection.execute("describe ingest.record").fetchall()]
        assert columns == ["activity_key", *RECORD_SCHEMA]
        held = {row[0] for row in connection.execute("describe ingest.activity").fetchall()}
    assert {one.name for one in WITH_MEAN} <= held


def test_ranges_written_in_sql_are_those_declared() -> None:
    written = [
        (entry.name, name, (float(low), float(high)))
        for folder in ("question", "derive", "input", "ingest")
        for entry in (SQL / folder).rglob("*.sql")
        for name, low, high in RANGE.findall(entry.read_text(encoding="utf-8"))
        if name in CHANNEL
    ]
    assert written
    assert [found for found in written if found[2] != CHANNEL[found[1]].range_in_run] == []


def test_what_a_score_needs_of_the_nouns_does_not_wait_for_polars() -> None:
    code = (
        "import sys, tightlog.domain.diary, tightlog.domain.sports, tightlog.domain.formats,"
        " tightlog.domain.channels; sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_mean_is_a_rule_of_its_own_or_the_mean_of_the_records() -> None:
    names = {one.name for one in WITH_MEAN}
    assert names >= MEAN_BY_RULE
    assert {one.name for one in PLAIN_MEANS} == names - MEAN_BY_RULE


def test_a_channel_declared_anew_goes_from_the_file_to_the_warehouse(tmp_path: Path) -> None:
    package = shutil.copytree(Path(tightlog.__file__).parent, tmp_path / "src" / "tightlog")
    channels, activity = package / "domain" / "channels.py", package / "domain" / "activity.py"
    declared = (
        '    Channel("breath_rate_spm", "breaths", "1/min", credible=(4.0, 80.0), mean="mean rate",'
        ' gpx=("resp",)),\n)  # fmt: skip\n\nCHANNEL:'
    )
    insert(channels, ")  # fmt: skip\n\nCHANNEL:", declared)
    insert(activity, "    device:", "    breath_rate_spm: float | None = None\n    device:")
    relation = package / "warehouse" / "sql" / "relation" / "activity.sql"
    insert(relation, "    coalesce(a.power_w,", "    a.breath_rate_spm,\n    coalesce(a.power_w,")
    breathing = run_gpx().replace(b"</gpxtpx:hr>", b"</gpxtpx:hr><gpxtpx:resp>31</gpxtpx:resp>")
    home = home_at(tmp_path / "home", run_gpx=breathing)
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    asked = (
        "select any_value(a.breath_rate_spm) as mean, count(r.breath_rate_spm) as rows"
        " from activity as a join record as r using (activity_id)"
    )
    for command in (["refresh"], ["sql", "--format", "json", asked]):
        done = subprocess.run(
            [sys.executable, "-m", "tightlog", "--home", str(home.folder), *command],
            env=os.environ | {"PYTHONPATH": str(package.parent)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [{"mean": 31.0, "rows": 241}]


def insert(module: Path, before: str, text: str) -> None:
    source = module.read_text(encoding="utf-8")
    assert source.count(before) == 1, (module, before)
    module.write_text(source.replace(before, text), encoding="utf-8")
