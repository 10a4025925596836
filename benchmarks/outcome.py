"""What one kind of attack came to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A kind of attack, how often it was tried and survived, and how that was judged."""

    kind: str
    tried: int
    survived: int
    how: str
