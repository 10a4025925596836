"""The order of a column's dates: day first or month first is decided from all its rows, and never
guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tightlog.readers.diary.cells.dates import Numbers, Parsed

# Fewer dates than this can be in order by chance.
ENOUGH_IN_ORDER = 6
ORDER_WORDS = {"ymd": "year first", "dmy": "day first", "mdy": "month first"}


@dataclass(frozen=True)
class Order:
    """Order of a column's dates with the reason for it; None with the rows (by index) that keep
    it open.
    """

    order: str | None
    why: str = ""
    rows: tuple[int, ...] = ()


def order_of(cells: Sequence[Parsed | None], beside: Sequence[date | None]) -> Order:
    """Order of a column's numeric dates; `beside` holds the days known from elsewhere in the
    same rows.
    """
    numeric = [(index, cell) for index, cell in enumerate(cells) if isinstance(cell, Numbers)]
    if not numeric:
        return Order("ymd")
    dates = [cell for _, cell in numeric]
    candidates = ("ymd", "dmy", "mdy") if _year_may_be_first(dates) else ("dmy", "mdy")
    possible = [order for order in candidates if any(cell.day(order) for cell in dates)]
    return (
        _by_impossible_days(numeric, possible)
        or _by_form(dates, possible)
        or _by_neighbours(numeric, possible, beside)
        or _by_sequence(dates, possible)
        or Order(
            None, "day and month cannot be told apart", tuple(index for index, _ in numeric[:3])
        )
    )


def _by_impossible_days(
    numeric: Sequence[tuple[int, Numbers]], possible: Sequence[str]
) -> Order | None:
    """The one order in which every date is a day, or that there is none; None when several are
    left.
    """
    only = {
        order: [
            index
            for index, cell in numeric
            if cell.day(order) and not any(cell.day(other) for other in possible if other != order)
        ]
        for order in possible
    }
    proven = [order for order in possible if only[order]]
    if len(proven) > 1:
        mixed = " and ".join(f"dates that can only be {ORDER_WORDS[order]}" for order in proven)
        rows = tuple(only[order][0] for order in proven)
        return Order(None, f"the column mixes {mixed}", rows)
    left = proven or possible or ["dmy"]
    return Order(left[0]) if len(left) == 1 else None


def _by_form(dates: Sequence[Numbers], possible: Sequence[str]) -> Order | None:
    """The order where it makes no difference, or where dots show it."""
    if all(len({cell.day(order) for order in possible}) == 1 for cell in dates):
        return Order(possible[0])  # 05/05/2026 is the same day either way
    if "dmy" in possible and all(cell.separator == "." for cell in dates):
        return Order("dmy")  # 03.05.2026: only day-first countries use dots
    return None


def _by_neighbours(
    numeric: Sequence[tuple[int, Numbers]], possible: Sequence[str], beside: Sequence[date | None]
) -> Order | None:
    """The one order in which the dates lie within a day of the other date in their row."""
    pairs = [(cell, other) for index, cell in numeric if (other := beside[index]) is not None]
    near = {
        order: sum(
            (day := cell.day(order)) is not None and abs((day - other).days) <= 1
            for cell, other in pairs
        )
        for order in possible
    }
    best = max(possible, key=lambda order: near[order])
    others = max(near[order] for order in possible if order != best)
    is_clear = pairs and near[best] >= 0.9 * len(pairs) and others < 0.5 * len(pairs)
    return Order(best, "as the other date in the row shows") if is_clear else None


def _by_sequence(numeric: Sequence[Numbers], possible: Sequence[str]) -> Order | None:
    """The one order in which the rows go forward (or back) in time, when there are enough of
    them.
    """

    def is_in_order(order: str) -> bool:
        days = [cell.day(order) for cell in numeric]
        known = [day for day in days if day is not None]
        return known in (sorted(known), sorted(known, reverse=True))

    fitting = [order for order in possible if is_in_order(order)]
    enough = len({cell.parts for cell in numeric}) >= ENOUGH_IN_ORDER
    return (
        Order(fitting[0], "only this way are the rows in order of time")
        if len(fitting) == 1 and enough
        else None
    )


def _year_may_be_first(numeric: Sequence[Numbers]) -> bool:
    """True when two-digit years may stand first: 26-05-31, never where a four-digit year stands
    last.
    """
    firsts, thirds = {cell.parts[0] for cell in numeric}, {cell.parts[2] for cell in numeric}
    return all(len(part) == 2 for cell in numeric for part in cell.parts) and (
        len(firsts) < len(thirds)
        or (len(firsts) == len(thirds) and all(cell.separator == "-" for cell in numeric))
    )
