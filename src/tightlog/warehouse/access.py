"""How the published warehouse is found and opened: what needs neither DuckDB nor frames to know."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tightlog.errors import NoWarehouse

if TYPE_CHECKING:  # `tightlog sql` leaves the settings alone
    from tightlog.home.settings import Home

# One configuration for all: a second connection with another one fails in the same process.
# What may be read besides is taken away once it is open, see read_only.
READ_ONLY_CONFIG: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


def linked_version(home: "Home") -> Path:
    """Path of the version the link points to now, whichever tightlog made it.

    Raises NoWarehouse when nothing was published.
    """
    if not home.database.exists():
        sample = home.sample
        raise NoWarehouse(home.folder, sample.folder if sample.database.exists() else None)
    return home.database.resolve()


def segment_folder(version: Path) -> Path:
    """Where the segments lie that a version, or a draft, names."""
    return version.parents[1] / "segments"
