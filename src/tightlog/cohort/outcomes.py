"""What became of a home, kept as one small file each: a killed worker's homes that are done stay
done, and the next call knows what is as it was.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from tightlog.home import private
from tightlog.home.plain_file import plain_text


class State(StrEnum):
    """What became of a home."""

    DONE = "done"
    UNCHANGED = "unchanged"
    NOT_SHARED = "not_shared"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True)
class Outcome:
    """What became of a home in one call of `cohort refresh`."""

    home: str
    state: State
    # The call it is of: the flow's own name for it.
    call: str
    # Which home it is of: its pseudonym may be given to another one.
    of: str = ""
    reason: str | None = None
    parts: tuple[str, ...] = ()
    is_compared: bool = False
    # What its part of the lake was made from, and the bytes of each file there.
    made_from: str = ""
    # The version that was seen to lead nowhere out of the home: see borders.
    safe: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    # Facts of its status, where that is shared: see status.
    status: Mapping[str, Any] | None = None
    local_day: date | None = None
    new_files: int = 0
    cpu_s: float = 0.0

    @property
    def is_in_lake(self) -> bool:
        return bool(self.sizes)


def kept_outcome(folder: Path, home: str) -> Outcome | None:
    """The last outcome of a home; None without one, and for one that cannot be read."""
    try:
        held = json.loads(plain_text(folder / f"{home}.json"))
        known = {one.name: held[one.name] for one in fields(Outcome)}
        day = known["local_day"]
        return Outcome(
            **known
            | {
                "state": State(known["state"]),
                "parts": tuple(known["parts"]),
                "local_day": None if day is None else date.fromisoformat(day),
            }
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep_outcome(folder: Path, outcome: Outcome) -> None:
    """Writes the outcome in the place of the last one, at once. Raises OSError."""
    file = folder / f"{outcome.home}.json"
    unfinished = file.with_name(f".{outcome.home}-{os.getpid()}.new")
    private.owner_only_folder(folder)
    try:
        with open(unfinished, "w", encoding="utf-8", opener=private.owner_only) as opened:
            json.dump(asdict(outcome), opened, default=str)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def forget_others(folder: Path, homes: frozenset[str]) -> tuple[str, ...]:
    """Removes the outcomes of homes that are not in the cohort any more; which these were."""
    gone = tuple(file.stem for file in sorted(folder.glob("*.json")) if file.stem not in homes)
    for home in gone:
        (folder / f"{home}.json").unlink(missing_ok=True)
    return gone
