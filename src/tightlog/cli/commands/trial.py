"""`tightlog trial`: the coin-flip experiment."""

import argparse
from datetime import date, datetime

from tightlog.answers.actions import entries, trials
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame, print_json, print_paragraph
from tightlog.domain.interventions.catalogue import find
from tightlog.domain.trials import USUAL_TOSSES
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.words.numbers import first_upper
from tightlog.words.tried import trials as words
from tightlog.words.visible import visible

EXAMPLES = (
    (
        "tightlog trial plan cat-cow --tosses 60",
        message("what it would show, before anything starts"),
    ),
    ("tightlog trial toss", message("what the coin says today, after today's score")),
    ("tightlog trial answer", message("what it changed")),
)
STEPS = phrases(
    {
        "plan": "say what a trial would show, and how long it takes",
        "start": "seal the schedule and start the trial planned last",
        "toss": "show what the coin says today",
        "done": "log that you did it, today or --at a day",
        "not-done": "log that you did not",
        "stop": "stop the trial; it is kept",
        "answer": "show the answers of all trials, as of the last refresh",
        "export": "print a trial as Markdown after CENT 2015, the newest or --id",
    }
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("step", choices=tuple(STEPS), help="; ".join(map(": ".join, STEPS.items())))
    parser.add_argument("intervention", metavar="INTERVENTION", nargs="*", help=phrase("for plan"))
    parser.add_argument(
        "--tosses", type=int, default=USUAL_TOSSES, metavar="N", help=phrase("for plan")
    )
    parser.add_argument("--at", metavar="WHEN", help=phrase("the day, for done and not-done"))
    parser.add_argument(
        "--id", dest="trial_id", metavar="TRIAL", help=phrase("for export, see trial")
    )
    parser.add_argument("--why", metavar="TEXT", help=phrase("the reason, for stop"))


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the step was taken and shown."""
    home = home_folder(given.home)
    today = datetime.now(settings_of(home).zone).date()
    if given.step == "answer":
        return _answer(home, given.json)
    if given.step == "export":
        return _export(home, given.trial_id)
    facts, sentences = _taken(home, given, today)
    if given.json:
        print_json(facts)
    else:
        for sentence in sentences:
            print_paragraph(sentence)
    return 0


def _taken(
    home: Home, given: argparse.Namespace, today: date
) -> tuple[dict[str, object], tuple[str, ...]]:
    """What a step did, as data and in words."""
    match given.step:
        case "plan":
            made = trials.plan(home, " ".join(given.intervention), today, given.tosses)
            power = {
                f"power_at_{points}": getattr(made, f"power_at_{points}")
                for points in ("1_point", "2_points")
            }
            facts = {"trial_id": made.trial_id, "tosses": made.tosses, "weeks": made.weeks} | power
            return facts, (*made.sentences, phrase("To start it: tightlog trial start"))
        case "start":
            trial = trials.start(home, today)
            title = find(trial.intervention).title
            started = phrase(
                "The trial of {title} has started. SHA-256 of its sealed seed:", title=title
            )
            facts = {"trial_id": trial.trial_id, "seed_hash": trial.seed_hash}
            return facts, (started, str(trial.seed_hash))
        case "toss":
            toss = trials.toss(home, today)
            return {"day": toss.day, "is_assigned": toss.is_assigned}, (
                words.coin_words(toss.is_assigned),
            )
        case "stop":
            trial = trials.stop(home, today, given.why)
            said = words.ended_words("runner")
            return {"trial_id": trial.trial_id, "seed": trial.seed}, (first_upper(f"{said}."),)
    day, is_done = entries.moment(home, given.at).day, given.step == "done"
    trials.log_done(home, day, is_done)
    return {"day": day, "is_done": is_done}, ("Logged.",)


def _export(home: Home, trial_id: str | None) -> int:
    from tightlog.answers.report.cent_report import cent_report
    from tightlog.warehouse import store

    report = cent_report(home, store.published_version(home), trial_id)
    print("\n".join(visible(line) for line in report.splitlines()))
    return 0


def _answer(home: Home, is_json: bool) -> int:
    # Imported here: a toss does not wait for the warehouse.
    from tightlog.warehouse import store

    version = store.published_version(home)
    rows = store.relation(version, "trial")
    if is_json:
        print_frame(rows, "json")
        return 0
    for row in rows.iter_rows(named=True):
        print_paragraph(f"{find(row['intervention']).title} ({row['state']})", style="bold")
        print_paragraph(row["sentence"])
    for row in store.relation(version, "trial_series").iter_rows(named=True):
        print_paragraph(
            phrase("{title} (all trials)", title=find(row["intervention"]).title), style="bold"
        )
        print_paragraph(row["sentence"])
    if rows.is_empty():
        print_paragraph(phrase("No trial yet. `tightlog trial plan cat-cow` plans one."))
    return 0
