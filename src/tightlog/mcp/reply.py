"""The shape of every answer: the rows, and how much they say."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tightlog.mcp.asking import Asked, Unanswered, plain_rows
from tightlog.warehouse import store

MOST_CHARACTERS = 300_000
Row = dict[str, Any]
DESCRIBED = "described only, not tested"
OBSERVED = "own record, observed: a link is no cause"
BY_COIN = "own record, by coin: what the coin decided is the cause of a difference"
OF_RULE = "of each rule: A from runners, B from low-back pain, C a mechanism, D convention"
NO_GRADE = "none: numbers as recorded"
PERCENT = "95 %, effect_low to effect_high of each row"
NO_INTERVAL = "none: no estimate"


@dataclass(frozen=True)
class Reply:
    """`n` rows; `interval`, `verdict` and `grade` say of what kind theirs are. `made` says from
    which refresh they are and which days it knows.
    """

    n: int
    interval: str
    verdict: str
    grade: str
    is_cut: bool
    made: Row
    note: str
    rows: list[Row]


def reply(
    asked: Asked,
    found: tuple[Sequence[Row], bool],
    *,
    interval: str = NO_INTERVAL,
    verdict: str = DESCRIBED,
    grade: str = NO_GRADE,
    note: str = "",
) -> Reply:
    """Rows with what they are. Raises Unanswered for more than a model can take."""
    rows, is_cut = list(found[0]), found[1]
    size = len(json.dumps(rows, ensure_ascii=False))
    if size > MOST_CHARACTERS:
        raise Unanswered(
            f"the answer has {size:,} characters and may have {MOST_CHARACTERS:,}; ask for fewer "
            "columns, days or rows"
        )
    if is_cut:
        note = f"{note} There are more rows than these; ask for fewer days, or for a sum.".strip()
    return Reply(len(rows), interval, verdict, grade, is_cut, made(asked), note, rows)


def made(asked: Asked) -> Row:
    """From which refresh an answer is, and which days it knows."""
    return plain_rows(store.answer(asked.version, "mcp_made"))[0]


def verdicts(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many rows have which verdict: `1 clear, 9 nothing_seen`."""
    counts = Counter(str(row["verdict"]) for row in rows)
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none yet"
