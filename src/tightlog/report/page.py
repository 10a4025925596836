"""The report for a physiotherapist as one HTML file that needs nothing else: black on white, to be printed on A4; every value is text."""

from functools import cache
from html import escape
from importlib.resources import files

from tightlog.patterns.wording import counted, date_words
from tightlog.report import sections
from tightlog.report.facts import ReportFacts
from tightlog.report.markup import quiet, section

TITLE = "Lower-back tightness and running"
METHOD = (
    "What was done in one window before a score, written down beforehand for at most ten exposures, is compared with the score by a regression on "
    "whitened scores that holds season, weekday and the recent course of scores fixed (Freedman–Lane permutation; false discovery rate by "
    "Benjamini–Hochberg).",
    "An intervention is judged on the next day's score against days without it that began at the same score, because bad days are followed by better "
    "ones whatever is done.",
    "Intervals are 95 %; no link is claimed below 60 scores in 90 days, and one of less than 1 point in 10 is called too small to matter.",
)
LIMITS = (
    "Self-rated tightness from 0 to 10: neither pain nor a finding on examination. tightlog is not a medical device and gives no diagnosis.",
    "“Goes with” is not “causes”. One person, no control: a link may come from what nobody wrote down, such as sitting, lifting, sleep or stress.",
    "Nobody has studied self-rated tightness of runners' backs against watch data; every threshold is borrowed, source and grade stand beside it.",
    "A watch sees distance, pace, height, heart rate and steps. It sees neither trunk nor pelvis, nor how strong or mobile they are.",
)
# No request of any kind, whatever a name or a note holds.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def report_html(facts: ReportFacts) -> str:
    """The whole file, to be kept, sent or printed."""
    heading = f"{TITLE}, {date_words(facts.first_day)} to {date_words(facts.last_day)}"
    return (f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><meta http-equiv='Content-Security-Policy' content=\"{POLICY}\">"
            f"<meta name='viewport' content='width=device-width, initial-scale=1'><meta name='color-scheme' content='light'>"
            f"<title>{escape(heading)}</title><style>body {{ margin: 0; background: #fff; }}\n{report_style()}</style></head>"
            f"<body>{report_body(facts)}</body></html>\n")


@cache
def report_style() -> str:
    """Style of the report; every rule is for what lies inside it."""
    return files("tightlog.report").joinpath("page.css").read_text(encoding="utf-8")


def report_body(facts: ReportFacts) -> str:
    """The report itself, to be put into a page."""
    parts = (
        _heading(facts), sections.red_flags(facts), sections.glance(facts), sections.tightness(facts), sections.load(facts),
        sections.patterns(facts), sections.done(facts), sections.findings(facts), sections.notes(facts), sections.data(facts), _method(),
    )
    return f"<main class='report'>{''.join(parts)}</main>"


def _heading(facts: ReportFacts) -> str:
    made = facts.generated_at.astimezone(facts.settings.zone)
    refreshed = facts.publication["refreshed_at"].astimezone(facts.settings.zone)
    who = escape(facts.name) if facts.name else "_" * 30
    late = quiet("The diary has changed since the last refresh; what was logged since is not in here.") if facts.is_pending else ""
    simulated = "<p class='simulated'>A simulated runner's files: nobody's back.</p>" if facts.publication["is_sample"] else ""
    maker = f"tightlog {facts.publication['tightlog_version']}"
    origin = (f"Made on {date_words(made.date())} at {made:%H:%M} ({facts.settings.time_zone}) by {maker} from the runner's own files and diary, "
              f"as refreshed on {date_words(refreshed.date())}, {refreshed:%H:%M}. “You” in a sentence is the runner.")
    return (f"<header><h1>{TITLE}</h1><p><strong>{date_words(facts.first_day)} to {date_words(facts.last_day)}</strong> "
            f"({counted(facts.day_count, 'day')}) · for a physiotherapist</p><p>Runner: {who}</p>{simulated}{quiet(origin)}{late}</header>")


def _method() -> str:
    limits = "".join(f"<li>{line}</li>" for line in LIMITS)
    return (section("Method, in three sentences", f"<p>{' '.join(METHOD)}</p>", is_whole=True)
            + section("Limits", f"<ul>{limits}</ul>", is_whole=True))
