"""Steps of a coin-flip trial: plan, start, toss, done, stop. Each is on disk when it returns.

All raise TrialRefused for a step that cannot be taken now, and DiaryUnwritten when it cannot be
written. What has to end the trial (a warning sign, a lost seed, a clear answer, the last toss) is
looked at before each step.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.answers.trial import (
    flagged_in_files,
    is_flagged_by_files,
    latest_trial,
    morning_scores,
)
from tightlog.domain.clocks import last_day
from tightlog.domain.interventions.catalogue import CATALOGUE, Intervention, find
from tightlog.domain.trials import (
    LOWEST_SCORE,
    USUAL_TOSSES,
    LoggedTrial,
    Toss,
    TrialEnding,
    TrialState,
    running,
)
from tightlog.errors import DiaryUnwritten, TrialRefused
from tightlog.home.sealed_seed import seal, sealed_seed, unseal
from tightlog.home.settings import Home, settings_of
from tightlog.journal import writing
from tightlog.journal.entry import DONE, END, PLAN, START, STOP, TOSS
from tightlog.journal.journal import Journal, read_journal
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.values import storable
from tightlog.language.catalogue import phrase
from tightlog.words.tried import trials as words


@dataclass(frozen=True)
class Plan:
    """A trial foreseen: what the coin will decide, and what it would show; its id once it is
    planned.
    """

    intervention: Intervention
    tosses: int
    power_at_1_point: float | None
    power_at_2_points: float | None
    weeks: float | None
    trial_id: str | None = None

    @property
    def is_worth_it(self) -> bool:
        """False where it would probably not find a difference of 1 point, nobody can say, or it
        would take too long.
        """
        is_found = self.power_at_1_point is not None and self.power_at_1_point >= words.WORTH_IT
        return is_found and not self.is_too_long

    @property
    def is_too_long(self) -> bool:
        """True where the tosses would take years."""
        return words.is_too_long(self.weeks)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What will happen, in plain sentences."""
        return words.plan_sentences(
            self.intervention.title, self.tosses, self.power_at_1_point, self.power_at_2_points,
            self.weeks,
        )  # fmt: skip


def choices() -> tuple[Intervention, ...]:
    """The interventions a coin may decide."""
    from tightlog.advice.trialable import may_be_tossed

    return tuple(item for item in CATALOGUE if may_be_tossed(item.intervention))


def load_ahead() -> None:
    """Imports what `choices` and `foreseen` compute with, so that nobody has to wait for it."""
    import tightlog.advice.trialable
    import tightlog.trials.power  # noqa: F401


def foreseen(home: Home, name: str, local_day: date, tosses: int = USUAL_TOSSES) -> Plan:
    """What a trial of an intervention (id, name or alias) would show, from the runner's own scores
    and from how the coin was followed in earlier trials. Raises UnknownIntervention.
    """
    # Imported here, as below: logging a score does not wait for what computes.
    import polars as pl

    from tightlog.trials.power import habits, prospect

    item, journal = find(name), _journal(home)
    _refuse_second(journal)
    _refuse_red_flag(home, journal, local_day)
    if item not in choices():
        raise TrialRefused(words.not_for_a_coin(item.title))
    scores = morning_scores(home, journal, local_day)
    past = pl.DataFrame(
        {"day": list(scores), "score": list(scores.values())},
        schema={"day": pl.Date, "score": pl.Float64},
    )
    own = habits(toss for trial in journal.trials for toss in trial.tosses)
    found = prospect(past, tosses, *own)
    return Plan(item, tosses, found.power_at_1_point, found.power_at_2_points, found.weeks)


def plan(home: Home, name: str, local_day: date, tosses: int = USUAL_TOSSES) -> Plan:
    """Plans a trial of an intervention, and returns what it would show."""
    made = foreseen(home, name, local_day, tosses)
    facts = {
        "day": local_day.isoformat(), "intervention": made.intervention.intervention,
        "tosses": tosses, "power_at_1_point": made.power_at_1_point,
    }  # fmt: skip
    trial_id = "t" + secrets.token_hex(4)
    writing.trial_steps(home.journal, trial_id, [(PLAN, facts)])
    return replace(made, trial_id=trial_id)


def start(home: Home, local_day: date) -> LoggedTrial:
    """Starts the trial planned last: its seed is sealed, and the hash of it logged."""
    from tightlog.trials.schedule import SEED_BYTES, seed_hash

    journal = _journal(home)
    _refuse_second(journal)
    _refuse_red_flag(home, journal, local_day)
    trial = latest_trial(journal, TrialState.PLANNED)
    if trial is None:
        raise TrialRefused(phrase("no trial is planned; `tightlog trial plan cat-cow` plans one"))
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
    from tightlog.trials.schedule import schedule

    refuse_ended(home, local_day)
    trial, journal = _running(home), _journal(home)
    if made := trial.toss_on(local_day):
        return made
    score = morning_scores(home, journal, local_day).get(local_day)
    if score is None:
        raise TrialRefused(phrase("give today's score first; the coin is shown after it"))
    if score < LOWEST_SCORE:
        raise TrialRefused(words.no_toss_words(score))
    seed = sealed_seed(home, trial.trial_id) or ""
    is_assigned = bool(schedule(seed, len(trial.tosses) + 1)["is_assigned"][-1])
    facts = {"day": local_day.isoformat(), "is_assigned": is_assigned}
    writing.trial_steps(home.journal, trial.trial_id, [(TOSS, facts)])
    return Toss(local_day, is_assigned)


def log_done(home: Home, day: date, is_done: bool) -> None:
    """Logs whether it was done on a day with a toss; the last word counts. What was done stands in
    the diary as well, once a day.
    """
    trial = _running(home)
    if trial.toss_on(day) is None:
        raise TrialRefused(
            phrase("there was no toss on {day}; `tightlog trial toss` makes today's", day=day)
        )
    facts = {"day": day.isoformat(), "is_done": is_done}
    writing.trial_steps(home.journal, trial.trial_id, [(DONE, facts)])
    entries = [
        entry.entry_id
        for entry in read_journal(home.journal).interventions
        if entry.day == day and entry.intervention == trial.intervention
    ]
    if is_done and not entries:
        now = moment_of(None, settings_of(home).zone)
        writing.did(home.journal, trial.intervention, now if now.day == day else Moment(day, None))
    if not is_done:
        for entry_id in entries:
            writing.withdraw(home.journal, entry_id)


def stop(home: Home, local_day: date, note: str | None = None) -> LoggedTrial:
    """Stops the running trial for good, for the reason noted; it is kept and told as stopped."""
    said = None if note is None else storable(note)
    return _ended(home, _running(home), local_day, TrialEnding.RUNNER, said)


def stop_for_red_flag(home: Home, local_day: date) -> None:
    """Stops the running trial, if there is one, because a warning sign stands."""
    if trial := running(read_journal(home.journal).trials):
        _ended(home, trial, local_day, TrialEnding.RED_FLAG)


def end_where_flagged(home: Home) -> None:
    """Ends the running trial, if there is one, where the last refresh found a warning sign in a
    score file.
    """
    zone = settings_of(home).zone
    # As the refresh read it: read up to another day, the journal would be taken apart once more.
    trial = running(read_journal(home.journal, last_day(zone)).trials)
    if trial is None:
        return
    local_day = datetime.now(zone).date()
    if (flagged_on := flagged_in_files(home, trial, local_day)) is not None:
        _ended(home, trial, flagged_on, TrialEnding.RED_FLAG)


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

    if any(span.cleared_on is None for span in journal.red_flags) or flagged_in_files(
        home, trial, local_day
    ):
        return TrialEnding.RED_FLAG
    seed = sealed_seed(home, trial.trial_id)
    if seed is None or seed_hash(seed) != trial.seed_hash or not follows_seed(trial, seed):
        return TrialEnding.LOST_SEED
    scores = morning_scores(home, journal, local_day)
    if len(trial.tosses) >= trial.tosses_planned:
        following = trial.tosses[-1].day + timedelta(days=1)
        return TrialEnding.PLANNED if following in scores or local_day > following else None
    stakes = evidence(tosses_of(trial_table(trial, seed, scores)))
    return TrialEnding.EARLY if stakes.max(initial=1.0) >= CLEAR_EVIDENCE else None


def _ended(
    home: Home, trial: LoggedTrial, day: date, ending: TrialEnding, note: str | None = None
) -> LoggedTrial:
    """Writes the end, with the seed, and removes the sealed file once it is on disk."""
    facts = {
        "day": day.isoformat(), "ending": ending.value, "seed": sealed_seed(home, trial.trial_id)
    }  # fmt: skip
    wish = [(STOP, {"day": day.isoformat(), "note": note})] if ending is TrialEnding.RUNNER else []
    writing.trial_steps(home.journal, trial.trial_id, [*wish, (END, facts)])
    unseal(home, trial.trial_id)
    return next(one for one in _journal(home).trials if one.trial_id == trial.trial_id)


def _journal(home: Home) -> Journal:
    refuse_hidden_entry(home)
    return read_journal(home.journal)


def _running(home: Home) -> LoggedTrial:
    trial = running(_journal(home).trials)
    if trial is None:
        raise TrialRefused(phrase("no trial is running; `tightlog trial plan cat-cow` plans one"))
    return trial


def _refuse_second(journal: Journal) -> None:
    if trial := running(journal.trials):
        title = find(trial.intervention).title
        raise TrialRefused(
            phrase(
                "one trial at a time: that of {title} is running; `tightlog trial stop` stops it",
                title=title,
            )
        )


def _refuse_red_flag(home: Home, journal: Journal, local_day: date) -> None:
    if any(span.cleared_on is None for span in journal.red_flags) or is_flagged_by_files(
        home, local_day
    ):
        raise TrialRefused(
            phrase(
                "a warning sign stands, so no trial can begin; have it looked at, then "
                "`tightlog rate --clear-red-flag`"
            )
        )
