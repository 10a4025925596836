"""The facts of today's page, the same for the command line and the dashboard."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tightlog.answers.file_flags import standing_in_files
from tightlog.answers.missing_disk import refuse_unknown_signs
from tightlog.answers.morning.course import NO_COURSE, Course, course_of
from tightlog.answers.morning.night import night_words
from tightlog.answers.trial import known_scores, trial_today
from tightlog.domain.diary import TightnessScore, declined_on
from tightlog.domain.red_flags import RedFlagSpan, standing, urgency_of
from tightlog.domain.thresholds import FRESH_D, RUN_GAP_D
from tightlog.home.settings import Home
from tightlog.journal.copies import journal_fingerprint, refuse_gone
from tightlog.journal.journal import read_journal, red_flag_spans
from tightlog.journal.words import copies_words, unreadable_words
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.words.dates import (
    weekday_and_date,
    weekday_and_month,
)
from tightlog.words.patterns import no_run_words, said_once

if TYPE_CHECKING:
    from tightlog.advice.choose import RedFlagAdvice

RED_FLAG, SHORT_SLEEP = "R0", "R19"
# Ours: two missed mornings may be a weekend away.
REMINDER_D = 3
ONLY_FOR_PAGES = frozenset({"declined", "helped"})
ADVICE_PARTS = ("article_says", "your_data", "what_is_known")


@dataclass(frozen=True)
class Today:
    """What the runner sees in the morning; every number is in the warehouse or the journal."""

    local_day: date
    as_of: date
    refreshed_at: datetime
    is_sample: bool
    is_analysed: bool
    is_pending: bool
    last_activity_on: date | None
    last_run_on: date | None
    last_day: date | None
    score_count: int
    activity_count: int
    unreadable_count: int
    newest_score: TightnessScore | None
    # All red flags that stand, from the journal and from score files, as one.
    red_flag: RedFlagSpan | None
    matches: tuple[dict[str, Any], ...]
    advice: tuple[dict[str, Any], ...]
    not_watched: tuple[dict[str, Any], ...]
    # Lines of the journal that only a newer tightlog can read; one may be a warning sign.
    newer_lines: int = 0
    # Other problems of the journal's file: lines that do not count, and copies of it.
    diary_words: tuple[str, ...] = ()
    # What the coin of a running trial says today, or how to see it; None without one.
    coin: str | None = None
    # The mornings of the last four weeks, and what is usual.
    course: Course = NO_COURSE
    # One line on this morning's night; None where it was usual, not known, or a pattern says it.
    night: str | None = None
    # Ids of what the runner does not want offered today, and of what helped before.
    declined: frozenset[str] = frozenset()
    helped: frozenset[str] = frozenset()

    @property
    def red_flags(self) -> list[dict[str, str]]:
        """The red flags that stand, each once: name and urgency (`emergency` or `soon`)."""
        names = self.red_flag.names if self.red_flag else ()
        return [{"name": name, "urgency": urgency_of([name])} for name in names]

    def as_json(self) -> dict[str, Any]:
        """Everything as `--json` prints it; the red flags as data and in words."""
        flag = self.red_flag
        words = (
            {
                "started_on": flag.started_on,
                "cleared_on": flag.cleared_on,
                "evidence": flag.evidence,
            }
            if flag
            else None
        )
        facts = asdict(self) | {"red_flag": words, "red_flags": self.red_flags}
        return {name: value for name, value in facts.items() if name not in ONLY_FOR_PAGES}

    @property
    def stands_out(self) -> dict[str, Any] | None:
        """The one active pattern to name: that of the first advice, else the first; None without
        one, and of data too old to say anything about today.
        """
        if not (self.matches and self.is_fresh):
            return None
        reason = self.advice[0]["pattern"] if self.advice else None
        named = (match for match in self.matches if match["pattern"] == reason)
        return next(named, self.matches[0])

    @property
    def no_run(self) -> str | None:
        """That nothing can be said about running for want of a run in two weeks; None where there
        is one, and where nothing is said about today at all.
        """
        return no_run_lately(self.last_run_on, self.local_day) if self.is_fresh else None

    @property
    def is_empty(self) -> bool:
        """True before the first activity and the first score."""
        return not (self.activity_count or self.score_count)

    def advice_once(self, *shown: str) -> tuple[dict[str, Any], ...]:
        """The advice in sentences of which none stands twice, in it or among the patterns above it:
        `shown` are the words of a pattern or an intervention that are shown beside it.
        """
        said: set[str] = {self.no_run} if self.no_run else set()
        for match in self.matches:
            for column in ("evidence", *shown):
                said_once(match.get(column) or "", said)
            if "why" in shown:
                said_once(
                    phrase(
                        "Grade {grade}: {source}.",
                        grade=match["grade"],
                        source=match["source"].rstrip("."),
                    ),
                    said,
                )
        return tuple(_once(row, shown, said) for row in self.advice)

    @property
    def is_fresh(self) -> bool:
        """False when the newest data are too old to say anything about today, even after a new
        refresh.
        """
        return _is_fresh(self.last_day, self.local_day)


def _once(row: dict[str, Any], shown: Sequence[str], said: set[str]) -> dict[str, Any]:
    """A piece of advice without what is said already."""
    for column in shown:
        words = row.get(column) or ""
        said_once(words, said)
        said_once(phrase("Our {column}: {words}", column=column, words=words), said)
    return row | {part: said_once(row[part], said) for part in ADVICE_PARTS}


def reminder(newest: TightnessScore | None, local_day: date) -> str | None:
    """One kind sentence when the newest score is at least three days old, else None."""
    if newest is None or newest.day > local_day - timedelta(days=REMINDER_D):
        return None
    is_this_year = newest.day.year == local_day.year
    day = (weekday_and_month if is_this_year else weekday_and_date)(newest.day)
    return phrase("No score since {day}. A gap does no harm; a score today helps.", day=day)


def no_run_lately(last_run_on: date | None, local_day: date) -> str | None:
    """One sentence when the last known run is over two weeks old, or there is none."""
    is_known = last_run_on is not None and (local_day - last_run_on).days <= RUN_GAP_D
    return None if is_known else no_run_words(last_run_on)


def today(home: Home, version: Path, local_day: date) -> Today:
    """Facts for a local day from one version of the warehouse, with the newest score and red flag
    of the journal.
    """
    publication = store.relation(version, "publication").row(0, named=True)
    journal = read_journal(home.journal)
    red_flag = standing_flag(home, version, local_day)
    freshness = store.answer(version, "freshness").row(0, named=True)
    matches = _rows(version, "matches_shown", local_day - timedelta(days=FRESH_D), local_day)
    trial = None if red_flag else trial_today(home, local_day)
    declined = declined_on(journal.declined, local_day)
    return Today(
        local_day=local_day,
        as_of=publication["as_of_day"],
        refreshed_at=publication["refreshed_at"],
        is_sample=publication["is_sample"],
        is_analysed=publication["is_analysed"],
        is_pending=not publication["is_analysed"]
        or publication["journal_fingerprint"] != journal_fingerprint(home.journal),
        newest_score=newest_score(home, version),
        course=course_of(known_scores(version, journal, local_day), local_day),
        red_flag=red_flag,
        matches=matches,
        advice=_stopped(version, red_flag)
        if red_flag
        else _stored_advice(
            version,
            (publication["as_of_day"], freshness["last_day"]),
            local_day,
            declined | ({trial.trial.intervention} if trial else set()),
        ),
        declined=declined,
        helped=frozenset(store.answer(version, "helping")["intervention"]),
        not_watched=_rows(version, "not_watched"),
        newer_lines=journal.newer_lines,
        coin=trial.sentence if trial else None,
        night=None if _is_said_of_night(matches, local_day) else night_words(version, local_day),
        diary_words=(*unreadable_words(journal), *copies_words(journal)),
        **freshness,
    )


def _is_said_of_night(matches: Sequence[dict[str, Any]], local_day: date) -> bool:
    # Before the day's first score what stands is of an earlier night.
    return any(match["pattern"] == SHORT_SLEEP and match["day"] == local_day for match in matches)


def standing_flag(home: Home, version: Path, local_day: date) -> RedFlagSpan | None:
    """The red flags that stand on a day, as one: those of the journal until they are cleared,
    and those of score files until they expire. Raises DiaryUnreadable when nobody can say.
    """
    refuse_gone(
        home.journal,
        store.relation(version, "publication")["journal_fingerprint"].item(),
        journal_fingerprint(home.journal),
    )
    refuse_unknown_signs(home)
    return standing([*red_flag_spans(home.journal), *standing_in_files(version, local_day)])


def _stored_advice(
    version: Path,
    rests_on: tuple[date, date | None],
    local_day: date,
    left_out: AbstractSet[str],
) -> tuple[dict[str, Any], ...]:
    """Advice of the last refresh; none when it, or the newest data, are too old (`rests_on`), when
    it was for a red flag that has been cleared since, or for what is left out: declined, or left
    to the coin of a running trial.
    """
    if not all(_is_fresh(day, local_day) for day in rests_on):
        return ()
    return tuple(
        row
        for row in _rows(version, "advice_shown")
        if row["pattern"] != RED_FLAG and row["intervention"] not in left_out
    )


def _is_fresh(day: date | None, local_day: date) -> bool:
    """True where something is said about today of what is known up to a day."""
    return day is not None and day >= local_day - timedelta(days=FRESH_D)


def stop_advice(flag: RedFlagSpan) -> "RedFlagAdvice":
    """The only advice while a red flag stands, usable before anything else is computed."""
    # Imported here: a day without a red flag must not wait for the rules to load.
    from tightlog.advice.choose import red_flag_advice

    return red_flag_advice(flag.names, flag.evidence)


def newest_score(home: Home, version: Path) -> TightnessScore | None:
    """The newest score that counts, including those given since the last refresh."""
    journal = read_journal(home.journal).scores
    rows = store.answer(version, "newest_imported_score")
    imported = tuple(TightnessScore(**row) for row in rows.iter_rows(named=True))
    return max((*journal, *imported), key=_recency, default=None)


def _recency(score: TightnessScore) -> tuple[date, float]:
    return score.day, score.rated_at.timestamp() if score.rated_at else 0.0


def _stopped(version: Path, flag: RedFlagSpan) -> tuple[dict[str, Any], ...]:
    """The one piece of advice a red flag leaves, in the shape of the others."""
    stop = stop_advice(flag)
    details = store.answer(version, "intervention_words", [stop.intervention]).row(0, named=True)
    return (
        {
            "rank": 1,
            **details,
            "pattern": RED_FLAG,
            "pattern_title": phrase("Red flag"),
            **vars(stop),
        },
    )


def _rows(version: Path, question: str, *parameters: Any) -> tuple[dict[str, Any], ...]:
    return tuple(store.answer(version, question, parameters).iter_rows(named=True))
