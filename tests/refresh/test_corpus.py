"""Real files of real people: every one accounted for, no cadence halved or doubled. Skips where
the corpus is not at hand.
"""

import shutil
from pathlib import Path

import pytest

from tests.builders import SETTINGS, home_at, rows
from tests.corpus import CORPUS
from tightlog.domain.file_status import FileStatus
from tightlog.home.settings import Home
from tightlog.refresh.refresh import RefreshSummary, refresh

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CORPUS.is_dir(), reason="the corpus of real files is not on this machine"
    ),
]


def refreshed(folder: Path, *parts: Path) -> tuple[Home, RefreshSummary]:
    home = home_at(folder)
    for part in parts:
        target = home.raw / part.name
        if part.is_dir():
            shutil.copytree(part, target)
        else:
            shutil.copyfile(part, target)
    return home, refresh(home, SETTINGS)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, RefreshSummary]:
    return refreshed(tmp_path_factory.mktemp("corpus"), *sorted(CORPUS.iterdir()))


def test_every_file_is_accounted_for_and_unchanged_the_second_time(
    whole: tuple[Home, RefreshSummary],
) -> None:
    home, outcome = whole
    seen = {str(path.relative_to(home.raw)) for path in home.raw.rglob("*") if path.is_file()}
    told = rows(home, "select path, member from source_file")
    assert {row["path"] for row in told} == seen
    assert len({row["path"] for row in told if row["member"] is None}) == len(seen)
    assert sum(outcome.files.values()) == len(told) == len({tuple(row.values()) for row in told})
    assert refresh(home, SETTINGS).files == dict.fromkeys(outcome.files, 0) | {
        "unchanged": len(told)
    }


def test_what_was_not_read_as_a_whole_says_why(whole: tuple[Home, RefreshSummary]) -> None:
    home, _ = whole
    assert (
        rows(
            home,
            "select path from source_file where status <> 'read' and coalesce(reason, '') = ''",
        )
        == []
    )
    assert rows(home, "select path from source_file where reason like '%tightlog failed%'") == []


def test_no_activity_is_lost_or_counted_twice(whole: tuple[Home, RefreshSummary]) -> None:
    home, outcome = whole
    counts = rows(
        home,
        """
        select
            (select sum(activity_count) from ingest.content) as sessions,
            (select count(*) from ingest.activity) as stored,
            (select count(*) from activity) as kept,
            (select count(*) from duplicate_activity) as aside""",
    )[0]
    assert counts["sessions"] == counts["stored"] == counts["kept"] + counts["aside"]
    assert outcome.activities == counts["kept"]
    assert rows(
        home,
        (
            "select count(*) as n from duplicate_activity where kept_activity_id not in (select "
            "activity_id from activity)"
        ),
    ) == [{"n": 0}]


def test_monitoring_files_hold_no_activity_silently(whole: tuple[Home, RefreshSummary]) -> None:
    home, _ = whole
    files = rows(
        home, "select status, activity_count from source_file where path like '%monitoring/%'"
    )
    # Read for their nights and days.
    silent = (FileStatus.READ, FileStatus.NO_ACTIVITY, FileStatus.DUPLICATE)
    assert {row["status"] for row in files} <= {status.value for status in silent}
    assert sum(row["activity_count"] for row in files) == 0


def test_all_coros_files_are_read_and_their_runs_have_a_runner_s_cadence(tmp_path: Path) -> None:
    home, outcome = refreshed(tmp_path, CORPUS / "qian-coros" / "FIT_OUT")
    assert outcome.files["read"] == 238
    runs = rows(
        home, "select cadence_spm from activity where sport = 'running' and distance_m >= 1000"
    )
    assert len(runs) > 150
    assert all(140 <= run["cadence_spm"] <= 210 for run in runs)


def test_the_gpx_and_the_fit_of_one_activity_agree_on_cadence(tmp_path: Path) -> None:
    pairs = sorted((CORPUS / "zoo" / "pairs").iterdir())
    cadence = {}
    for suffix in (".fit", ".gpx"):
        home, _ = refreshed(
            tmp_path / suffix[1:], *(path for path in pairs if path.suffix == suffix)
        )
        found = rows(
            home,
            (
                "select f.path, a.cadence_spm, a.sport from activity as a inner join source_file "
                "as f using (sha256)"
            ),
        )
        cadence[suffix] = {Path(row["path"]).stem: row["cadence_spm"] for row in found}
    both = [
        name
        for name in cadence[".fit"]
        if cadence[".fit"][name] is not None and cadence[".gpx"].get(name) is not None
    ]
    assert len(both) >= 3
    assert all(abs(cadence[".fit"][name] - cadence[".gpx"][name]) <= 1 for name in both)
