"""What a series of attacks came to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One kind of attack: how many were tried, how many were survived, and how that was judged."""

    kind: str
    tried: int
    survived: int
    how: str
