"""The Prefect tightlog runs is its own, and there is one of it per home."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.environment import own_environment, password, prefect_folder, server_environment
from pipelines.lock import ScheduleRunning, prefect_lock
from tests.builders import home_at
from tightlog.errors import HomeError
from tightlog.home.settings import Home

ADDRESS = "http://127.0.0.1:4217/api"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_at(tmp_path)


@pytest.fixture
def folder(home: Home) -> Path:
    return prefect_folder(home)


def test_a_server_the_shell_names_is_not_used(folder: Path) -> None:
    environment = own_environment(
        folder,
        {"PREFECT_API_URL": "https://example.org/api", "PREFECT_API_KEY": "key", "LANG": "C"},
    )
    assert "PREFECT_API_URL" not in environment
    assert "PREFECT_API_KEY" not in environment
    assert environment["LANG"] == "C"
    assert environment["PREFECT_HOME"] == str(folder)


def test_no_statistics_are_sent(folder: Path) -> None:
    environment = own_environment(folder, {})
    assert (environment["PREFECT_SERVER_ANALYTICS_ENABLED"], environment["DO_NOT_TRACK"]) == (
        "false",
        "1",
    )


def test_a_proxy_is_not_asked_for_this_machine_and_the_users_exceptions_stay(folder: Path) -> None:
    environment = own_environment(
        folder, {"HTTP_PROXY": "http://proxy.example:3128", "no_proxy": "intranet.example"}
    )
    assert environment["NO_PROXY"] == environment["no_proxy"] == "127.0.0.1,intranet.example"


def test_the_password_stays_the_same_and_only_its_owner_reads_it(folder: Path) -> None:
    first, second = own_environment(folder, {}), own_environment(folder, {})
    assert first["PREFECT_SERVER_API_AUTH_STRING"] == second["PREFECT_API_AUTH_STRING"]
    assert len(first["PREFECT_API_AUTH_STRING"]) > 20
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600


def test_pages_of_other_sites_may_not_call_the_server() -> None:
    assert (
        server_environment(ADDRESS)["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"]
        == "http://127.0.0.1:4217"
    )


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"tightlog:", b"tightlog:short", b"x" * 40]
)
def test_a_password_that_was_not_written_here_is_drawn_anew(folder: Path, content: bytes) -> None:
    (folder / "password").write_bytes(content)
    drawn = password(folder)
    assert len(drawn) > 20 and drawn.startswith("tightlog:") and password(folder) == drawn


def test_a_second_schedule_is_refused_and_told_where_the_first_is(home: Home) -> None:
    with prefect_lock(home) as write_address:
        write_address(ADDRESS)
        with pytest.raises(ScheduleRunning, match="runs already") as refused, prefect_lock(home):
            pass
    assert refused.value.api_url == ADDRESS
    assert ADDRESS.removesuffix("/api") in str(refused.value)


def test_a_lock_that_is_a_folder_gives_a_sentence(home: Home) -> None:
    (home.warehouse / ".schedule.lock").mkdir()
    with pytest.raises(HomeError, match="move it away"), prefect_lock(home):
        pass


def test_the_lock_outlives_the_history_it_guards(home: Home) -> None:
    with prefect_lock(home):
        shutil.rmtree(prefect_folder(home))
        with pytest.raises(ScheduleRunning), prefect_lock(home):
            pass


def test_a_schedule_that_was_killed_holds_no_lock(home: Home) -> None:
    holder = (
        "from pathlib import Path; from pipelines.lock import prefect_lock; from "
        "tightlog.home.settings import Home; import time\n"
        f"with prefect_lock(Home(Path({str(home.folder)!r}))) as write: write({ADDRESS!r}); "
        "print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(ScheduleRunning), prefect_lock(home):
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    with prefect_lock(home):
        assert (home.warehouse / ".schedule.lock").read_text() == ""


def test_no_statistics_are_sent_from_the_moment_prefect_is_imported(home: Home) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom pipelines.deployment import "
        "prefect_folder, use_own_environment\n"
        "from tightlog.home.settings import Home\nassert 'prefect' not in sys.modules\n"
        "use_own_environment(prefect_folder(Home(Path(sys.argv[1]))))\n"
        "import prefect.settings\nassert not "
        "prefect.settings.get_current_settings().server.analytics_enabled\n"
        "assert os.environ['DO_NOT_TRACK'] == '1'"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home.folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
