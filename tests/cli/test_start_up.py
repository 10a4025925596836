"""What a command does not need it does not load."""

import os
import subprocess
import sys

import pytest

from tests.builders import home_at
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import moment_of
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh

# Run in a process of its own: what one command loaded, the next would find.
LOADED = """
import sys
from tightlog.cli.main import main
code = main(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""
STATISTICS = {"scipy", "streamlit", "prefect", "altair"}


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = home_at(tmp_path_factory.mktemp("start_up"))
    rate(home.journal, 3, moment_of(None, settings_of(home).zone))
    refresh(home, settings_of(home))
    return home


@pytest.mark.parametrize("words", [
    ["sql", "select 1"], ["files"], ["today"], ["today", "--json"], ["findings"], ["effects"],
    ["features"], ["rate", "2"], ["did", "cat-cow"], ["refresh"],
], ids=" ".join)  # fmt: skip
def test_no_command_that_reads_or_logs_loads_the_statistics(
    analysed: Home, words: list[str]
) -> None:
    if words == ["refresh"]:
        # Nothing is new: what was analysed is not analysed again.
        refresh(analysed, settings_of(analysed))
    run = subprocess.run(
        [sys.executable, "-c", LOADED, "--home", str(analysed.folder), *words],
        capture_output=True, text=True, check=True, env=os.environ | {"TIGHTLOG_HOME": ""},
    )  # fmt: skip
    assert not STATISTICS & set(run.stderr.split())


@pytest.mark.parametrize("words", [["files"], ["sql", "select 1"]], ids=" ".join)
def test_a_table_in_a_pipe_loads_nothing_but_duckdb_and_polars(
    analysed: Home, words: list[str]
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED, "--home", str(analysed.folder), *words],
        capture_output=True, text=True, check=True, env=os.environ | {"TIGHTLOG_HOME": ""},
    )  # fmt: skip
    assert not {"numpy", "pyarrow", "rich"} & set(run.stderr.split())
