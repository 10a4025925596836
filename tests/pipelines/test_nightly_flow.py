"""The flow on a real Prefect server gives what `refresh` gives, and a failed run leaves the old
version served.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import yaml
from polars.testing import assert_frame_equal

from pipelines.environment import leave_quietly, own_environment
from pipelines.server import running_server
from tests.builders import START, home_at, run_fit
from tightlog.errors import SettingsError
from tightlog.home.second_readings import second_readings
from tightlog.home.settings import DEFAULT_CRON, Home, Settings, settings_of
from tightlog.nightly.cron import cron, next_after
from tightlog.nightly.nights import nights
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.warehouse.publish import writer_lock

if TYPE_CHECKING:  # Each worker imports all test files, and Prefect takes a second.
    from prefect.client.schemas.objects import State
    from prefect.client.schemas.responses import DeploymentResponse

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
# What two homes with the same files may differ in: when they were read, and the file system's own
# numbers.
OF_THE_COPY = ("refreshed_at", "first_seen_at", "stat_fingerprint")
NOW = datetime.now(UTC)
SCORES = b"timestamp,score\n2026-05-05T07:00:00,3\n2026-05-06T07:00:00,5\n"


@pytest.fixture(scope="module", autouse=True)
def prefect_server(
    tmp_path_factory: pytest.TempPathFactory, with_history: Callable[[Home], Home]
) -> Iterator[None]:
    folder = with_history(home_at(tmp_path_factory.mktemp("prefect"))).prefect
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own_environment(folder, {}).items():
            patch.setenv(name, value)
        from prefect.settings import (
            PREFECT_API_URL,
            temporary_settings,
        )  # Prefect reads the environment while it is imported

        leave_quietly()
        with (
            running_server(folder) as server,
            temporary_settings({PREFECT_API_URL: server.api_url}),
        ):
            yield


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(
        tmp_path / "home",
        monday_fit=run_fit(),
        tuesday_fit=run_fit(START + timedelta(days=1), minutes=30),
        empty_fit=b"",
    )
    (home.raw / "scores.csv").write_bytes(SCORES)
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    return home


def nightly_state(home: Home) -> "State[Any]":
    from pipelines.nightly import nightly

    return nightly(str(home.folder), return_state=True)


def content(home: Home) -> dict[str, pl.DataFrame]:
    version = store.published_version(home)
    names = store.relation(version, "relation_guide")["relation"].unique().sort()
    return {name: store.relation(version, name).drop(OF_THE_COPY, strict=False) for name in names}


def test_the_flow_publishes_what_refresh_publishes_and_a_second_run_finds_nothing_new(
    home: Home, tmp_path: Path
) -> None:
    shutil.copytree(home.folder, tmp_path / "twin")
    twin = home_at(tmp_path / "twin")
    expected = refresh(twin, settings_of(twin))

    state = nightly_state(home)
    outcome = state.result()
    assert (outcome.files, outcome.activities, outcome.scores, outcome.days) == (
        expected.files,
        expected.activities,
        expected.scores,
        expected.days,
    )
    assert (
        outcome.files["read"],
        outcome.files["unreadable"],
        outcome.activities,
        outcome.scores,
    ) == (3, 1, 2, 2)
    by_flow, by_refresh = content(home), content(twin)
    assert by_flow.keys() == by_refresh.keys()
    for name, frame in by_flow.items():
        assert_frame_equal(frame, by_refresh[name])

    served = store.published_version(home)
    again = nightly_state(home).result()
    assert again.files["unchanged"] == 4
    assert sum(again.files.values()) == 4
    assert store.published_version(home) == served


def test_a_failing_stage_fails_the_run_with_its_reason_and_the_old_version_stays_served(
    home: Home,
) -> None:
    nightly_state(home)
    served, before = store.published_version(home), content(home)
    (home.raw / "wednesday.fit").write_bytes(run_fit(START + timedelta(days=2)))
    obstacle = home.warehouse / "tightlog.duckdb.new"
    (obstacle / "in-the-way").mkdir(parents=True)

    state = nightly_state(home)
    assert state.is_failed()
    assert "tightlog.duckdb.new" in str(state.message)
    assert store.published_version(home) == served
    for name, frame in content(home).items():
        assert_frame_equal(frame, before[name])

    shutil.rmtree(obstacle)
    cured = nightly_state(home).result()
    assert (cured.activities, cured.files["read"], cured.files["unchanged"]) == (3, 1, 4)


def test_a_busy_home_is_waited_for(home: Home) -> None:
    with ExitStack() as stack:
        stack.enter_context(writer_lock(home))
        threading.Timer(1, stack.pop_all().close).start()
        assert nightly_state(home).result().activities == 2


def test_a_run_that_hangs_is_ended_and_noted(home: Home) -> None:
    from pipelines.nightly import nightly

    refresh(home, settings_of(home))
    served = store.published_version(home)
    with writer_lock(home):
        state = nightly.with_options(timeout_seconds=1)(str(home.folder), return_state=True)
    assert state.is_failed() and state.name == "TimedOut"
    assert store.published_version(home) == served
    assert not nights(home).is_done and "1.0 second" in nights(home).words
    assert nightly.timeout_seconds == 6 * 3600


def test_a_home_whose_disk_is_gone_fails_instead_of_becoming_empty(home: Home) -> None:
    nightly_state(home)
    served = store.published_version(home)
    home.raw.rename(home.folder / "elsewhere")
    state = nightly_state(home)
    assert state.is_failed()
    assert "data/raw" in str(state.message)
    assert store.published_version(home) == served
    assert not home.raw.exists()
    home.raw.mkdir()
    state = nightly_state(home)
    assert state.is_failed()
    assert "connect the disk" in nights(home).words
    assert store.published_version(home) == served


def test_a_night_is_missed_when_nothing_was_published_for_more_than_a_day(home: Home) -> None:
    from pipelines.serving import is_night_missed

    assert is_night_missed(home, datetime.now(UTC))
    refresh(home, settings_of(home))
    assert not is_night_missed(home, datetime.now(UTC) + timedelta(hours=23))
    assert is_night_missed(home, datetime.now(UTC) + timedelta(hours=25))


def test_what_a_killed_schedule_left_open_is_closed_and_missed_nights_do_not_pile_up(
    home: Home,
) -> None:
    from prefect import get_client
    from prefect.states import Running

    from pipelines.nightly import nightly
    from pipelines.planned_runs import DEPLOYMENT, close_leftovers

    async def states_before_and_after() -> Any:
        async with get_client() as client:
            deployment = await nightly.ato_deployment(
                DEPLOYMENT, cron="30 3 * * *", parameters={"home": str(home.folder)}
            )
            deployment_id = await deployment.aapply()
            begun = await client.create_flow_run_from_deployment(deployment_id, state=Running())
            nights = await client.request(
                "POST",
                "/deployments/{id}/schedule",
                path_params={"id": deployment_id},
                json={
                    "start_time": (NOW - timedelta(days=5)).isoformat(),
                    "end_time": (NOW + timedelta(days=2)).isoformat(),
                    "min_runs": 7,
                },
            )
            assert nights.is_success
            before = await client.read_flow_runs()
            await close_leftovers(client, NOW)
            after = {run.id: run for run in await client.read_flow_runs()}
            return begun.id, [run for run in before if run.deployment_id == deployment_id], after

    begun_id, before, after = asyncio.run(states_before_and_after())
    missed = [
        run.id for run in before if run.auto_scheduled and run.next_scheduled_start_time < NOW
    ]
    to_come = [
        run.id for run in before if run.auto_scheduled and run.next_scheduled_start_time >= NOW
    ]
    assert (len(missed), len(to_come)) == (5, 2)
    assert not after.keys() & set(missed)
    assert after.keys() >= set(to_come)
    assert after[begun_id].state.is_crashed()


def test_a_cron_nobody_can_read_is_a_mistake_in_the_settings() -> None:
    from pipelines.serving import schedule_of

    assert schedule_of(Settings(time_zone="Europe/Zurich")).timezone == "Europe/Zurich"
    with pytest.raises(SettingsError, match="every night"):
        schedule_of(Settings(time_zone="Europe/Zurich", cron="every night"))


@pytest.mark.parametrize(
    "text", ["30 3 * * *", "*/7 1-5/2 * * 1,3", "0 3 15 * fri", "0 0 1 1 *", "59 23 * feb 0"]
)
def test_doctor_and_timers_read_a_cron_as_prefect_does(text: str) -> None:
    from prefect.server.schemas.schedules import CronSchedule

    start = datetime(2026, 5, 4, 12, 0, tzinfo=ZoneInfo("Europe/Zurich"))
    planned = asyncio.run(
        CronSchedule(cron=text, timezone="Europe/Zurich").get_dates(n=4, start=start)
    )
    ours = [next_after(start, cron(text))]
    while len(ours) < len(planned):
        ours.append(next_after(ours[-1], cron(text)))
    assert [moment.isoformat() for moment in ours] == [moment.isoformat() for moment in planned]


def test_prefect_yaml_deploys_the_flow_for_those_who_have_a_server(home: Home) -> None:
    from prefect import get_client
    from prefect.cli.deploy._models import PrefectYamlModel, RawScheduleConfig
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.settings import PREFECT_API_URL

    (written,) = PrefectYamlModel.model_validate(
        yaml.safe_load((ROOT / "prefect.yaml").read_text())
    ).deployments
    assert written.schedules
    planned = written.schedules[0]
    assert isinstance(planned, RawScheduleConfig) and planned.cron == DEFAULT_CRON
    environment = os.environ | {"PREFECT_API_URL": PREFECT_API_URL.value(), "PWD": str(ROOT)}
    for words in (
        ["work-pool", "create", "tightlog", "--type", "process"],
        [
            "--no-prompt",
            "deploy",
            "--name",
            "nightly",
            "--timezone",
            "Europe/Zurich",
            "--param",
            f"home={home.folder}",
        ],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    async def deployed() -> "DeploymentResponse":
        async with get_client() as client:
            return await client.read_deployment_by_name("nightly/nightly")

    deployment = asyncio.run(deployed())
    schedule = deployment.schedules[0].schedule
    assert isinstance(schedule, CronSchedule)
    assert (schedule.cron, schedule.timezone, deployment.parameters) == (
        DEFAULT_CRON,
        "Europe/Zurich",
        {"home": str(home.folder)},
    )
    assert deployment.work_pool_name == "tightlog"
    assert deployment.pull_steps == [
        {"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}
    ]


def test_the_flow_reads_a_few_files_a_second_time_and_the_next_night_joins_it(home: Home) -> None:
    nightly_state(home)
    assert home.second_readings_file.stat().st_mode & 0o777 == 0o600
    (home.raw / "wednesday.fit").write_bytes(run_fit(START + timedelta(days=2)))
    nightly_state(home)
    files = store.relation(store.published_version(home), "source_file")
    verified = dict(files.select("path", "verified_by").iter_rows())
    assert verified["monday.fit"] == verified["tuesday.fit"] == "fitparse 1.2.0"
    assert verified["wednesday.fit"] is None and verified["scores.csv"] is None
    assert len(second_readings(home)) == 3


def test_a_second_reading_that_fails_fails_no_night(home: Home) -> None:
    home.second_readings_file.mkdir(parents=True)
    state = nightly_state(home)
    assert state.is_completed() and state.result().activities == 2
    assert nights(home).is_done
