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
from tightlog.language.catalogue import message, phrase
from tightlog.trials.evidence import CLEAR_EVIDENCE, EARLY_ERROR
from tightlog.trials.randomisation import END_ERROR
from tightlog.trials.schedule import BLOCK_LENGTHS
from tightlog.warehouse import store
from tightlog.words.dates import date_words
from tightlog.words.enumerations import enumerated
from tightlog.words.numbers import counted, percent
from tightlog.words.tried.trials import ending_words, side_words

UNKNOWN = message("not known")
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
        raise TrialRefused(phrase("no such trial was started before the last refresh"))
    trial = started[0]
    tosses = store.answer(version, "tosses", [trial["trial_id"]]).to_dicts()
    first, last = trial["started_on"], trial["ended_on"] or date.max
    spans = [*red_flag_spans(home.journal), *raised_in_files(version, first, last)]
    flags = [span for span in spans if first <= span.started_on <= last]
    return "\n".join(_report(TrialFacts(trial, tosses, flags))) + "\n"


def _report(facts: TrialFacts) -> Iterator[str]:
    trial = facts.trial
    yield phrase(
        "# {title} for one runner's lower-back tightness: an n-of-1 trial", title=trial["title"]
    )
    yield ""
    yield phrase("Reported after CENT 2015. Numbers in brackets are its items.")
    for heading, lines in _sections(facts):
        yield f"\n## {heading}\n"
        yield from (line if line.startswith("|") else f"- {line}" for line in lines)


def _sections(facts: TrialFacts) -> Iterator[tuple[str, Iterator[str]]]:
    trial = facts.trial
    yield phrase("Summary (1b)"), iter([trial["sentence"]])
    yield phrase("Rationale (2)"), map(phrase, RATIONALE)
    yield phrase("Design (3, 7)"), _design(trial)
    yield phrase("Participant and setting (4)"), map(phrase, SETTING)
    yield phrase("Intervention (5)"), _intervention(trial)
    yield phrase("Outcome (6)"), map(phrase, OUTCOME)
    yield phrase("Randomisation (8–10)"), map(phrase, RANDOMISATION)
    yield phrase("Blinding (11)"), map(phrase, BLINDING)
    yield phrase("Analysis (12)"), (phrase(line, error=END_ERROR) for line in ANALYSIS)
    yield phrase("Flow (13–16)"), _flow(facts)
    yield phrase("Result (17, 18)"), _result(trial)
    yield phrase("Harms (19)"), _harms(facts)
    yield phrase("Limits (20–22)"), map(phrase, LIMITS)
    yield phrase("Registration (23–25)"), _registration(trial)
    yield phrase("Every toss"), _tosses(facts.tosses)


RATIONALE = (
    message(
        "Background (2a): things done against tightness are done on bad days, and bad days "
        "pass by themselves. A comparison by hindsight mistakes one for the other; a coin "
        "does not."
    ),
    message("Objective (2b): does being told to do it change this runner's next morning?"),
)
SETTING = (
    message("Participant (4a): one adult runner, who planned and ran the trial."),
    message("Setting (4b): at home, with the runner's own diary."),
)
OUTCOME = (
    message(
        "Primary outcome (6a): the first score of the next morning, 0 (no tightness) to 10 "
        "(the worst imaginable), given by the runner before any run."
    ),
    message(
        "Properties of the measure (6a.1): the scale is that of the numeric rating scale "
        "for pain; that it measures tightness was not validated."
    ),
    message("Changes (6b): none; the software allows none after the start."),
)
RANDOMISATION = (
    message(
        "Sequence (8a, 8b): blocks of drawn length, drawn by SHA-256 from a secret seed of "
        "256 bits."
    ),
    message(
        "Sequence as intended (8c): in the last table; blocks are shown once the trial is over."
    ),
    message(
        "Concealment (9): the seed lay in a file for its owner alone. Each toss was shown "
        "on its day only, after the day's score."
    ),
    message("Implementation (10): by software; the runner enrolled and was assigned by it."),
)
BLINDING = (
    message(
        "Nobody was blind (11a): the runner sees the coin and gives the score. The score "
        "that decides about a toss is given before the coin is seen."
    ),
)
ANALYSIS = (
    message("All tosses count as they fell, whatever was done (12a: intention to treat)."),
    message(
        "The scores are whitened by a noise model that never sees the coin (AR(1) and "
        "white noise, level and straight drift), clipped at two robust standard "
        "deviations, and compared by the larger t of two shapes of effect: gone after a "
        "day, or lasting as the back's state does."
    ),
    message(
        "The test draws every block again 2,000 times; the interval holds every effect the test "
        "does not reject at {error:g}."
    ),
    message(
        "A trial that ended before its last toss is judged by the running read-out alone, "
        "a bet against the coin that may be looked at on any day."
    ),
    message(
        "Carry-over (12c): an effect that lasts over many days is mixed into both sides "
        "and is underestimated."
    ),
)
LIMITS = (
    message("Not blind: expecting relief may lower a score (20)."),
    message(
        "For this runner, in these weeks; nothing is said of others (21), nor of weeks of practice."
    ),
    message("Scores stop at 0, so the same relief is worth less on good days (20)."),
)


def _design(trial: Row) -> Iterator[str]:
    blocks = enumerated([str(length) for length in BLOCK_LENGTHS], "or")
    yield (
        phrase(
            "Design (3a): one toss a morning, on mornings with a score of {lowest_score:g} or "
            "more; {toss} planned, in blocks of {blocks}, half of each with the intervention. "
            "A period is one day; there is no wash-out.",
            lowest_score=LOWEST_SCORE,
            toss=counted(trial["tosses_planned"], "toss", "tosses"),
            blocks=blocks,
        )
    )
    yield phrase("Changes to the design (3b): none.")
    power = trial["power_at_1_point"]
    yield (
        phrase(
            "Size (7a): chance to find a difference of 1 point, worked out from the runner's "
            "own scores before the start: {unknown}.",
            unknown=phrase(UNKNOWN) if power is None else percent(power),
        )
    )
    yield (
        phrase(
            "Looks (7b): the trial ends early when a bet of 1 against the coin has grown to "
            "{clear_evidence:g}. The error is split beforehand: {early_error:g} for an early "
            "end, {end_error:g} for the planned end. A warning sign stops the trial.",
            clear_evidence=CLEAR_EVIDENCE,
            early_error=EARLY_ERROR,
            end_error=END_ERROR,
        )
    )


def _intervention(trial: Row) -> Iterator[str]:
    item = find(trial["intervention"])
    yield phrase("With it: {title}. {how_to}", title=item.title, how_to=item.how_to)
    yield f"{dose_words(item)} {item.caution}"
    yield phrase("Without it: left out on that day; everything else as usual.")


def _flow(facts: TrialFacts) -> Iterator[str]:
    trial, tosses = facts.trial, facts.tosses
    unknown = sum(toss["is_done"] is None for toss in tosses)
    unscored = sum(toss["score_after"] is None for toss in tosses)
    yield phrase(
        "Tosses (13a): {tosses_made} of {tosses_planned} made.",
        tosses_made=trial["tosses_made"],
        tosses_planned=trial["tosses_planned"],
    )
    yield (
        phrase(
            "Done or left as the coin said (13b): {n_as_told}; not known: {unknown}; without a "
            "next score: {unscored}.",
            n_as_told=trial["n_as_told"],
            unknown=unknown,
            unscored=unscored,
        )
    )
    first, last = date_words(trial["started_on"]), trial["ended_on"]
    running = phrase("running since {first}", first=first)
    dates = phrase("{first} to {last}", first=first, last=date_words(last)) if last else running
    yield phrase("Dates (14a): {dates}.", dates=dates)
    if trial["ending"]:
        yield phrase("End (14b): {ending_words}.", ending_words=ending_words(trial))
    before = [toss["score_before"] for toss in tosses if toss["score_before"] is not None]
    if before:
        yield phrase(
            "Baseline (15): mean score before a toss {sum:.1f}.", sum=sum(before) / len(before)
        )
    yield (
        phrase(
            "Analysed (16): {n_assigned} next scores with it, {n_not_assigned} without.",
            n_assigned=trial["n_assigned"],
            n_not_assigned=trial["n_not_assigned"],
        )
    )


def _result(trial: Row) -> Iterator[str]:
    yield f"{trial['sentence']}"
    if trial["effect_points"] is not None:
        low, high = trial["effect_low"], trial["effect_high"]
        yield (
            phrase(
                "Difference in the next score (17a): {effect_points:+.2f} points ({low:+.2f} "
                "to {high:+.2f}); negative is better.",
                effect_points=trial["effect_points"],
                low=low,
                high=high,
            )
        )
    if trial["p_value"] is not None:
        yield phrase("Exact p (17a): {p_value:.4f}.", p_value=trial["p_value"])
    else:
        yield phrase(
            "No p (17a): not every planned toss was made, or too few were followed by a score."
        )
    stake = phrase(UNKNOWN) if trial["e_value"] is None else f"{trial['e_value']:.2f}"
    yield phrase(
        "Running read-out (17a): a bet of 1 against the coin has grown to {stake}.", stake=stake
    )
    if trial["as_told_points"] is not None:
        yield (
            phrase(
                "Days done as told only (18, not randomised): {as_told_points:+.2f} points.",
                as_told_points=trial["as_told_points"],
            )
        )


def _harms(facts: TrialFacts) -> Iterator[str]:
    if not facts.flags:
        yield phrase("No warning sign was raised meanwhile: none ticked, no score of 8 or more.")
    for flag in facts.flags:
        yield phrase("Warning sign: {evidence}.", evidence=flag.evidence)
    after = [toss for toss in facts.tosses if toss["score_after"] is not None]
    for is_assigned, name in ((True, phrase("with it")), (False, phrase("without it"))):
        scores = [toss["score_after"] for toss in after if toss["is_assigned"] is is_assigned]
        if scores:
            yield phrase("Highest next score {name}: {scores:g}.", name=name, scores=max(scores))


def _registration(trial: Row) -> Iterator[str]:
    yield (
        phrase(
            "Registered (23) in the runner's diary before the first toss by the SHA-256 of the "
            "seed: {seed_hash}.",
            seed_hash=trial["seed_hash"],
        )
    )
    if trial["seed"]:
        yield phrase("Seed, told at the end: {seed}.", seed=trial["seed"])
    if trial["is_seed_right"] is not None:
        is_right = (
            phrase("belong together")
            if trial["is_seed_right"]
            else phrase("do not belong together")
        )
        yield phrase("Seed, hash and tosses {is_right}.", is_right=is_right)
    yield phrase("Protocol (24): that of tightlog, docs/trials.md. Funding (25): none.")


def _tosses(tosses: Sequence[Row]) -> Iterator[str]:
    yield phrase("| day | block | coin | done | score before | next score |")
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
