"""The history of nightly runs: whether it is usable, and whether one was moved aside."""

from tightlog.answers.doctor.check import Check
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.nightly.nights import RENEWED, nights, schedule_address
from tightlog.nightly.run_history import history_problem


def run_history(home: Home) -> Check:
    """Whether Prefect can continue with the history it keeps."""
    if problem := history_problem(home):
        is_up = schedule_address(home) is not None
        remedy = (
            phrase(
                "the schedule moves it aside within minutes; if this line stays, restart the "
                "schedule"
            )
            if is_up
            else phrase(
                "run: tightlog schedule --once (or start the schedule); it moves the history "
                "aside and starts a new one; nothing else is lost"
            )
        )
        return Check("run history", False, problem, remedy)
    renewed = [event for event in nights(home).log if event.how == RENEWED]
    if renewed:
        return Check(
            "run history",
            True,
            phrase(
                "started again on {at:%Y-%m-%d %H:%M} UTC: {words}",
                at=renewed[-1].at,
                words=renewed[-1].words,
            ),
        )
    return Check(
        "run history",
        True,
        phrase("in order") if home.prefect.is_dir() else phrase("none yet"),
    )
