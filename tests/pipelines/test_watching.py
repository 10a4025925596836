"""While the schedule is up, a file in a source is in the warehouse soon, a fetch runs before each
night as a flow of its own, and a reminder goes out.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.arrivals.vendor_server import KEY, Vendor, vendor_server
from tests.builders import START, home_at, run_fit
from tests.pipelines.schedules import descendants, is_running, started_schedule, within
from tightlog.arrivals.fetch_notes import fetch_notes
from tightlog.home.arriving.keys import keep
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
# The promise is five minutes; a busy machine may take a while to start Prefect.
IN_WAREHOUSE_WITHIN_S = 300
GONE_WITHIN_S = 60


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with vendor_server() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, vendor: Vendor, with_history: Callable[[Home], Home]) -> Home:
    (tmp_path / "phone").mkdir()
    (tmp_path / "phone" / "first.fit").write_bytes(run_fit())
    home = with_history(home_at(tmp_path / "home"))
    home.settings_file.write_text(
        f'time_zone = "UTC"\nsources = ["{tmp_path}/phone"]\n'
        '[nightly]\ncron = "0 0 1 1 *"\nwatch_every_s = 2\n'
        f'[[fetch]]\nfrom = "intervals.icu"\naddress = "{vendor.address}"\n'
        '[[fetch]]\nname = "broken"\ncommand = ["no-such-tool"]\n'
        f'[remind]\nat = "00:00"\nto = ["hook"]\n'
    )
    keep(home, "intervals_icu", {"key": KEY})
    keep(home, "remind", {"hook": f"{vendor.address.replace('http', 'json')}/v3/users"})
    refresh(home, settings_of(home))
    return home


def run_count(home: Home) -> int:
    return store.relation(store.published_version(home), "activity").height


def test_a_file_that_arrives_is_soon_in_the_warehouse_and_ctrl_c_ends_every_process(
    home: Home, vendor: Vendor, tmp_path: Path, schedules: list[subprocess.Popen[bytes]]
) -> None:
    process, _, output = started_schedule(home, schedules)
    # Written in two halves, as a slow sync does.
    data, place = run_fit(START + timedelta(days=1)), tmp_path / "phone" / "second.fit"
    place.write_bytes(data[: len(data) // 2])
    time.sleep(1)
    place.write_bytes(data)
    begun_s = time.monotonic()
    assert within(IN_WAREHOUSE_WITHIN_S, lambda: run_count(home) == 2), output.read_text()
    took_s = time.monotonic() - begun_s
    print(f"in the warehouse after {took_s:.0f} s")
    assert "second.fit): one run starts now" in output.read_text()
    assert not vendor.asked_for("activities"), "others are asked at night only"
    assert within(60, lambda: vendor.asked_for("/v3/users")), "the reminder reached the webhook"
    family = [process.pid, *descendants(process.pid)]
    os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C sends
    assert process.wait(GONE_WITHIN_S) == 0, output.read_text()
    assert within(GONE_WITHIN_S, lambda: not any(map(is_running, family))), output.read_text()
    assert "Traceback" not in output.read_text(), output.read_text()


def test_a_night_asks_each_as_a_flow_of_its_own_and_a_failure_is_not_fatal(
    home: Home, vendor: Vendor
) -> None:
    began = datetime.now(UTC) - timedelta(days=5)
    vendor.activities = [
        {"id": "i1", "start_date_local": f"{began:%Y-%m-%dT%H:%M:%S}", "source": "GARMIN_CONNECT"}
    ]
    vendor.files = {"i1": run_fit(began)}
    ran = subprocess.run(
        [*tightlog(home), "schedule", "--once", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["activities"] == 2
    notes = fetch_notes(home)
    assert notes["intervals_icu"].words == "1 new file"
    assert not notes["broken"].is_done
    kept = [file for file in home.prefect.rglob("*") if file.is_file()]
    assert kept and not any(KEY.encode() in file.read_bytes() for file in kept)
    assert KEY not in ran.stdout + ran.stderr
    assert "Error logging" not in ran.stderr, ran.stderr


def tightlog(home: Home) -> list[str]:
    import sys

    return [sys.executable, "-m", "tightlog.cli.main", "--home", str(home.folder)]
