"""The tosses to come of a running trial: nobody reads them from journal, warehouse, export, SQL or
the arguments of a process.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.answers.actions import entries, trials
from tightlog.answers.actions.refreshes import refreshed
from tightlog.cli.main import main
from tightlog.errors import QueryError
from tightlog.home.settings import Home
from tightlog.journal.moment import Moment
from tightlog.trials.schedule import schedule
from tightlog.warehouse import store
from tightlog.warehouse.sandbox.bounded import bounded_answer

TODAY = datetime.now(UTC).date()
STARTED = ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.system", "os.putenv")
HEARD: list[str] = []
IS_LISTENING = False


def _listen(event: str, given: tuple[object, ...]) -> None:
    if IS_LISTENING and event in STARTED:
        HEARD.append(repr(given))


sys.addaudithook(_listen)


@contextmanager
def processes_heard() -> Iterator[list[str]]:
    """What processes are started with meanwhile: arguments and environments."""
    global IS_LISTENING
    HEARD.clear()
    IS_LISTENING = True
    try:
        yield HEARD
    finally:
        IS_LISTENING = False


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a running trial of four tosses so far, refreshed."""
    made = home_at(tmp_path_factory.mktemp("secret") / "home")
    made.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    first = TODAY - timedelta(days=3)
    trials.plan(made, "cat-cow", first, 24)
    trials.start(made, first)
    for number in range(4):
        day = first + timedelta(days=number)
        entries.give_score(made, 4, Moment(day, datetime.combine(day, time(0, 1), UTC)))
        trials.toss(made, day)
    refreshed(made)
    return made


@pytest.fixture(scope="module")
def seed(home: Home) -> str:
    [file] = home.sealed_seeds.iterdir()
    return file.read_text(encoding="ascii").strip()


def test_the_seed_is_in_no_file_but_its_own_nor_in_an_export(
    home: Home, seed: str, tmp_path: Path
) -> None:
    assert main(["--home", str(home.folder), "export", str(tmp_path / "out")]) == 0
    files = [*home.folder.rglob("*"), *(tmp_path / "out").rglob("*")]
    held = [file for file in files if file.is_file() and seed.encode() in file.read_bytes()]
    assert held == list(home.sealed_seeds.iterdir()) and len(files) > 20


def test_relations_hold_the_tosses_made_and_no_block(home: Home, seed: str) -> None:
    version = store.published_version(home)
    days = store.relation(version, "trial_day")
    assert days["is_assigned"].to_list() == schedule(seed, 4)["is_assigned"].to_list()
    assert days["block"].null_count() == 4
    assert store.relation(version, "trial")["seed"].to_list() == [None]


@pytest.mark.parametrize(
    "reading",
    [
        "select * from read_text('{file}')",
        "select * from read_blob('{folder}/*')",
        "select * from read_csv('{file}', header=false)",
        "select * from '{file}'",
        "select * from glob('{folder}/*')",
        "select getvariable('seed'), getenv('HOME'), content from read_text('{folder}/**')",
    ],
)
def test_sql_cannot_read_the_sealed_file(
    home: Home, seed: str, reading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    [file] = home.sealed_seeds.iterdir()
    query = reading.format(file=file, folder=home.sealed_seeds)
    # The console of the page and the command share this road, and its gate.
    with pytest.raises(QueryError):
        bounded_answer(store.published_version(home), query)
    assert main(["--home", str(home.folder), "sql", query]) == 1
    said = capsys.readouterr()
    assert seed not in said.out + said.err and file.name not in said.out


def test_no_process_is_started_with_the_seed(home: Home, seed: str) -> None:
    with processes_heard() as heard:
        trials.toss(home, TODAY)
        refreshed(home)
        assert main(["--home", str(home.folder), "sql", "select count(*) from trial_day"]) == 0
        assert main(["--home", str(home.folder), "today"]) == 0
    assert not [words for words in heard if seed in words]
    # The query runs in a process of its own, so something was heard.
    assert heard


def test_what_the_commands_print_tells_no_toss_to_come(
    home: Home, seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in ("toss", "answer", "export"):
        assert main(["--home", str(home.folder), "trial", step]) == 0
    said = capsys.readouterr().out
    assert seed not in said and "| – |" in said
