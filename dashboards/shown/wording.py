"""The pages' words for stored facts: times with their zone, doses, how current the data are."""

from datetime import datetime

from tightlog.answers.today import Today
from tightlog.domain.interventions.catalogue import article_dose, find
from tightlog.domain.interventions.doses import own_part, starting_doses
from tightlog.home.settings import Settings
from tightlog.language.catalogue import phrase
from tightlog.words.dates import date_words, weekday_and_date
from tightlog.words.measures import clock, worded
from tightlog.words.numbers import counted, first_upper
from tightlog.words.patterns import grade_words


def clock_words(instant: datetime, settings: Settings) -> str:
    """A time of day with its zone, as `14:03 Europe/Oslo`."""
    return (
        f"{clock(instant.astimezone(settings.zone))} "
        f"{'UTC' if settings.time_zone == 'Etc/UTC' else settings.time_zone}"
    )


def dose_words(intervention: str) -> str:
    """A dose with whose it is: `20–30 s (the article) · 2 times, 10 s rest between (ours)`."""
    said = {
        phrase("the article"): article_dose(find(intervention)),
        phrase("ours"): own_part(starting_doses()[intervention]),
    }
    return " · ".join(f"{words} ({whose})" for whose, words in said.items() if words)


def dose_source(intervention: str) -> str:
    """What our part of a dose rests on; empty where all of it is the article's."""
    dose = starting_doses()[intervention]
    if not own_part(dose):
        return ""
    return f"{worded(first_upper(dose.source))}. {grade_words(dose.grade)}."


def pending_words(facts: Today) -> str:
    """That the page is older than the files, the day or the diary."""
    if not facts.is_analysed:
        return phrase("New files were read but not analysed yet. Refresh to include them.")
    if facts.as_of < facts.local_day:
        return phrase(
            "These results are for {as_of}. Refresh for today's.",
            as_of=weekday_and_date(facts.as_of),
        )
    return phrase("Your diary has changed since the last refresh. Refresh to include the changes.")


def freshness_words(facts: Today, settings: Settings) -> str:
    """Last run and latest activity, totals, and the time of the last refresh."""
    run = (
        phrase("Last run: {last_run_on}. ", last_run_on=date_words(facts.last_run_on))
        if facts.last_run_on
        else phrase("No run yet. ")
    )
    newest = facts.last_activity_on
    other = (
        phrase("Latest activity: {newest}. ", newest=date_words(newest))
        if newest and newest != facts.last_run_on
        else ""
    )
    activities = counted(facts.activity_count, "activity", "activities")
    scores = counted(facts.score_count, "score")
    made = facts.refreshed_at.astimezone(settings.zone)
    return phrase(
        "{run}{other}{activities} and {scores}. Refreshed {made}, {clock_words}.",
        run=run,
        other=other,
        activities=activities,
        scores=scores,
        made=date_words(made.date()),
        clock_words=clock_words(facts.refreshed_at, settings),
    )
