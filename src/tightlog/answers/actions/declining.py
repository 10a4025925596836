"""Advice the runner does not want: for a day, or until it is taken back. Each is on disk when it
returns.

All raise DiaryUnwritten when it cannot be written.
"""

from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.domain.diary import NEVER_DECLINED, Declined
from tightlog.domain.interventions.catalogue import find
from tightlog.errors import DiaryError
from tightlog.home.settings import Home
from tightlog.journal import writing
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.language.catalogue import phrase


def decline(home: Home, intervention: str, when: Moment, *, is_lasting: bool) -> str:
    """Entry id of the word that an intervention (id, name or alias) is not to be offered; that of
    the entry that says so already where there is one.

    Raises UnknownIntervention, and DiaryError for what is always offered.
    """
    item = find(intervention)
    if item.intervention in NEVER_DECLINED:
        raise DiaryError(
            phrase("{title} cannot be declined: it is advised for a warning sign", title=item.title)
        )
    refuse_hidden_entry(home)
    same = (one for one in _standing(home, item.intervention) if one.is_lasting is is_lasting)
    known = next((one for one in same if one.holds(when.day)), None)
    if known is not None:
        return known.entry_id
    return writing.decline(home.journal, item.intervention, when, is_lasting=is_lasting)


def offer_again(home: Home, intervention: str, when: Moment) -> None:
    """Takes back that an intervention is not to be offered on a day; nothing where it is offered.

    Raises UnknownIntervention.
    """
    name = find(intervention).intervention
    refuse_hidden_entry(home)
    for one in _standing(home, name):
        if one.holds(when.day):
            writing.withdraw(home.journal, one.entry_id)


def _standing(home: Home, intervention: str) -> list[Declined]:
    declined = read_journal(home.journal).declined
    return [one for one in declined if one.intervention == intervention]
