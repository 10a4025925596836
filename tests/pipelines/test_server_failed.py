"""Why Prefect's server did not come up is said in words a runner can act on."""

from pathlib import Path

import pytest

from pipelines.server import ServerFailed


@pytest.mark.parametrize(
    "said",
    ["sqlite3.OperationalError: database or disk is full", "OSError: No space left on device"],
)
def test_a_full_disk_is_named_without_a_traceback(said: str, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text(f"Traceback (most recent call last):\n  File x\n{said}\nServer stopped!\n")
    words = str(ServerFailed("ended at once with code 3", log))
    assert words.startswith(f"there is no room for Prefect's history in {tmp_path}")
    assert "Traceback" not in words and "\n" not in words


def test_any_other_end_shows_the_end_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("\n".join(f"line {number}" for number in range(40)))
    words = str(ServerFailed("ended at once with code 3", log))
    assert "code 3" in words
    assert "line 39" in words and "line 20" not in words
    assert "went away" in str(ServerFailed("went away", tmp_path / "gone" / "server.log"))
