"""Coin-flip trials of one runner: schedule, power and answer; frames in, frames out.

Notebooks and other programs import `trial_answer` from here.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tightlog.trials.answer import trial_answer

__all__ = ["trial_answer"]


def __getattr__(name: str) -> Any:
    """Loads scipy only when the answer is asked for."""
    if name == "trial_answer":
        from tightlog.trials.answer import trial_answer

        return trial_answer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
