"""tightlog shows what goes with a runner's lower-back tightness, from the files a watch wrote.

import tightlog

home = tightlog.open("~/tightlog")
home.days().select("day", "tightness_score", "run_distance_m")
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tightlog.api.opened import OpenHome

__version__ = "0.1.0"


def open(home: str | os.PathLike[str] | None = None) -> "OpenHome":
    """A home to read from, as the last refresh published it; its methods give Polars frames.

    Without `home` it is TIGHTLOG_HOME, else the current folder where it is a home, else ~/tightlog.
    Nothing is made or changed. Raises NoWarehouse where nothing was read yet, WarehouseOutdated and
    WarehouseAhead where another tightlog made it.
    """
    # Imported here: the commands need none of it.
    from tightlog.api.opened import open_home

    return open_home(home)
