"""What the last refresh of a cohort stored: the rows commands and pages show."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from tightlog.cohort.cohort_file import Cohort
from tightlog.errors import CohortError
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.warehouse.lake.one_file import is_of_this_format


def stored(cohort: Cohort, relation: str) -> pl.DataFrame:
    """Rows of one relation of the lake's DuckDB file. Raises CohortError before a refresh, and
    where another tightlog made it.
    """
    database = database_of(cohort)
    if not is_of_this_format(database):
        raise CohortError(
            phrase(
                "another tightlog made the lake of {folder}; make it anew with: "
                "tightlog cohort --in {folder} refresh",
                folder=cohort.folder,
            )
        )
    return store.relation(database, relation)


def database_of(cohort: Cohort) -> Path:
    """The DuckDB file of the lake. Raises CohortError before the first refresh."""
    if not cohort.database.is_file():
        raise CohortError(
            phrase(
                "nothing is in the lake of {folder} yet; fill it with: "
                "tightlog cohort --in {folder} refresh",
                folder=cohort.folder,
            )
        )
    return cohort.database


def refreshed_at(cohort: Cohort) -> datetime:
    """UTC instant of the last refresh. Raises CohortError before the first."""
    return datetime.fromtimestamp(database_of(cohort).stat().st_mtime, UTC)
