"""What the second readings came to, in words."""

from collections.abc import Sequence

from tightlog.home.second_reading import SESSION, Difference
from tightlog.language.catalogue import phrase
from tightlog.refresh.read_again import Tally
from tightlog.words.numbers import counted

QUANTITIES = {
    "record_count": ("records", "{:,.0f}"),
    "distance_m": ("distance", "{:,.1f} m"),
    "cadence_raw": ("cadence", "{:,.2f}"),
}


def read_again_words(tally: Tally) -> str:
    """One sentence about what was read again just now."""
    left = (
        phrase("; {left_count:,} wait for the next nights", left_count=tally.left_count)
        if tally.left_count
        else ""
    )
    if not tally.read_count:
        return phrase("no file was read a second time{left}", left=left)
    outcome = (
        phrase("{different_count:,} differ", different_count=tally.different_count)
        if tally.different_count
        else phrase("none differs")
    )
    return phrase(
        "{file} read a second time by fitparse, {outcome}{left}",
        file=counted(tally.read_count, "file"),
        outcome=outcome,
        left=left,
    )


def difference_words(differences: Sequence[Difference]) -> str:
    """What differs, the stored value first: `distance 5,000.0 m, by fitparse 5,010.0 m`."""
    return "; ".join(_words(one) for one in differences)


def _words(one: Difference) -> str:
    session = phrase("session {session_index}", session_index=one.session_index + 1)
    if one.quantity == SESSION:
        return phrase(
            "{session} is found by {part} only",
            session=session,
            part="tightlog" if one.stored else "fitparse",
        )
    name, form = QUANTITIES[one.quantity]
    stored, second = (
        "none" if value is None else form.format(value) for value in (one.stored, one.second)
    )
    return phrase(
        "{name} of {session} {stored}, by fitparse {second}",
        name=name,
        session=session,
        stored=stored,
        second=second,
    )
