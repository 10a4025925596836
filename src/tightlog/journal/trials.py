"""Steps of trials in the order of the journal → trials. A step out of order changes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tightlog.domain.trials import LoggedTrial, Toss, TrialEnding, TrialState
from tightlog.journal.entry import DONE, END, PLAN, START, STOP, TOSS, TrialWord


def logged_trials(words: Iterable[TrialWord]) -> tuple[LoggedTrial, ...]:
    """The trials, in the order they were planned."""
    found: dict[str, LoggedTrial] = {}
    for word in words:
        trial = found.get(word.trial_id)
        if word.step == PLAN and trial is None:
            facts = word.facts
            found[word.trial_id] = LoggedTrial(
                word.trial_id,
                facts["intervention"],
                facts["day"],
                facts["tosses"],
                facts["power_at_1_point"],
            )
        elif trial is not None and (step := STEPS.get(word.step)):
            found[word.trial_id] = step(trial, word)
    return tuple(found.values())


def _started(trial: LoggedTrial, word: TrialWord) -> LoggedTrial:
    if trial.state is not TrialState.PLANNED:
        return trial
    return replace(trial, started_on=word.facts["day"], seed_hash=word.facts["seed_hash"])


def _tossed(trial: LoggedTrial, word: TrialWord) -> LoggedTrial:
    day = word.facts["day"]
    is_late = bool(trial.tosses) and day <= trial.tosses[-1].day
    if (
        trial.state is not TrialState.RUNNING
        or is_late
        or len(trial.tosses) == trial.tosses_planned
    ):
        return trial
    return replace(trial, tosses=(*trial.tosses, Toss(day, word.facts["is_assigned"])))


def _done(trial: LoggedTrial, word: TrialWord) -> LoggedTrial:
    day, is_done = word.facts["day"], word.facts["is_done"]
    if trial.state is not TrialState.RUNNING:
        return trial
    tosses = (replace(one, is_done=is_done) if one.day == day else one for one in trial.tosses)
    return replace(trial, tosses=tuple(tosses))


def _stopped(trial: LoggedTrial, word: TrialWord) -> LoggedTrial:
    """The runner's wish, with its reason; the END logged with it says what follows."""
    if trial.state is not TrialState.RUNNING:
        return trial
    return replace(trial, stop_note=word.facts["note"])


def _ended(trial: LoggedTrial, word: TrialWord) -> LoggedTrial:
    if trial.ending is not None:
        return trial
    return replace(
        trial,
        ended_on=word.facts["day"],
        ending=TrialEnding(word.facts["ending"]),
        seed=word.facts["seed"],
    )


STEPS: Mapping[str, Callable[[LoggedTrial, TrialWord], LoggedTrial]] = {
    START: _started,
    TOSS: _tossed,
    DONE: _done,
    STOP: _stopped,
    END: _ended,
}
