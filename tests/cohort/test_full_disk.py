"""A disk that is full where a home is refreshed or its part of the lake is written: that home is
told, what was shared of it before stands, and the next refresh writes it.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cohort.conftest import MakeHome, agree, joined
from tests.cohort.test_lake import counts, done
from tests.conftest import SAMPLE_LAST_DAY
from tightlog.cohort.cohort_file import Cohort
from tightlog.cohort.outcomes import State

# In a process of its own, whose files can grow no further.
WORK = """
import resource, sys
from datetime import date
from pathlib import Path
from tightlog.cohort.cohort_file import read_cohort
from tightlog.cohort.members import members
from tightlog.cohort.one_home import home_outcome

cohort = read_cohort(Path(sys.argv[1]))
for one in members(cohort):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
    try:
        print(home_outcome(cohort, one, "full", date.fromisoformat(sys.argv[3])).state)
    except OSError as problem:
        print(problem.strerror)
"""


def worked(cohort: Cohort, most_bytes: int) -> list[str]:
    command = [sys.executable, "-c", WORK, str(cohort.folder), str(most_bytes)]
    found = subprocess.run(
        [*command, SAMPLE_LAST_DAY.isoformat()], check=True, capture_output=True, text=True
    )
    return found.stdout.splitlines()


@pytest.mark.parametrize("refresh", [False, True])
def test_on_a_full_disk_a_home_is_told_and_its_rows_stand(
    team: Cohort, shared_home: MakeHome, refresh: bool
) -> None:
    home = shared_home("one", ("status", "days"), refresh=refresh)
    cohort = joined(team, home)
    done(cohort, "1")
    days = counts(cohort, "day")
    version = home.database.readlink()
    (home.raw / "new.csv").write_text("date,score\n2026-05-08,3\n")
    agree(home, ("status", "days", "records"), refresh=refresh)
    assert worked(cohort, 8_000) == [State.FAILED]
    assert home.database.readlink() == version
    kept = json.loads((cohort.outcomes / "runner-01.json").read_text())
    assert kept["parts"] == ["status", "days"]
    assert str(home.folder) not in kept["reason"]
    assert not list(cohort.folder.rglob("*unfinished*"))
    outcomes, _ = done(cohort, "2")
    assert outcomes[0].state is State.DONE
    assert counts(cohort, "day") == days and set(counts(cohort, "record")) == {"runner-01"}


def test_where_not_even_an_outcome_fits_the_last_one_stands(
    team: Cohort, shared_home: MakeHome, tmp_path: Path
) -> None:
    cohort = joined(team, shared_home("one", ("status",)))
    done(cohort, "1")
    before = (cohort.outcomes / "runner-01.json").read_bytes()
    assert worked(cohort, 10) == ["File too large"]
    assert (cohort.outcomes / "runner-01.json").read_bytes() == before
    assert len(list(cohort.outcomes.iterdir())) == 1
