"""What README and docs tell a user to type works as it stands there."""

import grp
import io
import os
import re
import shlex
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.builders import home_at, run_fit
from tightlog.cli.main import main
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.home.settings import Home, settings_in, settings_of
from tightlog.patterns.catalogue import PATTERNS
from tightlog.refresh.refresh import refresh

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
# In a block of code, or as a piece of it within a sentence.
COMMAND = re.compile(
    r"^ *(?:\.venv/bin/)?(tightlog [^\n#]+?)(?:  +#.*)?$|`(?:\.venv/bin/)?(tightlog [^`\n]+)`",
    re.MULTILINE,
)
BLOCK = re.compile(r"^```.*?^```|^    \S.*?$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#]+)")
# Stays up until it is stopped, or starts a server of its own: tested elsewhere.
LASTING = {
    ("dashboard",),
    ("dashboard", "--lan"),
    ("mcp",),
    ("schedule",),
    ("schedule", "--once"),
}
# Writes outside the home, or needs sections of the settings: tested elsewhere.
ELSEWHERE = {
    ("schedule", "--install"),
    ("schedule", "--uninstall"),
    ("fetch",),
    ("fetch", "--dry-run"),
    ("fetch", "intervals_icu", "--set-key"),
    ("fetch", "polar", "--authorize"),
    ("remind",),
    ("remind", "--set", "phone"),
    ("remind", "--test"),
    ("token", "revoke", "phone"),
    *(
        ("cohort", "--in", "team", *step)
        for step in (
            ("refresh",),
            ("today",),
            ("pool",),
            ("homes",),
            ("add", "homes/*"),
            ("page",),
            ("page", "--lan"),
            ("password", "coach"),
            ("password", "runner-01"),
        )
    ),
    ("cohort", "--in", "team", "refresh", "--scheduler", "tcp://host:8786"),
    (
        "cohort",
        "--in",
        "team",
        "sql",
        "select home, median(tightness_score) from day group by home",
    ),
}
# Named in a sentence, without what they need (a running trial, a score of today).
NAMED = {
    "tightlog cohort",
    "tightlog did",
    "tightlog diary correct",
    "tightlog export",
    "tightlog hypothesis",
    "tightlog hypothesis add",
    "tightlog hypothesis withdraw 'hills on tired legs'",
    "tightlog report",
    "tightlog trial done",
    "tightlog trial export",
    "tightlog trial not-done",
    "tightlog trial toss",
}
# What a reader puts in; what it stands for differs from home to home.
OWN_WORDS = re.compile(r"\b(ID|ENTRY|FOLDER|FILE|NAME)\b|…")


def commands_in(path: Path) -> set[str]:
    return {
        next(filter(None, found))
        for block in BLOCK.findall(path.read_text(encoding="utf-8"))
        for found in COMMAND.findall(block)
    }


COMMANDS = sorted({command for path in DOCS for command in commands_in(path)})


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("docs")
    home = home_at(
        folder / "home", a_fit=run_fit(), broken_fit=b"", scores_csv=b"date,score\n2026-05-04,3\n"
    )
    refresh(home, settings_of(home))
    shutil.copytree(home.folder, folder / "sample", symlinks=True)
    (folder / "sample").rename(home.folder / "data" / "sample")
    return home


def words_of(command: str, folder: Path) -> list[str]:
    words = shlex.split(re.split(r" [|>] ", command)[0])[1:]
    return [
        word.replace("~", str(folder)).replace("$HOME", str(folder))
        if word != "DIR"
        else str(folder / "export")
        for word in words
    ]


@pytest.mark.parametrize(
    "command",
    [command for command in COMMANDS if command not in NAMED and not OWN_WORDS.search(command)],
)
def test_command_of_the_docs_works(
    refreshed: Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    monkeypatch.chdir(refreshed.folder)
    monkeypatch.setenv("TIGHTLOG_HOME", str(refreshed.folder))
    monkeypatch.setattr("sys.stdin", io.StringIO("a few words in a row\n"))
    words = words_of(command, tmp_path)
    if tuple(words) in LASTING | ELSEWHERE:
        monkeypatch.setattr("tightlog.cli.main.run", lambda _: 0)
    code: object
    try:
        code = main(words)
    except SystemExit as stopped:
        code = stopped.code
    said = capsys.readouterr()
    # Doctor ends with 1 where a remedy is needed; what matters here is that it is understood.
    assert code == 0 or words[-1] == "doctor", said.err


@pytest.mark.parametrize("command", [command for command in COMMANDS if OWN_WORDS.search(command)])
def test_command_with_words_of_ones_own_is_understood(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("tightlog.cli.main.run", lambda _: 0)
    assert main(shlex.split(command)[1:]) == 0


def test_commands_are_found_in_the_docs() -> None:
    assert {
        "tightlog schedule",
        "tightlog doctor",
        "tightlog rate 3",
        "tightlog export DIR",
    } <= set(COMMANDS)
    assert len(COMMANDS) > 20


def test_query_of_the_docs_reads_an_export(refreshed: Home, tmp_path: Path) -> None:
    assert main(["--home", str(refreshed.folder), "export", str(tmp_path)]) == 0
    queries = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "data.md").read_text(), re.DOTALL)
    with duckdb.connect() as connection:
        assert [
            connection.sql(query.replace("DIR", str(tmp_path))).fetchall() for query in queries
        ] == [[(2026, 1201)]]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


COUNTED = {"interventions": len(CATALOGUE), "patterns": len(PATTERNS)}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_a_count_in_prose_is_that_of_the_catalogue(path: Path) -> None:
    found = re.findall(r"\bthe (\d+) (interventions|patterns)\b", path.read_text(encoding="utf-8"))
    assert [(int(count), things) for count, things in found if int(count) != COUNTED[things]] == []


def test_settings_of_the_docs_are_accepted() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    group = grp.getgrgid(os.getgid()).gr_name
    settings = settings_in(block.replace('"practice"', f'"{group}"'))
    assert (settings.time_zone, settings.group) == ("Europe/Zurich", group)
