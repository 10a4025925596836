"""The sample home: the simulated runner's files, journal and marker, in a folder without anybody's
own data.
"""

import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tightlog.errors import HomeError
from tightlog.home import private
from tightlog.home.sealed_seed import seal
from tightlog.home.settings import Home, Settings, home_folder, settings_of
from tightlog.journal.append import append_entries
from tightlog.simulation.sample.coin_trials import CoinTrial, journal_lines
from tightlog.simulation.sample.diary import SampleIntervention
from tightlog.simulation.sample.history import SAMPLE_SEED, sample_files, sample_history

# Where the simulated runner lives; the diary's clock times are of this zone.
SAMPLE_ZONE = "Europe/Oslo"


@dataclass(frozen=True)
class SampleSummary:
    """What was written: counts, the span, and the interventions and trials the caller must still
    add to the journal.
    """

    folder: Path
    first_day: date
    last_day: date
    file_count: int
    activity_count: int
    run_count: int
    score_count: int
    size_bytes: int
    interventions: tuple[SampleIntervention, ...] = field(repr=False)
    trials: tuple[CoinTrial, ...] = field(repr=False)


@dataclass(frozen=True)
class SampleHome:
    """A sample home and what it holds."""

    home: Path
    activities: int
    scores: int
    last_day: date


def make_sample_home(
    folder: Path, last_day: date | None = None, months: int = 18, seed: int = SAMPLE_SEED
) -> SampleHome:
    """Sample home whose history of so many months ends yesterday, so that nothing in it lies ahead
    of the clock; one that already does is left as it is, an older one is replaced.

    Raises HomeError for a folder that holds anything else.
    """
    home = Home(folder)
    if folder.exists() and any(folder.iterdir()) and not home.is_sample:
        raise HomeError(
            folder, "it already holds something else; a sample home needs a folder of its own"
        )
    home = home_folder(str(folder))
    _write(home.settings_file, f'time_zone = "{SAMPLE_ZONE}"\n')
    settings = settings_of(home)
    last_day = last_day or datetime.now(settings.zone).date() - timedelta(days=1)
    if home.is_sample:
        made = json.loads(home.sample_marker.read_text(encoding="utf-8"))
        if made.get("last_day") == last_day.isoformat():
            return SampleHome(folder, made["activities"], made["scores"], last_day)
        shutil.rmtree(folder / "data")
    # The marker comes first, so that an interrupted sample is recognised and replaced.
    _write(home.sample_marker, "{}")
    summary = write_sample(folder, last_day, seed, months)
    _log_interventions(home, settings, summary)
    log_trials(home, settings, summary)
    facts = {
        "last_day": last_day.isoformat(),
        "activities": summary.activity_count,
        "scores": summary.score_count,
    }
    _write(home.sample_marker, json.dumps(facts))
    return SampleHome(folder, summary.activity_count, summary.score_count, last_day)


def write_sample(
    folder: Path, last_day: date, seed: int = SAMPLE_SEED, months: int = 18
) -> SampleSummary:
    """Fills `folder/data/raw` with the history of the months that end on `last_day`; the same
    arguments give the same bytes.
    """
    history = sample_history(last_day, seed, months)
    raw = folder / "data" / "raw"
    file_count = size_bytes = 0
    for path, content in sample_files(history):
        target = raw / path
        private.folder(target.parent)
        with open(target, "wb", opener=private.opener) as file:
            file.write(content)
        file_count, size_bytes = file_count + 1, size_bytes + len(content)
    run_count = sum(recorded.planned.sport == "running" for recorded in history.recordings)
    return SampleSummary(
        folder,
        history.first_day,
        history.last_day,
        file_count,
        len(history.recordings),
        run_count,
        history.diary.scores.height,
        size_bytes,
        history.diary.interventions,
        history.diary.trials,
    )


def log_trials(home: Home, settings: Settings, summary: SampleSummary) -> None:
    """Adds the trials to the journal, and seals the seed of the one that runs."""
    entries: list[dict[str, Any]] = []
    for made in summary.trials:
        entries += journal_lines(made.logged, settings.zone)
        if made.ended_on is None:
            seal(home, made.trial.trial_id, made.seed)
    append_entries(home.journal, entries)


def _log_interventions(home: Home, settings: Settings, summary: SampleSummary) -> None:
    entries = []
    for number, done in enumerate(summary.interventions):
        at = done.done_at.replace(tzinfo=settings.zone).astimezone(UTC)
        entries.append(
            {
                "entry_id": f"s{number:06d}",
                "kind": "did",
                "logged_at": at.isoformat(),
                "day": done.done_at.date().isoformat(),
                "at": at.isoformat(),
                "intervention": done.intervention,
                "minutes": done.minutes,
                "rpe": done.rpe,
            }
        )
    append_entries(home.journal, entries)


def _write(file: Path, text: str) -> None:
    with open(file, "w", encoding="utf-8", opener=private.opener) as opened:
        opened.write(text)
