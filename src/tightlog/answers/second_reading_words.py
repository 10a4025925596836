"""What the second readings came to, in words."""

from collections.abc import Sequence

from tightlog.home.second_reading import SESSION, Difference
from tightlog.refresh.read_again import Tally
from tightlog.words.numbers import counted

QUANTITIES = {
    "record_count": ("records", "{:,.0f}"),
    "distance_m": ("distance", "{:,.1f} m"),
    "cadence_raw": ("cadence", "{:,.2f}"),
}


def read_again_words(tally: Tally) -> str:
    """One sentence about what was read again just now."""
    left = f"; {tally.left_count:,} wait for the next nights" if tally.left_count else ""
    if not tally.read_count:
        return f"no file was read a second time{left}"
    outcome = f"{tally.different_count:,} differ" if tally.different_count else "none differs"
    return f"{counted(tally.read_count, 'file')} read a second time by fitparse, {outcome}{left}"


def difference_words(differences: Sequence[Difference]) -> str:
    """What differs, the stored value first: `distance 5,000.0 m, by fitparse 5,010.0 m`."""
    return "; ".join(_words(one) for one in differences)


def _words(one: Difference) -> str:
    session = f"session {one.session_index + 1}"
    if one.quantity == SESSION:
        return f"{session} is found by {'tightlog' if one.stored else 'fitparse'} only"
    name, form = QUANTITIES[one.quantity]
    stored, second = (
        "none" if value is None else form.format(value) for value in (one.stored, one.second)
    )
    return f"{name} of {session} {stored}, by fitparse {second}"
