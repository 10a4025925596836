"""The header of a table: the row with the most known names, with a second line below it where cells
were merged.

    Date;Lower back;;Knee;
    ;AM;PM;AM;PM
    2026-05-31;3;5;0;1
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import zip_longest

from tightlog.readers.diary.cells.moments import moment
from tightlog.readers.diary.cells.scales import number_and_scale, scale_in_header
from tightlog.readers.diary.cells.vocabulary import HEADERS, WORDS
from tightlog.readers.diary.cells.words import Region, region, words
from tightlog.readers.diary.header.headers import rank

RolesIn = Callable[[Sequence[str]], int]
NAMES = frozenset(name for names in HEADERS.values() for name in names)


def header_of(head: Sequence[Sequence[str]], roles_in: RolesIn) -> tuple[int, tuple[str, ...]]:
    """Place of the header's last line among the first rows, and the names; -1 and no names
    without one.

    The most names win, as `roles_in` counts them; with a second line, if that loses none.
    """
    counts = [roles_in(cells) for cells in head]
    best = max(counts, default=0)
    place = counts.index(best) if best else -1
    for top in (place, place - 1) if best else range(len(head) - 1):
        if 0 <= top < len(head) - 1 and _is_second_line(head[top], head[top + 1], bool(best)):
            joined = _joined(head[top], head[top + 1])
            if (top == place and 0 < roles_in(joined) >= best) or (
                top != place and roles_in(joined) and _surest(joined) < _surest(head[place])
            ):
                return top + 1, joined
    return (place, tuple(head[place])) if best else (-1, ())


def _surest(header: Sequence[str]) -> int:
    return min((order for cell in header if (order := rank(cell)) is not None), default=99)


def _is_second_line(top: Sequence[str], below: Sequence[str], is_header: bool) -> bool:
    """True for a row of labels of which some stand under a merged cell, or all are scales."""
    labels = [cell for cell in below if cell]
    if not labels or not all(map(_is_label, labels)):
        return False
    times = Counter(cell for cell in top if cell)
    under = [above for above, cell in zip_longest(top, below, fillvalue="") if cell]
    is_merged = any(not above or times[above] > 1 for above in under)
    return is_merged or (is_header and all(map(_is_scale, labels)))


def _is_label(cell: str) -> bool:
    said = set(words(cell))
    return (
        _is_scale(cell)
        or moment(cell) is not None
        or bool(said and said <= WORDS["left"] | WORDS["right"])
        or _is_name(cell)
        or (number_and_scale(cell) is None and region(cell) is not Region.NONE)
    )


def _is_name(cell: str) -> bool:
    return " ".join(words(cell)) in NAMES


def _is_scale(cell: str) -> bool:
    return number_and_scale(cell) is None and scale_in_header(cell) is not None


def _joined(top: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """The names of both lines; a blank cell above a label is part of the merged one before it."""
    joined, before = [], ""
    for above, cell in zip_longest(top, below, fillvalue=""):
        before = above or before
        joined.append(cell if _is_name(cell) else f"{before} {cell}".strip() if cell else above)
    return tuple(joined)
