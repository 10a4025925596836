"""Coin-flip trials of one runner: schedule, power and answer, from frames to frames.

`trial_answer` is offered here for notebooks and other programs.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tightlog.trials.answer import trial_answer

__all__ = ["trial_answer"]


def __getattr__(name: str) -> Any:
    """Loaded when it is asked for: scipy stays out of every start."""
    if name == "trial_answer":
        from tightlog.trials.answer import trial_answer

        return trial_answer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
