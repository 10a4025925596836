"""What is asked about activities: dates, lengths, zones and speeds that can hardly be true."""

from collections.abc import Mapping, Sequence
from typing import Any

from tightlog.answers.doctor.check import Check
from tightlog.answers.doubts import remedy_words
from tightlog.errors import TightlogError
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.words.doubts import doubt_words

NAME = "doubts"
SHOWN = 3


def doubts(home: Home) -> Check:
    """Which activities can hardly be as their files say, and how to settle each."""
    try:
        rows = store.answer(store.published_version(home), "doubts").rows(named=True)
    except TightlogError:
        return Check(NAME, True, phrase("nothing read yet"))
    if not rows:
        return Check(NAME, True, phrase("none"))
    shown = _one_of_each(rows)
    named = "; ".join(f"{row['place']}: {doubt_words(row)}" for row in shown)
    left = len(rows) - len(shown)
    more = (
        phrase("; and {left:,} more (tightlog sql 'from doubtful_activity')", left=left)
        if left
        else ""
    )
    remedies = "; ".join(f"{row['place']}: {remedy_words(row)}" for row in shown)
    return Check(
        NAME,
        False,
        f"{named}{more}",
        phrase("{remedies}; then: tightlog refresh", remedies=remedies),
    )


def _one_of_each(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The activities to name: one of each kind of doubt, then others while there is room."""
    firsts = {tuple(row["doubts"]): row for row in reversed(rows)}
    ones = [row for row in rows if row is firsts[tuple(row["doubts"])]]
    others = [row for row in rows if all(row is not one for one in ones)]
    return [*ones, *others[: max(0, SHOWN - len(ones))]]
