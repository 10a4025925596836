"""Hostile queries made of parts: a statement that writes or reads elsewhere, a wrapping, a
disguise; and good queries, which must pass.
"""

import random
from pathlib import Path

from tightlog.warehouse.examples import examples

# Whole statements: F is a file beside the warehouse that is not there yet.
STATEMENTS = (
    "copy (select 1) to 'F'",
    "copy (select 1 as a) to 'F' (format parquet)",
    "copy day to 'F'",
    "copy (select 'x'::blob) to 'F' (format blob)",
    "copy day from 'F'",
    "export database 'F'",
    "import database 'F'",
    "attach 'F' as other",
    "attach 'F' (read_only)",
    "detach day",
    "install httpfs",
    "load httpfs",
    "force install 'F'",
    "create table t (a int)",
    "create temp table t as select 1",
    "create view v as select 1",
    "create macro m() as 1",
    "create or replace table day as select 1",
    "create sequence s",
    "create secret (type s3)",
    "create schema s",
    "create type e as enum ('a')",
    "create index i on day (day)",
    "drop table day",
    "drop view if exists day",
    "alter table day add column a int",
    "comment on table day is 'x'",
    "insert into day (day) values (date '2020-01-01')",
    "insert into day by name select 1 as day returning *",
    "update day set coverage = 'x'",
    "delete from day",
    "delete from day returning *",
    "truncate day",
    "vacuum",
    "vacuum day",
    "analyze",
    "checkpoint",
    "force checkpoint",
    "begin",
    "commit",
    "rollback",
    "set memory_limit = '1TB'",
    "set global threads = 9",
    "set temp_directory = 'F'",
    "set enable_external_access = true",
    "reset threads",
    "use memory",
    "set variable a = 1",
    "pragma database_list",
    "pragma enable_profiling",
    "pragma profiling_output = 'F'",
    "pragma enable_checkpoint_on_shutdown",
    "call pragma_version()",
    "call force_checkpoint()",
    "call enable_logging(storage = 'file', storage_path = 'F')",
    "prepare p as select 1",
    "execute p",
    "deallocate p",
    "merge into day using (select 1 as a) on false when not matched then insert values (null)",
    "select 1; copy (select 1) to 'F'",
    "select 1; drop table day",
    "",
)
# Queries that read something other than the warehouse, or do more than read.
CALLS = (
    "read_csv('F')",
    "read_csv_auto('F')",
    "read_parquet('F')",
    "parquet_scan('F')",
    "read_json('F')",
    "read_json_auto('F')",
    "read_ndjson('F')",
    "read_text('F')",
    "read_blob('F')",
    "read_duckdb('F')",
    "sniff_csv('F')",
    "glob('/*')",
    "parquet_metadata('F')",
    "parquet_schema('F')",
    "query('copy (select 1) to ''F''')",
    "query_table('day')",
    "json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "checkpoint()",
    "force_checkpoint()",
    "duckdb_secrets()",
    "duckdb_settings()",
    "duckdb_logs()",
    "truncate_duckdb_logs()",
    "pandas_scan(1)",
    "arrow_scan(1, 2, 3)",
    "enable_logging()",
    "which_secret('F', 's3')",
    "duckdb_extensions()",
    "seq_scan('day')",
    "enable_profiling()",
    "sql_auto_complete('s')",
)
VALUES = (
    "nextval('s')",
    "setval('s', 1)",
    "currval('s')",
    "write_log('x')",
    "getenv('HOME')",
    "sleep_ms(1)",
    "pg_sleep(1)",
    "json_serialize_plan('from ''F''')",
    "setseed(0.5)",
    "json_deserialize_sql(json_serialize_sql('select 1'))",
    "current_query()",
)
FILES = ("'F'", '"F"', "'F.csv'", "'/etc/passwd'", "'https://example.org/x.parquet'", "'*.csv'")

AROUND_STATEMENT = (
    "{}",
    "explain {}",
    "explain analyze {}",
    "explain (analyze, format json) {}",
    "with a as ({}) select 1",
    "with a as materialized ({}) from a",
    "with a as not materialized ({}) select 1",
    "with b as (select 1), a as ({}) from b",
    "with recursive a as ({}) select 1",
    "with b as (with a as ({}) select 1) from b",
    "explain analyze with a as ({}) select 1",
    "select * from (with a as ({}) select 1)",
    "select (with a as ({}) select 1)",
    "from ({})",
    "select * from day where exists ({})",
    "select 1 union all ({})",
    "({})",
    "describe {}",
    "summarize {}",
    "with a as ({}) pivot day on coverage using count(*)",
    "explain explain {}",
    "pivot (with a as ({}) from day) on coverage using count(*)",
    "prepare p as {}",
    "select json_serialize_sql('{}')",
    "create view v as {}",
    "call query('{}')",
)
AROUND_RELATION = ("describe {}", "summarize {}")
AROUND_SOURCE = (
    "from {}",
    "select * from {}",
    "select count(*) from day, {}",
    "with a as (from {}) from a",
    "explain from {}",
    "explain analyze select * from {}",
    "select (select 1 from {} limit 1)",
    "select * from day where day in (select day from {})",
    "from day union all from {}",
    "from day as d, lateral (from {})",
    "from day left join {} on true",
    "summarize from {}",
    "describe from {}",
    "pivot {} on a using count(*)",
    "unpivot {} on a, b",
    "pivot (from {}) on a",
    "select * from day asof join {} using (day)",
    "from (from (from {}))",
    "with recursive r as (select 1 as n union all select n + 1 from r, {} where n < 3) from r",
)
AROUND_VALUE = (
    "select {}",
    "select * from day where {} is null",
    "select list_transform([1], lambda x: {})",
    "explain analyze select {}",
    "from day order by {}",
    "select sum(1) filter ({} is null)",
    "values ({})",
    "select case when true then {} end",
    "select (select {})",
    "from range({})",
    "with a as (select {}) from a",
    "select count(*) over (order by {})",
    "select [{}]",
    "select {{'a': {}}}",
    "pivot day on coverage using max({})",
    "select coalesce({}, 1)",
    "select struct_pack(a := {})",
    "select columns(c -> {} is null) from day",
)
GOOD = (
    "from day",
    "select 1",
    "values (1), (2)",
    "table day",
    "describe day",
    "summarize day",
    "summarize select tightness_score from day",
    "show tables",
    "show all tables",
    "describe select * from activity",
    "explain select 1",
    "explain analyze select 1",
    "explain (format json) select * from day",
    "explain (analyze, format json) from day",
    "pivot activity on sport using count(*)",
    "pivot activity on sport, year(day)",
    "pivot activity on sport in ('running') using sum(distance_m) group by day",
    "pivot (select 1 as copy, 2 as vacuum) on copy using sum(vacuum)",
    "from (pivot activity on sport using count(*) group by day) order by day",
    "explain pivot activity on sport using count(*)",
    "with p as (pivot activity on sport using count(*)) from p",
    "unpivot (select 1 as a, 2 as b) on a, b into name n value v",
    "select * from day asof join activity on day.day >= activity.day",
    "select * from activity positional join day",
    "from day semi join activity using (day)",
    "select day, row_number() over (order by day) as n from day qualify n < 3",
    "select columns('run_.*') from day",
    "select columns(lambda c: c like 'run%') from day",
    "select * exclude (note) from tightness",
    "select * replace (1 as score) from tightness",
    "with recursive t(n) as (select 1 union all select n + 1 from t where n < 9) from t",
    "select list_transform([1, 2], lambda x: x + 1)",
    "select [x + 1 for x in [1, 2] if x > 1]",
    "from range(5)",
    "from generate_series(1, 3)",
    "select unnest([1, 2])",
    "from unnest([1, 2]) as t(x)",
    "from duckdb_tables()",
    "from duckdb_columns()",
    "from json_each('{\"a\": 1}')",
    "select '{\"a\": 1}'::json -> 'a'",
    "from day limit 10%",
    "select now(), current_date, today()",
    "select random(), uuid()",
    "from day using sample 5",
    "select date_trunc('week', day), count(*) from day group by all order by all",
    "select count(*) filter (where tightness_score > 3) from day",
    "select sport, sum(distance_m) from activity group by grouping sets ((sport), ())",
    "select 1 union all by name select 2 as a",
    "select 1 except select 2",
    "select distinct on (coverage) coverage, day from day",
    "select day from day where day in (select day from activity)",
    "select (select max(day) from day), exists (from day)",
    "from relation_guide",
    "select case when score > 3 then 'tight' else 'fine' end from tightness",
    "select note, score from tightness where note ilike '%copy%' -- copy (select 1) to 'x'",
    "select 'drop table day; copy day to ''x''' as text",
    'select "day" from "day"',
    "select interval 3 day + date '2026-05-01', 0x1f, 1_000, 'a' || 'b'",
    "from day as d, lateral (select d.day + 1 as next)",
    "/* a */ select /* b */ 1 -- c",
    "select try_cast('x' as int), 1::decimal(10, 2), [1, 2, 3][1:2], {'a': 1}.a",
    "from information_schema.tables",
    "select median(score), quantile_cont(score, 0.9) from tightness",
    "select string_agg(coverage, ', ' order by day) from day",
)


def hostile_queries(count: int, seed: int, folder: Path) -> list[str]:
    """Distinct queries that must be refused, by parts × wrappings × disguises."""
    chance = random.Random(seed)
    target = (folder / "attack.out").as_posix()
    kinds = (
        (STATEMENTS, AROUND_STATEMENT),
        (CALLS, AROUND_SOURCE),
        (FILES, AROUND_SOURCE),
        (VALUES, AROUND_VALUE),
    )
    made: dict[str, None] = {}
    while len(made) < count:
        parts, around = chance.choices(kinds, (6, 3, 1, 2))[0]
        part = chance.choice(parts).replace("F", _target(target, chance))
        wrapping = chance.choice(around)
        if wrapping in AROUND_RELATION and " " not in part:
            continue  # `describe begin` asks for a relation of that name
        made[_disguised(wrapping.format(part), chance)] = None
    return list(made)


def good_queries() -> list[str]:
    """Queries that must be answered."""
    return [*GOOD, *(example.sql for example in examples())]


def _target(target: str, chance: random.Random) -> str:
    """A new file, or one whose name DuckDB itself uses."""
    return target + chance.choice(("", ".wal", ".wal.recovery", ".wal.checkpoint", ".csv"))


def _disguised(sql: str, chance: random.Random) -> str:
    disguises = (
        lambda text: text,
        str.upper if "'" not in sql and '"' not in sql else str.strip,
        lambda text: text.replace(" ", "\t", 3),
        lambda text: text.replace(" ", "\n", 2),
        lambda text: text.replace(" ", " /* select 1 */ ", 1),
        lambda text: f"-- select 1\n{text}",
        lambda text: f"{text};",
        lambda text: f"\ufeff{text}",
        lambda text: text.replace(" ", "\u00a0", 1),
        lambda text: f"{text} -- '",
        lambda text: text.replace("copy", "CoPy").replace("select", "SeLeCt"),
    )
    return chance.choice(disguises)(sql)
