"""What a language model gets: the same as SQL, from the newest version, and nothing more."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import home_at, run_fit, settled_here
from tests.conftest import SAMPLE_LAST_DAY
from tests.mcp.conftest import Call, Told, ask_all, parameters, told_by
from tests.mcp.planted import HIDDEN_COLUMNS, RED_FLAG, TEXTS, hidden_numbers
from tightlog.answers.actions import entries
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import Moment
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

pytestmark = pytest.mark.slow

TOOLS = ("today", "days", "runs", "findings", "effects", "trials", "patterns", "sql")
WHOLE_YEARS = {"first": "2026-01-01", "last": "2026-12-31"}
EVERYTHING: list[Call] = [
    ("today", {}),
    ("days", WHOLE_YEARS),
    ("runs", WHOLE_YEARS),
    ("findings", {}),
    ("effects", {}),
    ("trials", {}),
    ("patterns", WHOLE_YEARS),
]
ANSWERED = ("n", "interval", "verdict", "grade", "made", "note", "rows")
COUNTED: Call = (
    "sql",
    {"query": "select count(*) as n, sum(score) as total from tightness"},
)
LONG: Call = ("sql", {"query": "from range(2000)"})
LAST_DAYS: Call = ("days", {"columns": ["tightness_score"]})
# What is refused, and words of the sentence.
REFUSED: list[tuple[Call, str]] = [
    (("days", {"first": "yesterday"}), "written as 2026-05-31"),
    (("days", {"columns": ["note"]}), "there is no column note here"),
    (("sql", {"query": "selec 1"}), "syntax error"),
    (("sql", {"query": "select nothing from day"}), "There is no column nothing here"),
    (("sql", {"query": "select repeat('x', 400000) as long"}), "may have 300,000"),
    (("sql", {}), "query"),
]


@pytest.fixture(scope="module")
def asked_once(planted: Home) -> Callable[[Call], Told]:
    """The answer to a question about the planted home; one process was asked them all."""
    calls = [*EVERYTHING, COUNTED, LONG, LAST_DAYS, *(call for call, _ in REFUSED)]
    told = ask_all(planted.folder, calls)
    return lambda call: told[calls.index(call)]


def test_the_official_client_sees_the_tools_and_the_dictionary(planted: Home) -> None:
    from mcp import Client

    async def seen() -> tuple[list[str], list[str], str, str | None]:
        async with Client(parameters(planted.folder)) as client:
            tools = await client.list_tools()
            resources = await client.list_resources()
            read = await client.read_resource("tightlog://dictionary")
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.tools)
            return (
                [tool.name for tool in tools.tools],
                [one.name for one in resources.resources],
                getattr(read.contents[0], "text", ""),
                client.instructions,
            )

    names, resources, text, instructions = asyncio.run(seen())
    assert sorted(names) == sorted(TOOLS)
    assert resources == ["dictionary"]
    relations = json.loads(text)["relations"]
    assert relations["day"]["columns"]["tightness_score"]["meaning"].startswith("First rating")
    assert not any(
        hidden in held["columns"] for held in relations.values() for hidden in HIDDEN_COLUMNS
    )
    assert "No diagnosis" in (instructions or "")


def test_answers_are_those_of_sql(planted: Home, asked_once: Callable[[Call], Told]) -> None:
    version = store.published_version(planted)
    findings, runs, counted = map(asked_once, (("findings", {}), ("runs", WHOLE_YEARS), COUNTED))
    stored = store.query(
        version,
        "select exposure, verdict, n_days as n, effect_points, effect_low, effect_high "
        "from finding where family = 'training'",
    ).to_dicts()
    told = {row["exposure"]: row for row in findings.rows}
    assert told.keys() == {row["exposure"] for row in stored}
    for row in stored:
        assert {name: told[row["exposure"]][name] for name in row} == row
    assert runs.answer["n"] == len(runs.rows)
    known = store.query(
        version,
        "select activity_id, distance_m from activity where sport = 'running' and is_counted",
    )
    assert {(row["activity_id"], row["distance_m"]) for row in runs.rows} == set(known.iter_rows())
    expected = store.query(version, "select count(*) as n, sum(score) as total from tightness")
    assert counted.rows == expected.to_dicts()


def test_every_answer_says_how_much_it_says(asked_once: Callable[[Call], Told]) -> None:
    for call in EVERYTHING:
        name, told = call[0], asked_once(call)
        assert not told.is_error, told.text
        assert set(ANSWERED) <= set(told.answer), name
        assert told.answer["verdict"] and told.answer["grade"] and told.answer["interval"]
        assert told.answer["made"]["last_day"] == str(SAMPLE_LAST_DAY)
        if name in ("findings", "effects", "trials"):
            assert told.rows
            for row in told.rows:
                assert {"n", "effect_low", "effect_high", "verdict", "grade"} <= set(row)


def test_nothing_that_is_not_shared_is_in_any_answer(
    planted: Home, asked_once: Callable[[Call], Told]
) -> None:
    hidden = hidden_numbers(store.published_version(planted))
    assert len(hidden) > 1000
    for told in map(asked_once, EVERYTHING):
        assert not [word for word in TEXTS if word in told.text]
        assert str(planted.folder) not in told.text
        assert not [name for row in told.rows for name in row if name in HIDDEN_COLUMNS]
        assert not [name for row in told.rows for name in row if name.startswith("context_")]
        assert not hidden & numbers_in(told.answer)


def numbers_in(value: Any) -> set[float]:
    if isinstance(value, dict):
        return set().union(*map(numbers_in, value.values()), set())
    if isinstance(value, list):
        return set().union(*map(numbers_in, value), set())
    return {value} if isinstance(value, float) else set()


def test_what_is_switched_on_is_shared_at_the_next_question(planted: Home, tmp_path: Path) -> None:
    from mcp import Client

    # A copy: other tests ask the planted home at the same time.
    shutil.copytree(planted.folder, tmp_path / "home", symlinks=True)
    home = settled_here(Home(tmp_path / "home"))
    queries: list[Call] = [
        ("sql", {"query": "select distinct name from context order by name"}),
        ("sql", {"query": "select distinct red_flags from tightness where len(red_flags) > 0"}),
        ("sql", {"query": "select distinct pattern from pattern_match order by pattern"}),
    ]

    async def by_turns() -> dict[str, list[str]]:
        told = {}
        async with Client(parameters(home.folder)) as client:
            for share in ("", "wellness", "context", "red_flags"):
                switched_on = f'["{share}"]' if share else "[]"
                home.settings_file.write_text(f'time_zone = "UTC"\n[mcp]\nshare = {switched_on}\n')
                told[share] = [(await told_by(client, *query)).text for query in queries]
        return told

    told = asyncio.run(by_turns())
    names = {share: re.findall('"name": "(.+?)"', texts[0]) for share, texts in told.items()}
    assert names == {"": [], "wellness": ["sleep"], "context": ["stress"], "red_flags": []}
    assert [RED_FLAG in text for text in (told[""][1], told["red_flags"][1])] == [False, True]
    assert ['"R0"' in text for text in (told[""][2], told["red_flags"][2])] == [False, True]


def test_no_advice_beside_a_warning_sign_that_is_not_shared(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home", run_fit=run_fit())
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    now = datetime.now(UTC)
    entries.raise_red_flag(home, Moment(now.date(), now), red_flags=[RED_FLAG])
    (told,) = ask_all(home.folder, [("today", {})])
    (today,) = told.rows
    assert today["advice"] == [] and "in tightlog itself" in today["advice_note"]
    assert RED_FLAG not in told.text and "red_flags" not in today
    home.settings_file.write_text('time_zone = "UTC"\n[mcp]\nshare = ["red_flags"]\n')
    (told,) = ask_all(home.folder, [("today", {})])
    assert [flag["name"] for flag in told.rows[0]["red_flags"]] == [RED_FLAG]
    assert [row["heading"] for row in told.rows[0]["advice"]] == ["Red flag"]


def test_a_home_that_is_missing_or_empty_is_said_to_be_and_stays_so(tmp_path: Path) -> None:
    missing, empty = tmp_path / "missing", home_at(tmp_path / "empty")
    for told in ask_all(missing, [("today", {}), ("sql", {"query": "select 1"})]):
        assert told.is_error and "nothing was read in this home yet" in told.text
        assert str(tmp_path) not in told.text
    assert not missing.exists()
    refresh(empty, settings_of(empty))
    *all_told, days = ask_all(empty.folder, [*EVERYTHING, ("days", {})])
    for (name, _), told in zip(EVERYTHING, all_told, strict=True):
        assert not told.is_error, (name, told.text)
    assert days.rows == []


def test_an_answer_is_from_the_version_that_is_newest_then(tmp_path: Path) -> None:
    from mcp import Client

    home = home_at(tmp_path / "home", first_fit=run_fit())
    refresh(home, settings_of(home))
    query = "select count(*) as n from activity"

    async def before_and_after() -> list[int]:
        async with Client(parameters(home.folder)) as client:
            before = await told_by(client, "sql", {"query": query})
            later = run_fit(datetime(2026, 3, 9, 7, tzinfo=UTC))
            (home.raw / "second.fit").write_bytes(later)
            command = [sys.executable, "-m", "tightlog", "--home", str(home.folder), "refresh"]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as refreshing:
                during = [await told_by(client, "sql", {"query": query}) for _ in range(3)]
                assert refreshing.wait() == 0
            after = await told_by(client, "sql", {"query": query})
            assert {told.rows[0]["n"] for told in during} <= {1, 2}
            return [before.rows[0]["n"], after.rows[0]["n"]]

    assert asyncio.run(before_and_after()) == [1, 2]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=str)
def test_a_refusal_is_a_sentence(
    planted: Home, asked_once: Callable[[Call], Told], call: Call, words: str
) -> None:
    told = asked_once(call)
    assert told.is_error and words in told.text
    assert "Traceback" not in told.text and str(planted.folder) not in told.text


def test_settings_that_cannot_be_read_share_nothing(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home", run_fit=run_fit())
    refresh(home, settings_of(home))
    home.settings_file.write_text('[mcp]\nshare = ["everything"]\n')
    (told,) = ask_all(home.folder, [("days", {})])
    assert told.is_error and "tightlog.toml cannot be used" in told.text


def test_days_are_cut_with_a_word(asked_once: Callable[[Call], Told]) -> None:
    told = asked_once(LONG)
    assert told.answer["is_cut"] and told.answer["n"] == 1000
    assert "more rows than these" in told.answer["note"]


def test_the_last_days_are_the_default(asked_once: Callable[[Call], Told]) -> None:
    told = asked_once(LAST_DAYS)
    assert next(row["day"] for row in told.rows) == str(SAMPLE_LAST_DAY)
    assert [set(row) for row in told.rows] == [{"day", "tightness_score"}] * 14


def test_without_the_sdk_the_command_says_how_to_add_it(tmp_path: Path) -> None:
    without = (
        "import sys; sys.modules['mcp'] = None; from tightlog.cli.main import main; "
        f"sys.exit(main(['--home', {str(tmp_path)!r}, 'mcp']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", without], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "pip install 'tightlog[mcp]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_process_is_left_when_the_client_has_gone(planted: Home) -> None:
    command = [sys.executable, "-m", "tightlog", "--home", str(planted.folder), "mcp"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as left:
        said, complained = left.communicate(b"not JSON\n", timeout=60)
    assert left.returncode == 0
    assert b"Traceback" not in said + complained
