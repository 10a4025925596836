"""The data dictionary as docs/sql.md: every relation and column with its comment in the warehouse,
and the example questions.

`python -m tightlog.answers.dictionary docs/sql.md` writes it; `make docs` does that.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from tightlog.home.settings import home_folder, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.warehouse.examples import Example, examples

OPENING = """\
# SQL

<!-- Written by `make docs` from the comments of the relations and the files in
src/tightlog/warehouse/sql/example: change those. -->

Everything tightlog knows is in `data/warehouse/tightlog.duckdb`, a DuckDB file: {relation_count}
relations and {column_count} columns, each with its meaning and unit. The pages show nothing else.

The rows of `record` lie in Parquet files beside it, under `data/warehouse/segments`; the file names
them by their full paths, so that you read them as any other relation. Copied alone, the file
answers everything but `record`. After a home was moved, `tightlog refresh` sets the paths right. To
take everything along in one file:

```sh
.venv/bin/tightlog export DIR --single-file     # DIR/tightlog.duckdb, records inside
```

## How to open it

All of these can stay open while the nightly refresh runs: it builds a new file and then points the
link `tightlog.duckdb` to it. A connection keeps showing the version it opened; open it again to see
the new one. The three newest versions are kept.

**In tightlog.** The dashboard's SQL page has the dictionary, the examples below and an editor. In a
terminal:

```sh
.venv/bin/tightlog sql            # a prompt; end a query with ;
.venv/bin/tightlog sql "select day, tightness_score from day order by day desc limit 7"
.venv/bin/tightlog sql --format csv "from activity" > activities.csv
.venv/bin/tightlog export DIR     # every relation as Parquet (or --format csv)
```

A query is one statement that reads: `select`, `with`, `from`, `values`, `table`, `describe`,
`summarize`, `show`, `pivot`, `unpivot`, `explain`. Files, settings and everything that writes are
refused ([privacy.md](privacy.md)). The SQL page shows at most 10,000 rows; `tightlog sql` has no
limit, so use `--format csv` or `--json` for a large answer.

In CSV, text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or
a carriage return, also after spaces) has an apostrophe before it; numbers stay numbers. Parquet and
JSON keep the text unchanged. To undo it:

    regexp_replace(note, '^''(''*(?:[\\t\\r]|\\s*[=+@-]).*)$', '\\1', 's')

**DuckDB's own command line**, 1.5 or newer:

```sh
duckdb -readonly data/warehouse/tightlog.duckdb
```

**Jupyter, or any Python** with `duckdb` 1.5 or newer; close the connection before you look for a
new version:

```python
import duckdb

with duckdb.connect("data/warehouse/tightlog.duckdb", read_only=True) as warehouse:
    days = warehouse.sql(
        "select day, tightness_score, run_distance_m from day"
    ).pl()  # or .df() for pandas
```

**DBeaver**, or another program that speaks JDBC: a new DuckDB connection whose path is the full
path of `tightlog.duckdb`; under driver properties add `duckdb.read_only` with the value `true`. Its
DuckDB driver must be 1.5 or newer. To see a new version: Invalidate/Reconnect.

Open it read-only. The published files are write-protected, so a program that tries to write gets an
error. Nothing it could write would be kept anyway, because a refresh builds from `data/raw` and
your diary alone.

## Before you trust a number

- Units are in the names: `_s _min _m _mps _bpm _spm _w _ms _mm _deg _pct _au` and `_d` for days;
  `_at` is a UTC instant, `day` the runner's local
  date.
- **Null is not zero.** Null is "not known", 0 is "known to be none". `avg`, `median` and
  `count(column)` leave nulls out; `count(*)` does not.
- Cadence is steps per minute of both feet, on foot. `cadence_raw` is the value in the file,
  `cadence_rule` how it was converted, `cadence_evidence` why.
- Two recordings of one run are one row of `activity`; the other is in `duplicate_activity`.
- A median of tight and other days only describes. `finding` and `effect` test whether it is more
  than chance, season, weekday, or a sore runner
  running less ([method.md](method.md)). "Goes with" is not "causes".
- `record` has one row per second: begin with one `activity_id`, or with `limit`.

"""


def sql_document(guide: pl.DataFrame, questions: Sequence[Example]) -> str:
    """Text of docs/sql.md from the rows of `relation_guide` and the example questions."""
    opening = OPENING.format(relation_count=guide["relation"].n_unique(), column_count=guide.height)
    return "\n".join(
        [opening.rstrip("\n"), "", *_example_lines(questions), *_relation_lines(guide)]
    )


def _example_lines(questions: Sequence[Example]) -> list[str]:
    lines = [
        f"## {len(questions)} questions, answered",
        "",
        "Choose one on the dashboard's SQL page, or paste it into any of the programs above.",
        "",
    ]
    for number, example in enumerate(questions, 1):
        lines += [f"### {number}. {example.question}", "", "```sql", example.sql, "```", ""]
    return lines


def _relation_lines(guide: pl.DataFrame) -> list[str]:
    names = guide["relation"].unique(maintain_order=True).to_list()
    lines = ["## Relations", "", " · ".join(f"[{name}](#{name})" for name in names), ""]
    for name in names:
        columns = guide.filter(pl.col("relation") == name)
        lines += [
            f"### {name}",
            "",
            f"{columns['one_row_per'][0].rstrip('.')}.",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        lines += [
            f"| `{row['column_name']}` | {row['data_type'].lower()} | {_cell(row['meaning'])} |"
            for row in columns.iter_rows(named=True)
        ]
        lines.append("")
    return lines


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("<", "&lt;")


def empty_guide() -> pl.DataFrame:
    """Rows of `relation_guide` of an empty home: every relation exists, without rows."""
    with tempfile.TemporaryDirectory() as folder:
        home = home_folder(folder)
        refresh(home, settings_of(home))
        return store.relation(store.published_version(home), "relation_guide")


def main() -> int:
    """Writes the document to the path given."""
    Path(sys.argv[1]).write_text(sql_document(empty_guide(), examples()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
