"""What one query of the dashboard or a program may use and see."""

from dataclasses import dataclass

TOO_MUCH = "it needed more memory than a query may have and was stopped; ask for fewer rows or days"


@dataclass(frozen=True)
class Limits:
    """`memory_bytes` is for what DuckDB counts, the process has four times that."""

    time_s: float = 20.0
    rows: int = 10_000
    memory_bytes: int = 2**30
    answer_bytes: int = 64 * 2**20


@dataclass(frozen=True)
class Sharing:
    """What another program may see besides the training and the scores: of red_flags, wellness
    and context those that are switched on. Positions, names, paths and notes never are.
    """

    switched_on: tuple[str, ...] = ()
