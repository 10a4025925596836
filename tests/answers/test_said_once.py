"""No sentence stands twice on the page of today."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tightlog.answers.today import Today
from tightlog.words.patterns import SENTENCE_ENDS, said_once

DAY = date(2026, 5, 4)
MATCH = {"evidence": "A run was long.", "why": "It may matter.", "grade": "A", "source": "A study."}


def row(rank: int, your_data: str, known: str, article: str) -> dict[str, Any]:
    return {
        "rank": rank,
        "how_to": f"Do thing {rank}.",
        "caution": f"Mind thing {rank}.",
        "your_data": your_data,
        "what_is_known": known,
        "article_says": article,
    }


ROWS = (
    row(1, "A run was long. More goes with more.",
        "It may matter. Grade A: A study. None found on it.",
        "Do thing 1. Our caution: Mind thing 1. Our link."),
    row(2, "A run was long. More goes with more.", "Grade A: A study. Some found on it.",
        "Do thing 2. Our caution: Mind thing 2. Our link."),
)  # fmt: skip


def page() -> Today:
    now = datetime(2026, 5, 4, 8, tzinfo=UTC)
    return Today(
        local_day=DAY, as_of=DAY, refreshed_at=now, is_sample=False, is_analysed=True,
        is_pending=False, last_activity_on=DAY, last_run_on=DAY, last_day=DAY, score_count=1,
        activity_count=1, unreadable_count=0, newest_score=None, red_flag=None,
        matches=(MATCH,), advice=ROWS, not_watched=(),
    )  # fmt: skip


def sentences(rows: tuple[dict[str, Any], ...]) -> list[str]:
    parts = ("your_data", "what_is_known", "article_says")
    texts = [row[part] for row in rows for part in parts if row[part]]
    return [sentence for text in texts for sentence in SENTENCE_ENDS.split(text)]


def test_no_sentence_stands_twice_in_the_advice_nor_in_the_pattern_above() -> None:
    said = sentences(page().advice_once())
    assert len(said) == len(set(said)) and MATCH["evidence"] not in said
    assert {"More goes with more.", "None found on it.", "Some found on it."} <= set(said)
    assert "Do thing 2." in said and "It may matter." in said


def test_what_a_card_shows_by_itself_is_not_said_again_in_it() -> None:
    first, second = page().advice_once("why", "how_to", "caution")
    assert first["article_says"] == "Our link." and second["article_says"] == ""
    assert first["what_is_known"] == "None found on it." and second["your_data"] == ""


def test_everything_is_said_where_nothing_stands_above() -> None:
    alone = replace(page(), matches=(), advice=ROWS[:1])
    assert alone.advice_once() == ROWS[:1]


def test_numbers_and_names_do_not_end_a_sentence() -> None:
    said: set[str] = set()
    text = "It was 1.5 points (Owen et al. 2020). More, e.g. two of 3.2 km!"
    assert said_once(text, said) == text and len(said) == 2 and said_once(text, said) == ""
