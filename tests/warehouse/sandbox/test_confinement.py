"""Each belt of the process that answers holds alone, with the gate left out."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tightlog.warehouse.sandbox.landlock import landlock_version

# What the gate would refuse, asked by DuckDB itself: on some versions it writes the `.wal`.
WRITES = """
import socket, sys
from pathlib import Path
import duckdb
from tightlog.warehouse.sandbox import confinement, landlock
from tightlog.warehouse.sandbox.answering import opened
version, folder = Path(sys.argv[1]), Path(sys.argv[2])
{belt}
def tried(name, call):
    try:
        call()
    except (OSError, duckdb.Error):
        print(name, "refused")
    else:
        print(name, "done")
with opened(version) as connection:
    print(connection.execute("select count(*) from t").fetchall())
    for target in (folder / "new", Path(f"{{version}}.wal"), version):
        sql = f"with a as (copy (select 1) to '{{target}}') select 1"
        tried(f"copy {{target.name}}", lambda: connection.execute(sql))
with duckdb.connect() as connection:
    sql = f"copy (select 1) to '{{folder / 'free'}}'"
    tried("free copy", lambda: connection.execute(sql))
def grown():
    with open(folder / "grown", "w") as file:
        file.write("x")
tried("write", grown)
tried("read", lambda: open(folder / "secret").read())
tried("connect", lambda: socket.create_connection(("127.0.0.1", {port}), 1).close())
"""


@pytest.fixture
def version(tmp_path: Path) -> Path:
    folder = tmp_path / "versions"
    folder.mkdir()
    with duckdb.connect(folder / "v.duckdb") as connection:
        connection.execute("create table t as from range(3)")
    (folder / "v.duckdb").chmod(0o600)
    folder.chmod(0o700)
    other = tmp_path / "other"
    other.mkdir()
    other.chmod(0o777)
    (other / "secret").write_text("secret")
    return folder / "v.duckdb"


def outcomes(version: Path, belt: str, port: int = 9) -> dict[str, str]:
    other = version.parents[1] / "other"
    done = subprocess.run(
        [sys.executable, "-c", WRITES.format(belt=belt, port=port), str(version), str(other)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "[(3,)]"
    return dict(line.rsplit(" ", 1) for line in lines[1:])


def sizes(version: Path) -> dict[str, int]:
    folders = (version.parent, version.parents[1] / "other")
    return {path.name: path.stat().st_size for folder in folders for path in folder.iterdir()}


def test_no_file_grows_where_files_may_not_grow(version: Path) -> None:
    before = sizes(version)
    done = outcomes(version, "confinement.refuse_growing_files()")
    assert done["free copy"] == done["write"] == "refused"
    after = sizes(version)
    assert {name: after[name] for name in before} == before
    assert sum(after.values()) == sum(before.values())


@pytest.mark.skipif(landlock_version() == 0, reason="this kernel has no Landlock")
def test_landlock_lets_nothing_be_made_and_nothing_else_be_read(version: Path) -> None:
    before = sizes(version)
    belt = (
        "landlock.restrict_to_reading((version.parent, *confinement._python_folders(), "
        "*confinement.SYSTEM))"
    )
    assert set(outcomes(version, belt).values()) == {"refused"}
    assert sizes(version) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_root_becomes_nobody_and_still_reads_its_own_version(version: Path) -> None:
    before = set(version.parent.iterdir())
    done = outcomes(version, "assert confinement.become_nobody(version)")
    assert done["copy v.duckdb.wal"] == done["copy v.duckdb"] == "refused"
    assert set(version.parent.iterdir()) == before


@pytest.mark.skipif(landlock_version() < 4, reason="this kernel's Landlock knows no network")
def test_confined_process_reaches_no_network_and_writes_nothing(version: Path) -> None:
    import socket

    before = sizes(version)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert outcomes(version, "", port)["connect"] == "done"
        for name in ("free", "grown"):
            (version.parents[1] / "other" / name).unlink()
        (version.parents[1] / "other" / "new").unlink(missing_ok=True)
        done = outcomes(version, "confinement.confine(version)", port)
    assert set(done.values()) == {"refused"}
    assert sizes(version) == before


def test_process_that_asks_is_not_confined_itself(
    four_months_version: Path, tmp_path: Path
) -> None:
    from tightlog.warehouse.sandbox.bounded import bounded_answer

    bounded_answer(four_months_version, "select 1")
    (tmp_path / "own").write_text("still written")
    assert (tmp_path / "own").read_text() == "still written"
