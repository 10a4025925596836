"""What came of one kind of attack."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """How often one kind of attack was tried and survived, and how both were judged, in words."""

    kind: str
    tried: int
    survived: int
    how: str
