"""Several names in one sentence."""

from collections.abc import Sequence


def enumerated(names: Sequence[str], last: str = "and") -> str:
    """Names as `a`, `a and b` or `a, b and c`; `last` is the word before the last one."""
    *before, end = names
    return f"{', '.join(before)} {last} {end}" if before else end
