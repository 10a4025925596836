"""Help teaches, shells complete, pipes stay plain, and a score is logged without loading what
computes.
"""

import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.cli import commands
from tightlog.cli.commands import SUMMARIES, command
from tightlog.cli.main import main
from tightlog.domain.interventions.catalogue import CATALOGUE, find
from tightlog.language.choice import GERMAN, spoken

QUESTIONS = (
    "COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); COMPREPLY=(); _shtab_tightlog; "
    'echo "${{COMPREPLY[*]}}"'
)


EXAMPLES = {name: command(name).EXAMPLES for name in SUMMARIES}


def test_the_list_of_commands_is_the_folder_of_their_modules() -> None:
    assert {module.name for module in pkgutil.iter_modules(commands.__path__)} == set(SUMMARIES)


@pytest.mark.parametrize("name", SUMMARIES)
def test_help_of_every_command_shows_three_examples(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert callable(command(name).run) and len(EXAMPLES[name]) == 3
    for example, meaning in EXAMPLES[name]:
        assert example in said and meaning in said


def test_help_is_in_the_language_of_the_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = home_at(tmp_path / "home")
    home.settings_file.write_text('language = "de"\n', encoding="utf-8")
    for words in ([], *([name] for name in SUMMARIES)):
        with pytest.raises(SystemExit) as stopped:
            main(["--home", str(home.folder), *words, "--help"])
        assert stopped.value.code == 0
        said = " ".join(capsys.readouterr().out.split())
        with spoken(GERMAN):
            about = SUMMARIES[words[0]] if words else SUMMARIES["rate"]
        assert about in said
    with pytest.raises(SystemExit):
        main(["rate", "--help", "--home"])


@pytest.mark.parametrize(
    "example", [example for examples in EXAMPLES.values() for example, _ in examples]
)
def test_every_example_is_understood(example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Namespace] = []

    def run(given: Namespace) -> int:
        asked.append(given)
        return 0

    monkeypatch.setattr("tightlog.cli.main.run", run)
    # What a shell does with the rest of the line is its own affair.
    words = shlex.split(example.partition(" > ")[0])
    assert words[0] == "tightlog"
    assert main(words[1:]) == 0
    assert len(asked) == 1


@pytest.fixture(scope="module")
def bash_script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("completion") / "tightlog"
    done = subprocess.run(
        [sys.executable, "-m", "tightlog", "completion", "bash"],
        capture_output=True,
        text=True,
        check=True,
    )
    path.write_text(done.stdout)
    return path


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("tightlog sch", "schedule"),
        ("tightlog schedule --print ''", "systemd cron launchd"),
        ("tightlog rate --red-flag ni", "night_pain"),
        ("tightlog files --status un", "unreadable"),
        ("tightlog did pl", "plank"),
        ("tightlog completion ''", "bash zsh fish"),
    ],
)
def test_bash_completes_commands_options_and_values(
    bash_script: Path, words: str, completed: str
) -> None:
    script = f"source {shlex.quote(str(bash_script))}; {QUESTIONS.format(words=words)}"
    assert (
        subprocess.run(
            ["bash", "-c", script], capture_output=True, text=True, check=True
        ).stdout.strip()
        == completed
    )


def test_every_intervention_completed_is_one_that_can_be_logged(bash_script: Path) -> None:
    listed = re.search(r"_tightlog_did_pos_0_choices=\((.*?)\)\n", bash_script.read_text())
    assert listed is not None
    names = shlex.split(listed.group(1))
    assert len({find(name).intervention for name in names}) == len(names) == len(CATALOGUE)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_told_every_command(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in SUMMARIES)


def test_what_is_piped_has_no_colours(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    environment = os.environ | {"TERM": "xterm-256color", "TIGHTLOG_HOME": str(home.folder)}
    for arguments in (["ingest"], ["features"], ["doctor"], ["nonsense"]):
        done = subprocess.run(
            [sys.executable, "-m", "tightlog", *arguments],
            capture_output=True,
            check=False,
            env=environment,
        )
        assert b"\x1b" not in done.stdout + done.stderr, arguments


def test_score_is_logged_without_loading_what_computes(tmp_path: Path) -> None:
    code = (
        "import json, sys; from tightlog.cli.main import main; main(sys.argv[1:]); "
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--home", str(tmp_path), "rate", "3"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert not loaded & {"polars", "duckdb", "numpy", "scipy", "pyarrow", "prefect", "streamlit"}
