"""Several names in one sentence."""

from collections.abc import Sequence

from tightlog.language.catalogue import phrases

LAST_WORDS = phrases({"and": "and", "or": "or"})


def enumerated(names: Sequence[str], last: str = "and") -> str:
    """Names as `a`, `a and b` or `a, b and c`; `last` is `and` or `or`, before the last one."""
    *before, end = names
    return f"{', '.join(before)} {LAST_WORDS[last]} {end}" if before else end
