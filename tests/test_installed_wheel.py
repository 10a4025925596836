"""What is built works where it is installed: far from any checkout, with everything in it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tightlog.home.settings import Home

ROOT = Path(__file__).resolve().parents[1]
UP_WITHIN_S = 60

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the unpacked source distribution, as an index would build it."""
    folder = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run([*build, "-t", "sdist"], cwd=ROOT, check=True, capture_output=True)
    (source,) = folder.glob("*.tar.gz")
    with tarfile.open(source) as packed:
        packed.extractall(folder, filter="data")
    subprocess.run(
        [*build, "-t", "wheel"],
        cwd=folder / source.name.removesuffix(".tar.gz"),
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@dataclass(frozen=True)
class Installed:
    """The installed command, the folder it runs in, its environment and its Python."""

    folder: Path
    environment: dict[str, str]
    python: Path

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.python.with_name("tightlog")), *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=self.environment,
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Runs the installed command: a new environment that has the wheel, and everything it needs
    from the one of these tests.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True
    )
    python = folder / "venv" / "bin" / "python"
    installer = (
        ["uv", "pip", "install", "--python"]
        if shutil.which("uv")
        else [sys.executable, "-m", "pip", "--python"]
    )
    words = [str(python)] if shutil.which("uv") else [str(python), "install"]
    subprocess.run(
        [*installer, *words, "--quiet", "--no-deps", "--no-index", str(wheel)], check=True
    )
    packages = next((folder / "venv" / "lib").glob("python*/site-packages"))
    # A plain path in a .pth is searched after the environment's own packages, and no .pth in it
    # (that of this checkout) is followed.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "VIRTUAL_ENV")
    }
    environment |= {"TIGHTLOG_HOME": str(folder / "home"), "OPENBLAS_NUM_THREADS": "1"}

    return Installed(folder, environment, python)


@pytest.fixture(scope="module")
def home(installed: Installed, with_history: Callable[[Home], Home]) -> Home:
    made = installed("sample", str(installed.folder / "home"), "--json")
    assert made.returncode == 0, made.stderr
    home = Home(Path(json.loads(made.stdout)["home"]))
    # Eighteen months are analysed elsewhere: here a few files will do.
    for file in sorted(file for file in home.raw.rglob("*") if file.is_file())[10:]:
        file.unlink()
    return with_history(home)


def test_wheel_holds_pages_flow_and_sql_and_nothing_of_the_checkout(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "tightlog/patterns/rules/r02_session_spike.py" in names
    assert not [name for name in names if name.endswith((".cases.toml", ".po"))]
    assert {
        "tightlog/bundled/dashboards/streamlit_app.py",
        "tightlog/bundled/pipelines/nightly.py",
        "tightlog/warehouse/sql/relation/activity.sql",
        "tightlog/domain/interventions/interventions.toml",
        "tightlog/language/de/tightlog.mo",
        "tightlog/domain/interventions/poses.toml",
        "tightlog/domain/interventions/doses.toml",
        *(f"tightlog/bundled/dashboards/routine/guide.{kind}" for kind in ("html", "css", "js")),
        "tightlog/py.typed",
    } <= set(names)
    templates = {
        f"{place}/{path.relative_to(ROOT / folder)}"
        for folder, place in (
            ("src/tightlog", "tightlog"),
            ("dashboards", "tightlog/bundled/dashboards"),
        )
        for path in (ROOT / folder).rglob("*.html.jinja")
    }
    assert templates and templates <= set(names)
    assert {name.partition("/")[0] for name in names} <= {
        "tightlog",
        *(name.partition("/")[0] for name in names if ".dist-info/" in name),
    }
    assert not [
        name for name in names if "/tests/" in name or name.endswith((".fit", ".gpx", ".duckdb"))
    ]


def test_installed_package_is_the_wheels(installed: Installed) -> None:
    found = subprocess.run(
        [str(installed.python), "-c", "import tightlog; print(tightlog.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=installed.folder,
        env=installed.environment,
    ).stdout
    assert found.startswith(str(installed.folder / "venv"))


def test_installed_command_reads_answers_and_finds_itself_whole(
    installed: Installed, home: Home
) -> None:
    done = installed("refresh", "--json")
    assert done.returncode == 0, done.stderr
    counted = installed("sql", "--json", "select count(*) as n from activity")
    assert json.loads(counted.stdout) == [{"n": json.loads(done.stdout)["activities"]}]
    checked = installed("doctor", "--json")
    assert checked.returncode == 0, checked.stdout
    assert "tightlog" in installed("schedule", "--print", "cron").stdout.splitlines()[-1]


def test_installed_nightly_run_completes(installed: Installed, home: Home) -> None:
    done = installed("schedule", "--once", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["warehouse"] == str(home.database)
    assert "the last nightly run was" in installed("doctor").stdout


def test_installed_report_is_written(installed: Installed, home: Home) -> None:
    assert installed("refresh", "--json").returncode == 0
    done = installed("report", "physio.html", "--name", "<b>Ada</b>")
    assert done.returncode == 0, done.stderr
    page = (installed.folder / "physio.html").read_text(encoding="utf-8")
    assert "Runner: &lt;b&gt;Ada&lt;/b&gt;" in page


def test_installed_dashboard_answers(installed: Installed, home: Home) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(installed.python.with_name("tightlog")),
        "dashboard",
        "--no-browser",
        "--port",
        str(port),
    ]
    with subprocess.Popen(
        command,
        cwd=installed.folder,
        env=installed.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            assert healthy(f"http://127.0.0.1:{port}/_stcore/health") == "ok"
        finally:
            process.terminate()


def healthy(address: str) -> str:
    give_up_at = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < give_up_at:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return str(answer.read(), "utf-8")
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return "no answer"
