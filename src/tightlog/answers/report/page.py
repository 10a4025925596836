"""The report for a physiotherapist as one self-contained HTML file, black on white for A4 paper."""

from functools import cache
from importlib.resources import files

from markupsafe import Markup

from tightlog.answers.report import nights_and_days, sections
from tightlog.answers.report.facts import ReportFacts
from tightlog.answers.report.markup import TEMPLATES, piece, section
from tightlog.answers.report.sheet import sheet
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words
from tightlog.words.measures import clock
from tightlog.words.numbers import counted

TITLE = message("Lower-back tightness and running")
APPENDIX = message("Appendix: everything behind the first page")
METHOD = (
    message(
        "What was done in one window before a score, written down beforehand for at most "
        "ten exposures of training and eight of nights and days, each judged among its "
        "own, is compared with the score by a regression on whitened scores that holds "
        "season, weekday and the recent course of scores fixed (Freedman–Lane permutation; "
        "false discovery rate by Benjamini–Hochberg)."
    ),
    message(
        "An intervention is judged on the next day's score against days without it that "
        "began at the same score, because bad days are followed by better ones whatever is "
        "done."
    ),
    (
        message(
            "Intervals are 95 %; no link is claimed below 60 scores in 90 days, and one of "
            "less than 1 point in 10 is called too small to matter."
        )
    ),
)
LIMITS = (
    (
        message(
            "Self-rated tightness from 0 to 10: neither pain nor a finding on examination. "
            "tightlog is not a medical device and gives no diagnosis."
        )
    ),
    (
        message(
            "“Goes with” is not “causes”. One person, no control: a link may come from "
            "something nobody recorded, such as sitting, lifting, sleep or stress."
        )
    ),
    (
        message(
            "No study has compared runners' self-rated back tightness with watch data; "
            "every threshold is borrowed, with its source and grade beside it."
        )
    ),
    (
        message(
            "A watch sees distance, pace, height, heart rate and steps. It sees neither "
            "trunk nor pelvis, nor how strong or mobile they are."
        )
    ),
)
LATE = message(
    "The diary has changed since the last refresh; what was logged since is not included."
)
# No request of any kind, whatever a name or a note contains.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def report_html(facts: ReportFacts) -> str:
    """The whole file."""
    title = phrase(
        "{title}, {first_day} to {last_day}",
        title=phrase(TITLE),
        first_day=date_words(facts.first_day),
        last_day=date_words(facts.last_day),
    )
    template = TEMPLATES.get_template("page.html.jinja")
    # Style sheet and policy are our own text, not values, so they are not escaped.
    style = Markup(report_style())
    return (
        template.render(title=title, policy=Markup(POLICY), style=style, body=report_body(facts))
        + "\n"
    )


@cache
def report_style() -> str:
    """The style sheet of the report; every rule applies only inside it."""
    return files("tightlog.answers.report").joinpath("page.css").read_text(encoding="utf-8")


def report_body(facts: ReportFacts) -> Markup:
    """The report without the page around it."""
    appendix = (
        piece("paragraph", _origin(facts)),
        sections.red_flags(facts),
        sections.glance(facts),
        sections.tightness(facts),
        sections.load(facts),
        nights_and_days.nights_and_days(facts),
        sections.patterns(facts),
        sections.done(facts),
        sections.trials(facts),
        sections.findings(facts),
        sections.notes(facts),
        sections.data(facts),
        section(
            phrase("Method, in three sentences"),
            piece("paragraph", " ".join(map(phrase, METHOD))),
            is_whole=True,
        ),
        section(
            phrase("Limits"), piece("bullets", [phrase(limit) for limit in LIMITS]), is_whole=True
        ),
    )
    return piece("body", _heading(facts), sheet(facts), phrase(APPENDIX), appendix)


def _heading(facts: ReportFacts) -> Markup:
    made = facts.generated_at.astimezone(facts.settings.zone)
    days = phrase(
        "{first_day} to {last_day}",
        first_day=date_words(facts.first_day),
        last_day=date_words(facts.last_day),
    )
    who, is_sample = facts.name or "_" * 18, facts.publication["is_sample"]
    origin = phrase(
        "Made on {made} from the runner's own files and diary.", made=date_words(made.date())
    )
    late = phrase(LATE) if facts.is_pending else ""
    return piece(
        "heading",
        phrase(TITLE),
        days,
        counted(facts.day_count, "day"),
        who,
        is_sample,
        origin,
        late,
    )


def _origin(facts: ReportFacts) -> str:
    made = facts.generated_at.astimezone(facts.settings.zone)
    refreshed = facts.publication["refreshed_at"].astimezone(facts.settings.zone)
    return phrase(
        "Made on {made} at {made_2} ({time_zone}) by tightlog {tightlog_version} from the "
        "runner's own files and diary, as refreshed on {refreshed}, {refreshed_2}. “You” "
        "in a sentence is the runner.",
        made=date_words(made.date()),
        made_2=clock(made),
        time_zone=facts.settings.time_zone,
        tightlog_version=facts.publication["tightlog_version"],
        refreshed=date_words(refreshed.date()),
        refreshed_2=clock(refreshed),
    )
