"""Steps of a coin-flip trial: plan, start, toss, done, stop. Each is on disk when it returns.

All raise TrialRefused for a step that cannot be taken now, and DiaryUnwritten when it cannot be
written. What has to end the trial (a warning sign, a lost seed, a clear answer, the last toss) is
looked at before each step.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.answers.trial import first_scores, latest_trial
from tightlog.domain.interventions.catalogue import Intervention, find
from tightlog.domain.trials import (
    USUAL_TOSSES,
    LoggedTrial,
    Toss,
    TrialEnding,
    TrialState,
    running,
)
from tightlog.errors import DiaryUnwritten, TrialRefused
from tightlog.home.sealed_seed import seal, sealed_seed, unseal
from tightlog.home.settings import Home
from tightlog.journal import writing
from tightlog.journal.entry import DONE, END, PLAN, START, STOP, TOSS
from tightlog.journal.journal import Journal, read_journal
from tightlog.words import trials as words


@dataclass(frozen=True)
class Plan:
    """A trial planned: its id, what the coin will decide, and what it would show."""

    trial_id: str
    intervention: Intervention
    tosses: int
    power_at_1_point: float | None
    power_at_2_points: float | None
    weeks: float | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What will happen, in plain sentences."""
        return words.plan_sentences(
            self.intervention.title, self.tosses, self.power_at_1_point, self.power_at_2_points,
            self.weeks,
        )  # fmt: skip


def plan(home: Home, name: str, local_day: date, tosses: int = USUAL_TOSSES) -> Plan:
    """Plans a trial of an intervention, by id, name or alias. Raises UnknownIntervention."""
    # Imported here, as below: logging a score does not wait for what computes.
    import polars as pl

    from tightlog.advice.trialable import may_be_tossed
    from tightlog.trials.power import prospect

    item, journal = find(name), _journal(home)
    _refuse_second(journal)
    _refuse_red_flag(journal)
    if not may_be_tossed(item.intervention):
        raise TrialRefused(words.not_for_a_coin(item.title))
    scores = first_scores(journal)
    past = pl.DataFrame(
        {"day": list(scores), "score": list(scores.values())},
        schema={"day": pl.Date, "score": pl.Float64},
    )
    found = prospect(past, tosses)
    trial_id = "t" + secrets.token_hex(4)
    facts = {
        "day": local_day.isoformat(), "intervention": item.intervention, "tosses": tosses,
        "power_at_1_point": found.power_at_1_point,
    }  # fmt: skip
    writing.trial_steps(home.journal, trial_id, [(PLAN, facts)])
    return Plan(
        trial_id, item, tosses, found.power_at_1_point, found.power_at_2_points, found.weeks
    )


def start(home: Home, local_day: date) -> LoggedTrial:
    """Starts the trial planned last: its seed is sealed, and the hash of it logged."""
    from tightlog.trials.schedule import SEED_BYTES, seed_hash

    journal = _journal(home)
    _refuse_second(journal)
    _refuse_red_flag(journal)
    trial = latest_trial(journal, TrialState.PLANNED)
    if trial is None:
        raise TrialRefused("no trial is planned; `tightlog trial plan cat-cow` plans one")
    seed = secrets.token_hex(SEED_BYTES)
    try:
        seal(home, trial.trial_id, seed)
    except OSError as problem:
        raise DiaryUnwritten(home.journal, problem.strerror or str(problem)) from problem
    facts = {"day": local_day.isoformat(), "seed_hash": seed_hash(seed)}
    writing.trial_steps(home.journal, trial.trial_id, [(START, facts)])
    return _running(home)


def toss(home: Home, local_day: date) -> Toss:
    """Today's toss, made at the first call after today's score; later calls give the same."""
    from tightlog.trials.power import LOWEST_SCORE
    from tightlog.trials.schedule import schedule

    refuse_ended(home, local_day)
    trial, journal = _running(home), _journal(home)
    if made := trial.toss_on(local_day):
        return made
    score = first_scores(journal).get(local_day)
    if score is None:
        raise TrialRefused("give today's score first; the coin is shown after it")
    if score < LOWEST_SCORE:
        raise TrialRefused(
            f"no toss today: tosses are made from a score of {LOWEST_SCORE:g} on, "
            f"and today's is {score:g}"
        )
    seed = sealed_seed(home, trial.trial_id) or ""
    is_assigned = bool(schedule(seed, len(trial.tosses) + 1)["is_assigned"][-1])
    facts = {"day": local_day.isoformat(), "is_assigned": is_assigned}
    writing.trial_steps(home.journal, trial.trial_id, [(TOSS, facts)])
    return Toss(local_day, is_assigned)


def log_done(home: Home, day: date, is_done: bool) -> None:
    """Logs whether it was done on a day with a toss; the last word counts."""
    trial = _running(home)
    if trial.toss_on(day) is None:
        raise TrialRefused(f"there was no toss on {day}; `tightlog trial toss` makes today's")
    facts = {"day": day.isoformat(), "is_done": is_done}
    writing.trial_steps(home.journal, trial.trial_id, [(DONE, facts)])


def stop(home: Home, local_day: date) -> LoggedTrial:
    """Stops the running trial for good; it is kept and told as stopped."""
    return _ended(home, _running(home), local_day, TrialEnding.RUNNER)


def stop_for_red_flag(home: Home, local_day: date) -> None:
    """Stops the running trial, if there is one, because a warning sign stands."""
    if trial := running(read_journal(home.journal).trials):
        _ended(home, trial, local_day, TrialEnding.RED_FLAG)


def refuse_ended(home: Home, local_day: date) -> None:
    """Ends the running trial where it has to end, and raises TrialRefused with why."""
    trial = _running(home)
    ending = _due_ending(home, trial, _journal(home), local_day)
    if ending is not None:
        _ended(home, trial, local_day, ending)
        raise TrialRefused(words.ended_words(ending))


def _due_ending(
    home: Home, trial: LoggedTrial, journal: Journal, local_day: date
) -> TrialEnding | None:
    from tightlog.trials.evidence import CLEAR_EVIDENCE, evidence
    from tightlog.trials.logged import follows_seed, trial_table
    from tightlog.trials.schedule import seed_hash
    from tightlog.trials.trial_table import tosses_of

    if any(span.cleared_on is None for span in journal.red_flags):
        return TrialEnding.RED_FLAG
    seed = sealed_seed(home, trial.trial_id)
    if seed is None or seed_hash(seed) != trial.seed_hash or not follows_seed(trial, seed):
        return TrialEnding.LOST_SEED
    scores = first_scores(journal)
    if len(trial.tosses) >= trial.tosses_planned:
        following = trial.tosses[-1].day + timedelta(days=1)
        return TrialEnding.PLANNED if following in scores or local_day > following else None
    stakes = evidence(tosses_of(trial_table(trial, seed, scores)))
    return TrialEnding.EARLY if stakes.max(initial=1.0) >= CLEAR_EVIDENCE else None


def _ended(home: Home, trial: LoggedTrial, day: date, ending: TrialEnding) -> LoggedTrial:
    """Writes the end, with the seed, and removes the sealed file once it is on disk."""
    facts = {
        "day": day.isoformat(), "ending": ending.value, "seed": sealed_seed(home, trial.trial_id)
    }  # fmt: skip
    wish = [(STOP, {"day": day.isoformat()})] if ending is TrialEnding.RUNNER else []
    writing.trial_steps(home.journal, trial.trial_id, [*wish, (END, facts)])
    unseal(home, trial.trial_id)
    return next(one for one in _journal(home).trials if one.trial_id == trial.trial_id)


def _journal(home: Home) -> Journal:
    refuse_hidden_entry(home)
    return read_journal(home.journal)


def _running(home: Home) -> LoggedTrial:
    trial = running(_journal(home).trials)
    if trial is None:
        raise TrialRefused("no trial is running; `tightlog trial plan cat-cow` plans one")
    return trial


def _refuse_second(journal: Journal) -> None:
    if trial := running(journal.trials):
        title = find(trial.intervention).title
        raise TrialRefused(
            f"one trial at a time: that of {title} is running; `tightlog trial stop` stops it"
        )


def _refuse_red_flag(journal: Journal) -> None:
    if any(span.cleared_on is None for span in journal.red_flags):
        raise TrialRefused(
            "a warning sign stands, so no trial can begin; have it looked at, then "
            "`tightlog rate --clear-red-flag`"
        )
