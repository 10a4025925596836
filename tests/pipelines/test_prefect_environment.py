"""The Prefect tightlog runs is its own, and there is one of it per home."""

import stat
import subprocess
import sys

import pytest

from pipelines.environment import own_environment, prefect_folder, server_environment
from pipelines.lock import ScheduleRunning, prefect_lock
from tests.builders import home_at

ADDRESS = "http://127.0.0.1:4217/api"


@pytest.fixture
def folder(tmp_path):
    return prefect_folder(home_at(tmp_path))


def test_a_server_the_shell_names_is_not_used(folder):
    environment = own_environment(folder, {"PREFECT_API_URL": "https://example.org/api", "PREFECT_API_KEY": "key", "LANG": "C"})
    assert "PREFECT_API_URL" not in environment
    assert "PREFECT_API_KEY" not in environment
    assert environment["LANG"] == "C"
    assert environment["PREFECT_HOME"] == str(folder)


def test_no_statistics_are_sent(folder):
    environment = own_environment(folder, {})
    assert (environment["PREFECT_SERVER_ANALYTICS_ENABLED"], environment["DO_NOT_TRACK"]) == ("false", "1")


def test_a_proxy_is_not_asked_for_this_machine_and_the_users_exceptions_stay(folder):
    environment = own_environment(folder, {"HTTP_PROXY": "http://proxy.example:3128", "no_proxy": "intranet.example"})
    assert environment["NO_PROXY"] == environment["no_proxy"] == "127.0.0.1,intranet.example"


def test_the_password_stays_the_same_and_only_its_owner_reads_it(folder):
    first, second = own_environment(folder, {}), own_environment(folder, {})
    assert first["PREFECT_SERVER_API_AUTH_STRING"] == second["PREFECT_API_AUTH_STRING"]
    assert len(first["PREFECT_API_AUTH_STRING"]) > 20
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600


def test_pages_of_other_sites_may_not_call_the_server():
    assert server_environment(ADDRESS)["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4217"


def test_a_second_schedule_is_refused_and_told_where_the_first_is(folder):
    with prefect_lock(folder) as write_address:
        write_address(ADDRESS)
        with pytest.raises(ScheduleRunning, match="runs already") as refused, prefect_lock(folder):
            pass
    assert refused.value.api_url == ADDRESS
    assert ADDRESS.removesuffix("/api") in str(refused.value)


def test_a_schedule_that_was_killed_holds_no_lock(folder):
    holder = (f"from pathlib import Path; from pipelines.lock import prefect_lock; import sys, time\n"
              f"with prefect_lock(Path({str(folder)!r})) as write: write({ADDRESS!r}); print('held', flush=True); time.sleep(60)")
    process = subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(ScheduleRunning), prefect_lock(folder):
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    with prefect_lock(folder):
        assert (folder / "lock").read_text() == ""
