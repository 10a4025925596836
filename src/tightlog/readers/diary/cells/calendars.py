"""Years of other calendars: the Buddhist one is converted where a whole column has it, the others
are named.
"""

import re
from collections.abc import Sequence

from tightlog.domain.clocks import FIRST_DAY
from tightlog.readers.diary.cells.words import western

# Thai years are ahead by so much.
BUDDHIST_YEARS = 543
YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
# Years of 1990 to today in two calendars whose months differ from ours too.
PERSIAN, ISLAMIC = range(1368, 1410), range(1410, 1460)


def gregorian(cells: Sequence[str], last_year: int) -> tuple[tuple[str, ...], bool]:
    """The dates of a column with Gregorian years, and whether they were Buddhist: as they all are
    when each year lies 543 ahead of one from 1990 to `last_year`.
    """
    plain = tuple(western(cell) for cell in cells)
    years = [int(found.group()) for cell in plain if (found := YEAR.search(cell))]
    if not years or not all(_is_buddhist(year, last_year) for year in years):
        return tuple(cells), False
    return tuple(YEAR.sub(_without_543, cell, count=1) for cell in plain), True


def calendar_words(year: int, last_year: int) -> str:
    """The calendar in which a year that cannot be is a recent one, in brackets; '' for none."""
    if _is_buddhist(year, last_year):
        return f" ({year} is {year - BUDDHIST_YEARS} in the Buddhist calendar)"
    name = "Persian" if year in PERSIAN else "Islamic" if year in ISLAMIC else ""
    return f" (a recent year in the {name} calendar; write dates as 2026-05-31)" if name else ""


def _is_buddhist(year: int, last_year: int) -> bool:
    return FIRST_DAY.year <= year - BUDDHIST_YEARS <= last_year


def _without_543(found: re.Match[str]) -> str:
    return str(int(found.group()) - BUDDHIST_YEARS)
