"""Any value in any field of any line: no exception, no number outside its range, the other lines
stand.
"""

import copy
import json
import math
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.test_lines import AFTER, BEFORE, DID, RATE, correction
from tightlog.advice.choose import red_flag_advice
from tightlog.domain.clocks import FIRST_DAY, last_day
from tightlog.domain.red_flags import standing
from tightlog.domain.score_frames import done_frame, score_frame
from tightlog.journal.journal import Journal, read_journal
from tightlog.journal.words import journal_words

TRIAL_STEPS: dict[str, dict[str, object]] = {
    "plan": {"intervention": "S1", "tosses": 80, "power_at_1_point": 0.8},
    "start": {"seed_hash": "ab" * 32},
    "toss": {"is_assigned": True},
    "done": {"is_done": False},
    "stop": {},
    "end": {"ending": "runner", "seed": "cd" * 32},
}
LINES = [
    RATE | {"red_flags": ["fever"], "moment": "morning", "note": "stiff"},
    DID,
    correction({"score": 4, "note": "x"}),
    {
        "entry_id": "g1",
        "kind": "flag",
        "logged_at": "2026-05-04T05:00:00+00:00",
        "day": "2026-05-04",
        "red_flags": ["leg_weakness"],
    },
    {
        "entry_id": "x1",
        "kind": "clear_red_flag",
        "logged_at": "2026-05-04T07:00:00+00:00",
        "day": "2026-05-04",
    },
    {"entry_id": "w1", "kind": "withdraw", "of": "other", "logged_at": "2026-05-04T07:00:00+00:00"},
    {
        "entry_id": "a1",
        "kind": "activity",
        "activity_id": "run",
        "changes": {"rpe": 4, "shoe": "blue"},
        "logged_at": "2026-05-04T07:00:00+00:00",
    },
    *(
        {
            "entry_id": f"t-{step}",
            "kind": "trial",
            "trial_id": "t1",
            "step": step,
            "facts": {"day": "2026-05-04", **facts},
            "logged_at": "2026-05-04T07:00:00+00:00",
        }
        for step, facts in TRIAL_STEPS.items()
    ),
]
TEXTS = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=20),
    st.sampled_from(
        [
            "rate",
            "did",
            "correct",
            "2026-05-04",
            "0001-01-01",
            "2026-05-04T05:00:00+14:00",
            "before",
            "leg_weakness",
        ]
    ),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    TEXTS,
    st.sampled_from([10**400, -(10**400), 8, 10, 11]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


def read(line: bytes) -> Journal:
    """The journal of a line between two that are certain; read as every command reads it."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "journal.jsonl"
        journal.write_bytes(
            json.dumps(BEFORE).encode() + b"\n" + line + b"\n" + json.dumps(AFTER).encode() + b"\n"
        )
        return read_journal(journal)


def hold(book: Journal) -> None:
    """What is promised of every journal."""
    for entry in book.entries:
        if entry.at is None:
            assert FIRST_DAY <= entry.day <= last_day()
        else:
            assert entry.at.tzinfo is not None
        for value, most in ((entry.score, 10), (entry.rpe, 10), (entry.minutes, 1440)):
            assert value is None or (math.isfinite(value) and 0 <= value <= most)
    assert score_frame(book.scores).height == len(book.scores) and done_frame(
        book.interventions
    ).height == len(book.interventions)
    for text in (*journal_words(book), *(score.note or "" for score in book.scores)):
        text.encode()
    if flag := standing(book.red_flags):
        red_flag_advice(flag.names, flag.evidence).your_data.encode()
    json.dumps([entry.as_json() for entry in book.entries])


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a JSON value where another can be put."""
    yield path
    for key, inner in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    ):
        yield from places(inner, (*path, key))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_value_in_the_place_of_any_other_costs_its_own_line_at_most(
    data: st.DataObject,
) -> None:
    line = copy.deepcopy(data.draw(st.sampled_from(LINES)))
    path = data.draw(st.sampled_from([path for path in places(line) if path]))
    place = line
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = data.draw(VALUES)
    book = read(json.dumps(line).encode())
    hold(book)
    # Only a correction or withdrawal that now names one of the others may change it.
    if line.get("of") not in ("before", "after") and line.get("kind") not in (
        "correct",
        "withdraw",
    ):
        assert [score.score for score in book.scores if score.entry_id in ("before", "after")] == [
            1,
            2,
        ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200).filter(lambda data: b"\n" not in data))
def test_any_bytes_cost_their_own_line_at_most(line: bytes) -> None:
    book = read(line)
    hold(book)
    assert [score.score for score in book.scores] == [1, 2]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_sign_stands_whatever_is_done_to_any_other_field(data: st.DataObject) -> None:
    marked = RATE | {"red_flags": ["leg_weakness"]}
    name = data.draw(st.sampled_from([name for name in marked if name != "red_flags"]))
    book = read(json.dumps(marked | {name: data.draw(VALUES)}).encode())
    flag = standing(book.red_flags)
    assert flag is not None and flag.urgency == "emergency"
