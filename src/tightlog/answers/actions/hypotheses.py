"""Hypotheses: written down before looking, and withdrawn. Each is on disk when it returns.

All raise DiaryUnwritten when the entry cannot be written.
"""

from dataclasses import dataclass
from datetime import date

from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.domain.diary import Hypothesis
from tightlog.errors import HypothesisRefused, WarehouseError
from tightlog.home.settings import Home
from tightlog.journal import writing
from tightlog.journal.journal import read_journal
from tightlog.journal.values import storable
from tightlog.language.catalogue import phrase


@dataclass(frozen=True)
class Written:
    """A hypothesis that is on disk, and why it cannot be tested as things are; None where it
    can, and where nothing was read yet.
    """

    hypothesis: Hypothesis
    reason: str | None


def standing(home: Home) -> tuple[Hypothesis, ...]:
    """The hypotheses that stand, oldest first."""
    return tuple(one for one in read_journal(home.journal).hypotheses if one.withdrawn_on is None)


def add(home: Home, day: date, name: str, expression: str, unit: str = "") -> Written:
    """Writes a hypothesis down. Raises HypothesisRefused for a name that one has already, and
    DiaryError for a text that is empty or too long.
    """
    refuse_hidden_entry(home)
    named = storable(name).strip()
    known = {one.name.casefold() for one in read_journal(home.journal).hypotheses}
    if named.casefold() in known:
        raise HypothesisRefused(
            phrase("there was a hypothesis {named} already; choose another name", named=named)
        )
    asked = storable(expression).strip()
    entry_id = writing.hypothesis(home.journal, day, named, asked, storable(unit).strip())
    written = next(one for one in standing(home) if one.entry_id == entry_id)
    return Written(written, _reason(home, asked))


def withdraw(home: Home, name: str) -> Hypothesis:
    """Withdraws a hypothesis; the journal keeps it, and so does the family. Raises
    HypothesisRefused for a name that none has.
    """
    refuse_hidden_entry(home)
    for one in standing(home):
        if one.name.casefold() == name.strip().casefold():
            writing.withdraw_hypothesis(home.journal, one.entry_id)
            return one
    raise HypothesisRefused(
        phrase("no hypothesis is called {name}; `tightlog hypothesis list` has all", name=name)
    )


def _reason(home: Home, expression: str) -> str | None:
    # Imported here: what was written down is on disk before anything is computed.
    from tightlog.refresh.hypotheses import values_of
    from tightlog.warehouse import store

    try:
        days = store.relation(store.published_version(home), "day")
    except WarehouseError:
        return None
    return values_of(expression, days).reason
