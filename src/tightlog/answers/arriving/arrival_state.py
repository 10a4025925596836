"""One way by which files arrive, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ArrivalState:
    """A source or a fetch in words. `is_ok`: a source is there, or waited for and seen before; the
    last fetch did not fail.
    """

    name: str
    is_ok: bool
    words: str
    remedy: str = ""
