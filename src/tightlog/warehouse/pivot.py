"""A PIVOT that leaves its values open, written with values, so that DuckDB can give its tree.

    pivot activity on sport, year(day) using sum(distance_m)
    pivot activity on (sport) in (null), (year(day)) in (null) using sum(distance_m)

Only brackets and ` in (null)` are added, between words: everything else of the query stays.
"""

from collections.abc import Iterator, Sequence

from tightlog.errors import QueryError

WITH_VALUES = (
    "this pivot cannot be read; write its values, as in "
    "pivot activity on sport in ('running', 'cycling') using count(*)"
)
OPENING, CLOSING = "([{", ")]}"
PIVOTS = frozenset({"pivot", "pivot_wider"})
# What may follow the list of `on` at the same depth of brackets.
ENDS = frozenset(
    {
        "using",
        "group",
        "order",
        "limit",
        "offset",
        "union",
        "except",
        "intersect",
        "where",
        "having",
        "qualify",
        "window",
        "sample",
        ";",
    }
)


def with_values(sql: str, words: Sequence[tuple[int, str]]) -> str:
    """The query with values for every pivot that has none.

    `words` are its words and signs without comments, each with its place in bytes.
    Raises QueryError when a pivot has no `on`.
    """
    text = sql.encode()
    additions: list[tuple[int, int, bytes]] = []
    for number, (_, word) in enumerate(words):
        if word.casefold() in PIVOTS:
            for first, last in _open_entries(words, number):
                start, end = words[first][0], words[last][0] + len(words[last][1].encode())
                additions += [(start, 1, b" ("), (end, 0, b") in (null) ")]
    if not additions:
        raise QueryError(WITH_VALUES)
    for place, _, added in sorted(additions, reverse=True):
        text = text[:place] + added + text[place:]
    return text.decode()


def _open_entries(words: Sequence[tuple[int, str]], pivot: int) -> Iterator[tuple[int, int]]:
    """First and last word of each entry of the pivot's `on` that names no values."""
    depth, begun, has_values = 0, None, False
    for number in range(pivot + 1, len(words) + 1):
        word = words[number][1].casefold() if number < len(words) else ";"
        is_over = depth == 0 and (word in ENDS or word in CLOSING)
        if depth == 0 and begun is not None and (is_over or word == ","):
            if not has_values and begun < number:
                yield begun, number - 1
            begun, has_values = number + 1, False
        if is_over:
            return
        if depth == 0 and word == "on":
            begun, has_values = number + 1, False
        has_values |= depth == 0 and word == "in"
        depth += (word in OPENING) - (word in CLOSING)
