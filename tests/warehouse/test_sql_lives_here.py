"""SQL and DuckDB stay in the warehouse: everybody else asks for things by name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
OTHERS = [
    path
    for root in ("src/tightlog", "dashboards", "pipelines")
    for path in sorted((TOP / root).rglob("*.py"))
    if "src/tightlog/warehouse/" not in path.as_posix()
]
# Queries that are data: the hostile ones a test throws at the gate.
QUERIES_AS_DATA = "src/tightlog/simulation/hostile/queries.py"
# A file of another program, which only its own reader may touch.
FOREIGN_TABLES = "src/tightlog/readers/health/sqlite_tables.py"
SQL = re.compile(
    r"""\s*(
        select\s.+ | with\s+\w+\s+as\s*\( | from\s+\w+\s+(select|where|limit|order\s+by)\b
        | insert\s+into\s | delete\s+from\s | update\s+[\w.]+\s+set\s
        | (create|alter|drop)\s+(or\s+replace\s+)?(table|view|schema|macro)\s
        | copy\s+\(?[\w.]+.*\s(to|from)\s+\' | attach\s+\' | comment\s+on\s+(table|view|column)\s
        | describe\s+[\w.]+$ | summarize\s+[\w.]+$ | pivot\s+\w+\s+on\s
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text in the code but docstrings, the pieces of an f-string put together."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "x" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node.lineno, str(node.value)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(TOP)))
def test_no_sql_and_no_duckdb_outside_the_warehouse(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert "duckdb" not in {name.partition(".")[0] for name in imported(tree)}
    if not path.as_posix().endswith((QUERIES_AS_DATA, FOREIGN_TABLES)):
        assert [found for found in texts(tree) if SQL.match(found[1])] == []


@pytest.mark.parametrize(
    "text",
    [
        "select 1 from day",
        "\n  SELECT *\nFROM day",
        "with days as (select 1) select * from days",
        "from day where score > 3",
        "insert into ingest.activity by name select * from incoming",
        "delete from day",
        "update ingest.location set is_new = false",
        "create or replace table day as select 1",
        "alter table day add column a int",
        "copy day to 'x.csv'",
        "describe ingest.activity",
        "comment on column day.day is 'x'",
    ],
)
def test_sql_is_recognised(text: str) -> None:
    assert SQL.match(text)


@pytest.mark.parametrize(
    "text",
    [
        "from a score file",
        "with heart rate",
        "Set aside",
        "Copy the file anew",
        "selected",
        "From ",
    ],
)
def test_plain_english_is_no_sql(text: str) -> None:
    assert SQL.match(text) is None


STATEMENTS = sorted((TOP / "src/tightlog/warehouse/sql").rglob("*.sql"))


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_statement_says_first_what_it_gives_and_what_it_needs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
    needed = {int(number) for number in re.findall(r"\$(\d+)", body)}
    said = [int(number) for number in re.findall(r"^-- \$(\d+) \w*\S", text, re.MULTILINE)]
    assert said == sorted(needed) == list(range(1, len(needed) + 1))
