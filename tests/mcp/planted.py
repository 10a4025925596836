"""A home with one of everything that is not shared, each recognisable wherever it appears."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from tests.conftest import SAMPLE_LAST_DAY
from tightlog.answers.actions import activities, entries
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.moment import Moment
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import log_trials, write_sample
from tightlog.warehouse import store

NOTE, NAME, SHOE, FOLDER, STRANGER = (
    f"vermilion-{what}" for what in ("note", "title", "shoe", "folder", "stranger")
)
RED_FLAG = "cancer_history"
TEXTS = (NOTE, NAME, SHOE, FOLDER, STRANGER, RED_FLAG)
# Of stress and of sleep, which only the diary has.
VALUES = frozenset({0.0625, 1.0625, 2.0625, 6.28125, 7.28125, 8.28125})
HIDDEN_COLUMNS = (
    "latitude_deg",
    "longitude_deg",
    "altitude_m",
    "note",
    "stop_note",
    "seed",
    "path",
    "member",
    "sha256",
    "device",
    "shoe",
)


def planted_home(folder: Path) -> Home:
    """Three months of the simulated runner below a folder with a name of its own, with a note, a
    title, a shoe, a diary of a private name and a warning sign that was cleared; as refreshed on
    the sample's last day.
    """
    summary = write_sample(folder / FOLDER, SAMPLE_LAST_DAY, months=3)
    home = home_folder(str(folder / FOLDER))
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    last = SAMPLE_LAST_DAY
    days = [last - timedelta(days=number) for number in range(1, 31)]
    noted = "\n".join(
        f"{day},{2 + number % 3},{number % 3}.0625,{6 + number % 3}.28125"
        for number, day in enumerate(days)
    )
    (home.raw / f"{FOLDER}.csv").write_text(
        f"day,tightness,stress,sleep (h)\n{noted}\n", encoding="utf-8"
    )
    log_trials(home, settings_of(home), summary)
    entries.give_score(home, 4, Moment(last - timedelta(days=9), None), note=NOTE)
    early = Moment(last - timedelta(days=40), None)
    entries.give_score(home, 6, early, red_flags=[RED_FLAG])
    entries.clear_red_flag(home, Moment(last - timedelta(days=38), None))
    refresh(home, settings_of(home), today=last)
    for (activity_id,) in store.query(
        store.published_version(home), "select activity_id from activity limit 5"
    ).iter_rows():
        activities.correct_activity(home, activity_id, {"name": NAME, "shoe": SHOE})
    refresh(home, settings_of(home), today=last)
    return home


@lru_cache
def hidden_numbers(version: Path) -> frozenset[float]:
    """Every latitude and longitude of a version, and what was noted of sleep and stress."""
    rows = store.query(
        version,
        "select distinct unnest([latitude_deg, longitude_deg]) from record "
        "where latitude_deg is not null",
    )
    return VALUES.union(rows.to_series().to_list())
