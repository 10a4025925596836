"""What a field calls when it is changed: nothing while its entry is not written yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """What a changed field calls; nothing before the entry is written."""

    call: Callable[..., None] | None = None
    args: tuple[Any, ...] = ()


UNCHANGED = Change()
