"""How many versions of a warehouse are kept."""

from pathlib import Path

from tests.builders import home_at
from tests.warehouse.test_publish import publish_number


def test_three_versions_are_kept(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    for number in range(6):
        publish_number(home, number)
    kept = list((home.warehouse / "versions").glob("*.duckdb"))
    assert len(kept) == 3
