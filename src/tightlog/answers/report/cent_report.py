"""A coin-flip trial as Markdown, after the items of CENT 2015, the reporting guideline for trials
of one person (Vohra et al. 2015, BMJ 350:h1738; Shamseer et al. 2015, BMJ 350:h1793).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tightlog.answers.file_flags import raised_in_files
from tightlog.domain.interventions.catalogue import dose_words, find
from tightlog.domain.red_flags import RedFlagSpan
from tightlog.domain.trials import LOWEST_SCORE
from tightlog.errors import TrialRefused
from tightlog.home.settings import Home
from tightlog.journal.journal import red_flag_spans
from tightlog.trials.evidence import CLEAR_EVIDENCE, EARLY_ERROR
from tightlog.trials.randomisation import END_ERROR
from tightlog.trials.schedule import BLOCK_LENGTHS
from tightlog.warehouse import store
from tightlog.words.dates import date_words
from tightlog.words.enumerations import enumerated
from tightlog.words.numbers import counted, percent
from tightlog.words.tried.trials import ending_words, side_words

UNKNOWN = "not known"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class TrialFacts:
    """One trial as of the last refresh: its row of `trial`, its tosses, and the warning signs
    raised from its start to its end.
    """

    trial: Row
    tosses: Sequence[Row]
    flags: Sequence[RedFlagSpan]


def cent_report(home: Home, version: Path, trial_id: str | None = None) -> str:
    """Markdown of a trial that was started, the newest unless one is named. Raises TrialRefused
    where there is none.
    """
    rows = store.answer(version, "trials").to_dicts()
    started = [row for row in rows if row["started_on"] and trial_id in (None, row["trial_id"])]
    if not started:
        raise TrialRefused("no such trial was started before the last refresh")
    trial = started[0]
    tosses = store.answer(version, "tosses", [trial["trial_id"]]).to_dicts()
    first, last = trial["started_on"], trial["ended_on"] or date.max
    spans = [*red_flag_spans(home.journal), *raised_in_files(version, first, last)]
    flags = [span for span in spans if first <= span.started_on <= last]
    return "\n".join(_report(TrialFacts(trial, tosses, flags))) + "\n"


def _report(facts: TrialFacts) -> Iterator[str]:
    trial = facts.trial
    yield f"# {trial['title']} for one runner's lower-back tightness: an n-of-1 trial"
    yield ""
    yield "Reported after CENT 2015. Numbers in brackets are its items."
    for heading, lines in _sections(facts):
        yield f"\n## {heading}\n"
        yield from (line if line.startswith("|") else f"- {line}" for line in lines)


def _sections(facts: TrialFacts) -> Iterator[tuple[str, Iterator[str]]]:
    trial = facts.trial
    yield "Summary (1b)", iter([trial["sentence"]])
    yield "Rationale (2)", iter(RATIONALE)
    yield "Design (3, 7)", _design(trial)
    yield "Participant and setting (4)", iter(SETTING)
    yield "Intervention (5)", _intervention(trial)
    yield "Outcome (6)", iter(OUTCOME)
    yield "Randomisation (8–10)", iter(RANDOMISATION)
    yield "Blinding (11)", iter(BLINDING)
    yield "Analysis (12)", iter(ANALYSIS)
    yield "Flow (13–16)", _flow(facts)
    yield "Result (17, 18)", _result(trial)
    yield "Harms (19)", _harms(facts)
    yield "Limits (20–22)", iter(LIMITS)
    yield "Registration (23–25)", _registration(trial)
    yield "Every toss", _tosses(facts.tosses)


RATIONALE = (
    "Background (2a): things done against tightness are done on bad days, and bad days pass by "
    "themselves. A comparison by hindsight mistakes one for the other; a coin does not.",
    "Objective (2b): does being told to do it change this runner's next morning?",
)
SETTING = (
    "Participant (4a): one adult runner, who planned and ran the trial.",
    "Setting (4b): at home, with the runner's own diary.",
)
OUTCOME = (
    "Primary outcome (6a): the first score of the next morning, 0 (no tightness) to 10 (the worst "
    "imaginable), given by the runner before any run.",
    "Properties of the measure (6a.1): the scale is that of the numeric rating scale for pain; "
    "that it measures tightness was not validated.",
    "Changes (6b): none; the software allows none after the start.",
)
RANDOMISATION = (
    "Sequence (8a, 8b): blocks of drawn length, drawn by SHA-256 from a secret seed of 256 bits.",
    "Sequence as intended (8c): in the last table; blocks are shown once the trial is over.",
    "Concealment (9): the seed lay in a file for its owner alone. Each toss was shown on its day "
    "only, after the day's score.",
    "Implementation (10): by software; the runner enrolled and was assigned by it.",
)
BLINDING = (
    "Nobody was blind (11a): the runner sees the coin and gives the score. The score that decides "
    "about a toss is given before the coin is seen.",
)
ANALYSIS = (
    "All tosses count as they fell, whatever was done (12a: intention to treat).",
    "The scores are whitened by a noise model that never sees the coin (AR(1) and white noise, "
    "level and straight drift), clipped at two robust standard deviations, and compared by the "
    "larger t of two shapes of effect: gone after a day, or lasting as the back's state does.",
    "The test draws every block again 2,000 times; the interval holds every effect the test does "
    f"not reject at {END_ERROR:g}.",
    "A trial that ended before its last toss is judged by the running read-out alone, a bet "
    "against the coin that may be looked at on any day.",
    "Carry-over (12c): an effect that lasts over many days is mixed into both sides and is "
    "underestimated.",
)
LIMITS = (
    "Not blind: expecting relief may lower a score (20).",
    "For this runner, in these weeks; nothing is said of others (21), nor of weeks of practice.",
    "Scores stop at 0, so the same relief is worth less on good days (20).",
)


def _design(trial: Row) -> Iterator[str]:
    blocks = enumerated([str(length) for length in BLOCK_LENGTHS], "or")
    yield (
        f"Design (3a): one toss a morning, on mornings with a score of {LOWEST_SCORE:g} or more; "
        f"{counted(trial['tosses_planned'], 'toss', 'tosses')} planned, in blocks of {blocks}, "
        "half of each with the intervention. A period is one day; there is no wash-out."
    )
    yield "Changes to the design (3b): none."
    power = trial["power_at_1_point"]
    yield (
        "Size (7a): chance to find a difference of 1 point, worked out from the runner's own "
        f"scores before the start: {UNKNOWN if power is None else percent(power)}."
    )
    yield (
        f"Looks (7b): the trial ends early when a bet of 1 against the coin has grown to "
        f"{CLEAR_EVIDENCE:g}. The error is split beforehand: {EARLY_ERROR:g} for an early end, "
        f"{END_ERROR:g} for the planned end. A warning sign stops the trial."
    )


def _intervention(trial: Row) -> Iterator[str]:
    item = find(trial["intervention"])
    yield f"With it: {item.title}. {item.how_to}"
    yield f"{dose_words(item)} {item.caution}"
    yield "Without it: left out on that day; everything else as usual."


def _flow(facts: TrialFacts) -> Iterator[str]:
    trial, tosses = facts.trial, facts.tosses
    unknown = sum(toss["is_done"] is None for toss in tosses)
    unscored = sum(toss["score_after"] is None for toss in tosses)
    yield f"Tosses (13a): {trial['tosses_made']} of {trial['tosses_planned']} made."
    yield (
        f"Done or left as the coin said (13b): {trial['n_as_told']}; not known: {unknown}; without "
        f"a next score: {unscored}."
    )
    first, last = date_words(trial["started_on"]), trial["ended_on"]
    yield f"Dates (14a): {f'{first} to {date_words(last)}' if last else f'running since {first}'}."
    if trial["ending"]:
        yield f"End (14b): {ending_words(trial)}."
    before = [toss["score_before"] for toss in tosses if toss["score_before"] is not None]
    if before:
        yield f"Baseline (15): mean score before a toss {sum(before) / len(before):.1f}."
    yield (
        f"Analysed (16): {trial['n_assigned']} next scores with it, {trial['n_not_assigned']} "
        "without."
    )


def _result(trial: Row) -> Iterator[str]:
    yield f"{trial['sentence']}"
    if trial["effect_points"] is not None:
        low, high = trial["effect_low"], trial["effect_high"]
        yield (
            f"Difference in the next score (17a): {trial['effect_points']:+.2f} points "
            f"({low:+.2f} to {high:+.2f}); negative is better."
        )
    if trial["p_value"] is not None:
        yield f"Exact p (17a): {trial['p_value']:.4f}."
    else:
        yield "No p (17a): not every planned toss was made, or too few were followed by a score."
    stake = UNKNOWN if trial["e_value"] is None else f"{trial['e_value']:.2f}"
    yield f"Running read-out (17a): a bet of 1 against the coin has grown to {stake}."
    if trial["as_told_points"] is not None:
        yield (
            f"Days done as told only (18, not randomised): {trial['as_told_points']:+.2f} points."
        )


def _harms(facts: TrialFacts) -> Iterator[str]:
    if not facts.flags:
        yield "No warning sign was raised meanwhile: none ticked, no score of 8 or more."
    for flag in facts.flags:
        yield f"Warning sign: {flag.evidence}."
    after = [toss for toss in facts.tosses if toss["score_after"] is not None]
    for is_assigned, name in ((True, "with it"), (False, "without it")):
        scores = [toss["score_after"] for toss in after if toss["is_assigned"] is is_assigned]
        if scores:
            yield f"Highest next score {name}: {max(scores):g}."


def _registration(trial: Row) -> Iterator[str]:
    yield (
        "Registered (23) in the runner's diary before the first toss by the SHA-256 of the seed: "
        f"{trial['seed_hash']}."
    )
    if trial["seed"]:
        yield f"Seed, told at the end: {trial['seed']}."
    if trial["is_seed_right"] is not None:
        is_right = "belong together" if trial["is_seed_right"] else "do not belong together"
        yield f"Seed, hash and tosses {is_right}."
    yield "Protocol (24): that of tightlog, docs/trials.md. Funding (25): none."


def _tosses(tosses: Sequence[Row]) -> Iterator[str]:
    yield "| day | block | coin | done | score before | next score |"
    yield "|---|---|---|---|---|---|"
    for toss in tosses:
        done = {True: "yes", False: "no", None: "–"}[toss["is_done"]]
        block = "–" if toss["block"] is None else f"{toss['block']}"
        before, after = (
            "–" if toss[name] is None else f"{toss[name]:g}"
            for name in ("score_before", "score_after")
        )
        side = side_words(toss["is_assigned"])
        yield f"| {toss['day']} | {block} | {side} | {done} | {before} | {after} |"
