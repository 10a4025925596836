"""One row of the table of attacks on tightlog."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A kind of attack: how many were tried, how many it survived, and how it was tried."""

    kind: str
    tried: int
    survived: int
    how: str
