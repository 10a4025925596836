"""Attacks the journal with lines a person or a program may leave in it, and reads them like every
command.

    python -m benchmarks.attacks.journal [COUNT] [SEED]

A line is survived if nothing raises, the lines around it count, no number is outside its range, the
line counts or is shown, and a warning sign in it stops advice.
"""

import io
import json
import math
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.attacks.outcome import Outcome
from tightlog.cli.main import main as tightlog
from tightlog.domain.red_flags import RED_FLAG_NAMES
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

COUNT, SEED = 2000, 11
# All commands together take seconds: only this many lines go through them.
MOST_COMMANDS = 20
COMMANDS = (["diary"], ["diary", "--json"], ["doctor"], ["refresh"], ["today", "--json"], ["today"])
SCORES = {"before": 1.0, "after": 2.0}
WHEN = {
    "logged_at": "2026-05-04T05:00:00+00:00",
    "day": "2026-05-04",
    "at": "2026-05-04T05:00:00+00:00",
}
LATER = {"logged_at": "2026-05-04T06:00:00+00:00"}
RATE = {
    "format": 1,
    "entry_id": "attack",
    "kind": "rate",
    **WHEN,
    "score": 3,
    "moment": "morning",
    "is_sharp": False,
    "red_flags": [],
    "note": "stiff",
}
SEEDS: tuple[dict[str, Any], ...] = (
    RATE,
    {"entry_id": "attack", "kind": "did", **WHEN, "intervention": "C1", "minutes": 5, "rpe": 3},
    {"entry_id": "attack", "kind": "flag", **WHEN, "is_sharp": True, "red_flags": ["fever"]},
    {"entry_id": "attack", "kind": "clear_red_flag", **WHEN},
    {
        "entry_id": "attack",
        "kind": "correct",
        **LATER,
        "of": "elsewhere",
        "changes": {"score": 4, "day": "2026-05-04"},
    },
    {"entry_id": "attack", "kind": "withdraw", **LATER, "of": "elsewhere"},
    {
        "entry_id": "attack",
        "kind": "activity",
        **LATER,
        "activity_id": "run",
        "changes": {"rpe": 4, "shoe": "blue"},
    },
)
ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -0.0,
    -4,
    55,
    10**400,
    -(10**400),
    math.nan,
    math.inf,
    1e308,
    5,
    "4",
    "abc",
    "",
    "\u2028",
    "\ud800",
    "\0",
    "x" * 5000,
    [],
    [3],
    ["numb"],
    [1],
    {},
    {"a": 1},
    [[[[]]]],
    "2",
    "junk",
    "9999-12-31",
    "0001-01-01",
    "1026-05-31",
    "2026-W20-1",
    "2026-05-04T05:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "rate",
    "clear_red_flag",
    "zzz",
    "no",
    "yes",
)


def attacks(count: int, seed: int, folder: Path) -> list[Outcome]:
    """Outcome of `count` lines for each way to spoil one, made of a seed; `folder` is empty and is
    written into.
    """
    chance = random.Random(seed)
    shares = [count // len(WAYS) + (number < count % len(WAYS)) for number in range(len(WAYS))]
    read: dict[str, tuple[int, int]] = {}
    lines: list[bytes] = []
    for (kind, spoiled), share in zip(WAYS.items(), shares, strict=True):
        made = [spoiled(chance) for _ in range(share)]
        read[kind] = (share, sum(_is_survived(folder / "read", line) for line in made))
        lines += made
    sampled = chance.sample(lines, min(MOST_COMMANDS, len(lines)))
    commanded = sum(
        _is_survived_by_commands(folder / f"home{number}", line)
        for number, line in enumerate(sampled)
    )
    signs, blocked = _signs(max(count // 10, 1), chance, folder / "signs")
    how = "its neighbours count, no number is out of range, the line counts or is shown"
    return [
        *(
            Outcome(f"journal: {kind}", tried, survived, how)
            for kind, (tried, survived) in read.items()
        ),
        Outcome(
            "journal: a warning sign in a spoiled line",
            signs,
            blocked,
            "every such sign stops advice, with its urgency",
        ),
        Outcome(
            "journal: through the commands",
            len(sampled),
            commanded,
            (
                "diary, doctor, refresh, today, --json too: no traceback, both neighbours in the "
                "warehouse"
            ),
        ),
    ]


def _any_field(chance: random.Random) -> bytes:
    """A valid line with one value, at any depth, replaced by an odd one."""
    line = json.loads(json.dumps(chance.choice(SEEDS)))
    inside = line["changes"] if "changes" in line and chance.random() < 0.5 else line
    inside[chance.choice(list(inside))] = chance.choice(ODD_VALUES)
    return json.dumps(line).encode()


def _several_fields(chance: random.Random) -> bytes:
    """A valid line with several values replaced or left out."""
    line = dict(chance.choice(SEEDS))
    for name in chance.sample(list(line), chance.randint(2, 4)):
        if chance.random() < 0.3:
            del line[name]
        else:
            line[name] = chance.choice(ODD_VALUES)
    return json.dumps(line).encode()


def _torn(chance: random.Random) -> bytes:
    """A valid line cut anywhere."""
    whole = json.dumps(chance.choice(SEEDS)).encode()
    return whole[: chance.randrange(1, len(whole))]


def _flipped(chance: random.Random) -> bytes:
    """A valid line with some bytes changed."""
    line = bytearray(json.dumps(chance.choice(SEEDS)).encode())
    for _ in range(chance.randint(1, 6)):
        line[chance.randrange(len(line))] = chance.randrange(256)
    return bytes(line).replace(b"\n", b" ")


def _noise(chance: random.Random) -> bytes:
    """Random bytes, among them the characters of JSON."""
    pieces = [
        b"[",
        b"{",
        b'"',
        b":",
        b",",
        b"\\u",
        b"1e999",
        b"null",
        b"\r",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff",
    ]
    made = [
        chance.choice(pieces) if chance.random() < 0.5 else chance.randbytes(3)
        for _ in range(chance.randint(1, 60))
    ]
    return b"".join(made).replace(b"\n", b" ")


def _deep(chance: random.Random) -> bytes:
    """A line nested deeper than a parser follows."""
    opening = chance.choice([b"[", b'{"a":'])
    return opening * chance.choice([500, 5000, 100_000])


WAYS: dict[str, Callable[[random.Random], bytes]] = {
    "one odd value": _any_field,
    "several odd values": _several_fields,
    "torn anywhere": _torn,
    "changed bytes": _flipped,
    "noise": _noise,
    "nested deeply": _deep,
}


def _journal(folder: Path, line: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    around = [
        json.dumps(RATE | {"entry_id": entry_id, "score": score}).encode()
        for entry_id, score in SCORES.items()
    ]
    journal = folder / "journal.jsonl"
    journal.write_bytes(b"\n".join([around[0], line, around[1]]) + b"\n")
    return journal


def _is_survived(folder: Path, line: bytes) -> bool:
    try:
        book = read_journal(_journal(folder, line))
    except Exception as problem:  # noqa: BLE001 - whatever is raised is what this looks for
        print(f"{type(problem).__name__}: {problem} by {line[:200]!r}", file=sys.stderr)
        return False
    scores = {score.entry_id: score.score for score in book.scores}
    stands = all(scores.get(entry_id) == score for entry_id, score in SCORES.items())
    limits = [(score.score, 10.0) for score in book.scores]
    limits += [
        (value, most)
        for one in book.interventions
        for value, most in ((one.minutes, 1440.0), (one.rpe, 10.0))
        if value is not None
    ]
    return (
        stands
        and all(0 <= value <= most for value, most in limits)
        and _is_accounted_for(book, line)
    )


def _is_accounted_for(book: Any, line: bytes) -> bool:
    """True when the line counts, is shown, or has no effect because its entry does not exist."""
    counts = len(book.entries) + len(book.clearances) > len(SCORES) or bool(book.corrections)
    is_later_word = any(word in line for word in (b'"withdraw"', b'"correct"', b'"activity"'))
    is_blank = not line.decode("utf-8", "replace").strip(" \t\r\ufeff")
    return counts or bool(book.unreadable) or book.newer_lines > 0 or is_later_word or is_blank


def _signs(count: int, chance: random.Random, folder: Path) -> tuple[int, int]:
    """How many lines with a warning sign and another field spoiled were tried, and how many stopped
    advice.
    """
    blocked = 0
    for _ in range(count):
        name = chance.choice(sorted(RED_FLAG_NAMES))
        line = RATE | {"red_flags": [name]}
        line[chance.choice([field for field in line if field != "red_flags"])] = chance.choice(
            ODD_VALUES
        )
        flag = standing_red_flag(_journal(folder, json.dumps(line).encode()))
        blocked += flag is not None and name in flag.names
    return count, blocked


def _is_survived_by_commands(folder: Path, line: bytes) -> bool:
    """True when a new home with this line takes every command."""
    home = home_folder(str(folder))
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n', encoding="utf-8")
    _journal(home.journal.parent, line)
    refresh(home, settings_of(home))
    survived = Counter(_survives(home, command) for command in COMMANDS)
    rows = store.relation(store.published_version(home), "tightness").filter(
        pl.col("entry_id").is_in(list(SCORES))
    )
    return set(survived) == {True} and dict(rows.select("entry_id", "score").iter_rows()) == SCORES


def _survives(home: Home, command: list[str]) -> bool:
    out, err = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = tightlog(["--home", str(home.folder), *command])
    except Exception as problem:  # noqa: BLE001 - whatever is raised is what this looks for
        print(f"{type(problem).__name__}: {problem} by {command}", file=sys.stderr)
        return False
    # `doctor` exits 1 when it finds something, an unreadable line for one.
    return (code == 0 or command == ["doctor"]) and "Traceback" not in err.getvalue()


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    count, seed = (*given, *(COUNT, SEED)[len(given) :])
    with tempfile.TemporaryDirectory() as scratch:
        outcomes = attacks(count, seed, Path(scratch))
    for one in outcomes:
        print(f"{one.kind}: {one.survived:,} of {one.tried:,} survived ({one.how})")
    sys.exit(0 if all(one.survived == one.tried for one in outcomes) else 1)


if __name__ == "__main__":
    main()
