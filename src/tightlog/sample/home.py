"""The simulated runner's home on disk: watch and phone files as people keep them, a few broken ones, and a tightness diary."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tightlog import private
from tightlog.sample.fit_activity import fit_activity, fit_monitoring
from tightlog.sample.gpx_file import PHONE_APP, WATCH_EXPORT, gpx_file
from tightlog.sample.plan import season, training_plan
from tightlog.sample.recording import Recording, recording
from tightlog.sample.tightness import Diary, SampleIntervention, diary

# What is left of a file when the battery dies: this share of its bytes.
TRUNCATED_SHARE = 0.6


@dataclass(frozen=True)
class SampleSummary:
    """What was written: counts, the span, and the interventions the caller still has to log to the journal."""

    folder: Path
    first_day: date
    last_day: date
    file_count: int
    activity_count: int
    run_count: int
    score_count: int
    size_bytes: int
    interventions: tuple[SampleIntervention, ...] = field(repr=False)


@dataclass(frozen=True)
class SampleHistory:
    """The simulated runner in memory: every recording in order of its start, and the diary with its truth."""

    first_day: date
    last_day: date
    recordings: tuple[Recording, ...] = field(repr=False)
    diary: Diary = field(repr=False)


def write_sample(folder: Path, last_day: date, seed: int = 7, months: int = 18) -> SampleSummary:
    """Fills `folder/data/raw` with the history of the months that end on `last_day`; the same arguments give the same bytes."""
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
        folder, history.first_day, history.last_day, file_count, len(history.recordings), run_count, history.diary.scores.height,
        size_bytes, history.diary.interventions,
    )


def sample_history(last_day: date, seed: int = 7, months: int = 18) -> SampleHistory:
    """The simulated runner's history of the months that end on `last_day`, nothing written."""
    days = season(_months_before(last_day, months) + timedelta(days=1), last_day)
    recordings = tuple(recording(planned, seed, number) for number, planned in enumerate(training_plan(days, seed)))
    return SampleHistory(days.first_day, days.last_day, recordings, diary(days, recordings, seed))


def sample_files(history: SampleHistory) -> Iterator[tuple[str, bytes]]:
    """Each file as (path under data/raw, bytes), the oddities among them named after what is odd."""
    watch = [recorded for recorded in history.recordings if recorded.planned.device != "phone"]
    zipped, truncated, twice = _chosen(watch, "tempo", 0.4), _chosen(watch, "easy", 0.55), _chosen(watch, "long", 0.7)
    for recorded in history.recordings:
        stem = f"{recorded.started_at:%Y-%m-%d-%H%M}"
        if recorded.planned.device == "phone":
            yield f"phone/{stem}-{recorded.planned.sport}.gpx", gpx_file(recorded, PHONE_APP)
            continue
        name, content = f"watch/{recorded.started_at:%Y/%m}/{stem}", fit_activity(recorded)
        if recorded is truncated:
            yield f"{name}-battery-died.fit", content[: int(len(content) * TRUNCATED_SHARE)]
        elif recorded is zipped:
            yield f"{name}.fit.gz", gzip.compress(content, mtime=0)
        else:
            yield f"{name}.fit", content
        if recorded is twice:
            yield f"downloads/{stem}-same-run-from-the-portal.gpx", gpx_file(recorded, WATCH_EXPORT)
    yield from _side_files(history)


def _side_files(history: SampleHistory) -> Iterator[tuple[str, bytes]]:
    midnight = datetime.combine(history.last_day, datetime.min.time(), ZoneInfo("Europe/Oslo"))
    yield f"watch/monitoring/{history.last_day.isoformat()}.fit", fit_monitoring(midnight)
    yield "downloads/empty.fit", b""
    yield "tightness.csv", _scores_csv(history.diary).encode()


def _scores_csv(written: Diary) -> str:
    return written.scores.rename({"rated_at": "timestamp"}).write_csv(datetime_format="%Y-%m-%dT%H:%M:%S")


def _chosen(recordings: Sequence[Recording], effort: str, share: float) -> Recording | None:
    """The recording of that effort at that share of the history, None when the history has none."""
    candidates = [recorded for recorded in recordings if recorded.planned.effort == effort and recorded.planned.sub_sport == "generic"]
    return candidates[int(share * len(candidates))] if candidates else None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
