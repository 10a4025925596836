"""What goes with it: every exposure compared with the scores, with interval, sentence and raw
days.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.links.compared import (
    LIFE,
    LIFE_BENEATH,
    MEANINGS,
    group,
    picture,
    too_few,
    verdict_heading,
)
from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from dashboards.shown.progress import Diary, diary
from tightlog.words.findings import DAILY_LIFE, TRAINING

METHOD = (
    "docs/method.md explains the tests, their limits, and how often they are wrong "
    "for runners without any link. What is compared was fixed before your data "
    "were seen; nothing is tried until something fits."
)
DIRECTION = (
    "Everything here comes from the days before the score. Even so, what goes with "
    "your tightness need not be its cause: a busy week can bring both long runs "
    "and long drives."
)
EVENING = (
    "You mostly score after the day's training. So it cannot be tested whether "
    "your training follows your back or your back follows your training. Keep that "
    "in mind on this page."
)


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading("What goes with it", "How your training of the previous days goes with your next score")
    sample_banner(seen)
    found = None if seen.version is None else rows(seen, "findings")
    if found is None or found.is_empty():
        first_steps(seen)
        return
    findings, record = found.to_dicts(), diary(seen)
    training = [row for row in findings if row["family"] != DAILY_LIFE]
    if any(row["verdict"] in MEANINGS for row in training):
        picture([row for row in training if row["verdict"] in MEANINGS])
        st.html(cards.quiet(EVENING if record.is_rated_in_evening else DIRECTION))
    by_verdict(seen, training, TRAINING)
    too_few([row for row in training if row["verdict"] not in MEANINGS], record)
    life = [row for row in findings if row["family"] == DAILY_LIFE]
    if life:
        nights_and_days(seen, life, record)
    st.html(cards.quiet(METHOD))


def nights_and_days(seen: View, life: Sequence[Mapping[str, Any]], record: Diary) -> None:
    """What a watch or the diary says of nights and days, under a heading of its own."""
    tested = [row for row in life if row["verdict"] in MEANINGS]
    if tested:
        picture(tested, LIFE, LIFE_BENEATH)
    by_verdict(seen, tested, DAILY_LIFE)
    too_few(
        [row for row in life if row["verdict"] not in MEANINGS],
        record,
        f"{LIFE}: not enough data yet",
    )


def by_verdict(seen: View, findings: Sequence[Mapping[str, Any]], family: str) -> None:
    """The findings of a family that were tested, verdict by verdict."""
    for verdict in MEANINGS:
        of_verdict = [row for row in findings if row["verdict"] == verdict]
        group(seen, of_verdict, *verdict_heading(family, verdict))


page(view())
