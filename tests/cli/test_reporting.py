"""What `tightlog report` promises: the file for the days asked for, and a reason where there can
be none.
"""

import json
from pathlib import Path

import pytest

from tightlog.cli.main import main
from tightlog.home.settings import Home


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_report_of_the_days_given_is_written(
    four_months: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "physio.html"
    code, out, _ = run(
        capsys,
        "--home",
        four_months.folder,
        "report",
        target,
        "--from",
        "2026-04-01",
        "--to",
        "2026-04-30",
        "--name",
        "Ada <Runner>",
        "--json",
    )
    said = json.loads(out)
    assert (code, said["file"], said["from"], said["to"]) == (
        0,
        str(target),
        "2026-04-01",
        "2026-04-30",
    )
    page = target.read_text(encoding="utf-8")
    assert "1 April 2026 to 30 April 2026</strong> (30 days)" in page
    assert f"{said['scored_days']} of 30 days" in page
    assert "Runner: Ada &lt;Runner&gt;" in page
    assert "Notes of the runner" not in page


def test_days_and_notes_left_out_have_a_default(
    four_months: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "physio.html"
    assert run(capsys, "--home", four_months.folder, "report", target, "--notes")[0] == 0
    page = target.read_text(encoding="utf-8")
    assert "9 February 2026 to 10 May 2026</strong> (91 days)" in page
    assert "Notes of the runner" in page
    run(capsys, "--home", four_months.folder, "report", target, "--to", "2026-04-30")
    assert "30 January 2026 to 30 April 2026</strong> (91 days)" in target.read_text(
        encoding="utf-8"
    )


def test_nothing_to_report_is_said_and_nothing_is_written(
    four_months: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "physio.html"
    for arguments, reason in (
        (("--from", "2026-04-30", "--to", "2026-04-01"), "no day"),
        (("--from", "soon"), "cannot read 'soon'"),
    ):
        code, _, err = run(capsys, "--home", four_months.folder, "report", target, *arguments)
        assert code == 1
        assert reason in err
    run(capsys, "--home", tmp_path / "empty", "refresh")
    assert "nothing to report" in run(capsys, "--home", tmp_path / "empty", "report", target)[2]
    assert not target.exists()
