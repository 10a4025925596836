"""What is shared: every column is decided, a text only by name, and nothing else is in reach."""

from pathlib import Path

import duckdb
import pytest

from tightlog.features.catalogue import FEATURES
from tightlog.home.sections.mcp_section import SHAREABLE
from tightlog.warehouse import store
from tightlog.warehouse.build import relation_names
from tightlog.warehouse.sandbox.limits import Sharing
from tightlog.warehouse.shared.held import RELATIONS, held, names_in

MEMORY = 2**30
# Relations of files and of looks, hypotheses and tasks in the runner's own words; and what is left
# out of each other one: positions and altitude, names and paths, notes and words of files, devices,
# the seed, the zone.
NOT_SHARED = {
    "source_file", "duplicate_activity", "doubtful_activity", "ignored_activity", "past_look",
    "hypothesis", "function_score",
}  # fmt: skip
LEFT_OUT = {
    "activity": {
        "cadence_evidence", "sha256", "session_index", "utc_offset_source", "device", "name",
        "shoe", "shoe_source", "shoe_start_m",
    },
    "record": {"latitude_deg", "longitude_deg", "altitude_m"},
    "context": {"source", "device", "written_at"},
    "tightness": {"note", "source", "raw_value", "raw_moment", "file_line"},
    "intervention_log": {"source"},
    "trial": {"seed", "stop_note"},
    "publication": {
        "time_zone", "settings_fingerprint", "journal_fingerprint", "diary_fingerprint",
        "reads_wellness",
    },
    "effect": {"stood_a_week_earlier", "days_apart"},
}  # fmt: skip
# How a finding was judged: of no use without the method.
FINDING_LEFT_OUT = {
    "look_back_d", "spans_d", "is_window_in_title", "is_event", "max_t_p", "earlier_half_points",
    "later_half_points", "yesterday_rated_points", "yesterday_rated_p", "rank_p", "diary_days",
    "diary_days_needed", "is_rated_in_evening", "left_out_scores", "most_common_share",
    "smallest_real_change_points", "joint_p", "lag_1_points", "lag_2_points", "lag_3_points",
    "cumulative_points", "cumulative_low", "cumulative_high", "prior_weight",
    "stood_a_week_earlier", "life_robustness_pct", "tests", "reaction_sign", "reaction_family_p",
    "spoilt_night_p", "is_chosen_for_relief", "is_ranked", "rank_sign", "is_time_unknown",
    "same_day_points", "same_day_p",
}  # fmt: skip


@pytest.fixture(scope="module")
def all_columns(four_months_version: Path) -> dict[str, set[str]]:
    guide = store.relation(four_months_version, "relation_guide")
    columns: dict[str, set[str]] = {}
    for relation, column in guide.select("relation", "column_name").iter_rows():
        columns.setdefault(relation, set()).add(column)
    return columns


def shared_columns(version: Path, *switched_on: str) -> dict[str, set[str]]:
    with held(version, Sharing(switched_on), RELATIONS, MEMORY) as connection:
        return {
            name: {column[0] for column in connection.execute(f"from {name} limit 0").description}
            for name in RELATIONS
        }


def test_every_relation_is_shared_or_not_on_purpose() -> None:
    assert set(relation_names()) == RELATIONS | NOT_SHARED


def test_every_column_is_shared_or_not_on_purpose(
    four_months_version: Path, all_columns: dict[str, set[str]]
) -> None:
    shared = shared_columns(four_months_version, *SHAREABLE)
    for name in RELATIONS:
        left_out = FINDING_LEFT_OUT if name == "finding" else LEFT_OUT.get(name, set())
        assert all_columns[name] - shared[name] == left_out, name
        assert shared[name] <= all_columns[name]


def test_nights_and_notes_are_columns_of_a_day_only_where_they_are_switched_on(
    four_months_version: Path,
) -> None:
    nothing, wellness, context = (
        shared_columns(four_months_version, *names)["day"]
        for names in ((), ("wellness",), ("context",))
    )
    assert not [name for name in nothing if name.startswith("context_") or "sleep" in name]
    assert {"context_sleep_h", "sleep_deviation_h"} <= wellness - nothing
    assert {"context_mood", "context_stress"} <= context - nothing
    assert not wellness & context - nothing


def test_every_family_of_features_is_decided(four_months_version: Path) -> None:
    families = {one.feature: one.family for one in FEATURES}
    shared = shared_columns(four_months_version)["day"] - {"day"}
    assert {families[name] for name in families} - {families[name] for name in shared} == {
        "nights",
        "context",
    }


def test_nothing_but_what_a_query_names_is_in_reach(four_months_version: Path) -> None:
    with held(four_months_version, Sharing(), ["tightness"], MEMORY) as connection:
        tables = connection.execute(
            "select distinct database_name, schema_name, table_name from duckdb_tables()"
        ).fetchall()
        assert tables == [("memory", "shared", "tightness")]
        databases = connection.execute("select database_name from duckdb_databases()").fetchall()
        assert {name for (name,) in databases} == {"memory", "system", "temp"}
        assert connection.execute("select * from duckdb_variables()").fetchall() == []
        for statement in (f"attach '{four_months_version}' as again", "from glob('/*')"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


def test_the_guide_lists_what_is_shared_and_itself(four_months_version: Path) -> None:
    with held(four_months_version, Sharing(), ["relation_guide"], MEMORY) as connection:
        rows = connection.execute("select relation, column_name from relation_guide").fetchall()
    listed: dict[str, set[str]] = {}
    for relation, column in rows:
        listed.setdefault(relation, set()).add(column)
    assert listed == shared_columns(four_months_version)


def test_names_are_found_in_any_writing() -> None:
    assert names_in('select "Day".x from SHARED."lap" as l') == {"day", "lap"}
