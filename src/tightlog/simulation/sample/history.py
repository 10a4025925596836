"""The sample runner's history: every recording and the diary in memory, and the files people keep
of them, a few broken ones among them.
"""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tightlog.simulation.files.fit_activity import fit_activity, fit_monitoring
from tightlog.simulation.files.gpx_file import PHONE_APP, WATCH_EXPORT, gpx_file
from tightlog.simulation.sample.diary import Diary, diary
from tightlog.simulation.sample.plan import season, training_plan
from tightlog.simulation.sample.recording import Recording, recording

# Share of a file's bytes that is left when the battery dies.
TRUNCATED_SHARE = 0.6
# The seed of the sample home that everybody gets.
SAMPLE_SEED = 7


@dataclass(frozen=True)
class SampleHistory:
    """The simulated runner in memory: every recording in order of its start, and the diary with
    its truth.
    """

    first_day: date
    last_day: date
    recordings: tuple[Recording, ...] = field(repr=False)
    diary: Diary = field(repr=False)


def sample_history(last_day: date, seed: int = SAMPLE_SEED, months: int = 18) -> SampleHistory:
    """The simulated runner's history of the months that end on `last_day`, nothing written."""
    days = season(_months_before(last_day, months) + timedelta(days=1), last_day)
    recordings = tuple(
        recording(planned, seed, number) for number, planned in enumerate(training_plan(days, seed))
    )
    return SampleHistory(days.first_day, days.last_day, recordings, diary(days, recordings, seed))


def sample_files(history: SampleHistory) -> Iterator[tuple[str, bytes]]:
    """Each file as (path under data/raw, bytes); odd ones are named after what is odd."""
    watch = [recorded for recorded in history.recordings if recorded.planned.device != "phone"]
    zipped, truncated, twice = (
        _chosen(watch, "tempo", 0.4),
        _chosen(watch, "easy", 0.55),
        _chosen(watch, "long", 0.7),
    )
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
    return written.scores.rename({"rated_at": "timestamp"}).write_csv(
        datetime_format="%Y-%m-%dT%H:%M:%S"
    )


def _chosen(recordings: Sequence[Recording], effort: str, share: float) -> Recording | None:
    """The recording of that effort at that share of the history, None when the history has none."""
    candidates = [
        recorded
        for recorded in recordings
        if recorded.planned.effort == effort and recorded.planned.sub_sport == "generic"
    ]
    return candidates[int(share * len(candidates))] if candidates else None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
