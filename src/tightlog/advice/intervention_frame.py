"""The article's interventions as a frame, for the relation `intervention`."""

from types import MappingProxyType

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.domain.interventions.catalogue import CATALOGUE

INTERVENTION_SCHEMA: Columns = MappingProxyType(
    {
        "intervention": pl.String,
        "title": pl.String,
        "category": pl.String,
        "how_to": pl.String,
        "dose": pl.String,
        "caution": pl.String,
        "evidence_note": pl.String,
        "alias": pl.List(pl.String),
    }
)


def catalogue_frame() -> pl.DataFrame:
    """Rows of `intervention`, in the article's order."""
    rows = [
        (
            item.intervention,
            item.title,
            item.category,
            item.how_to,
            item.dose,
            item.caution,
            item.evidence_note,
            list(item.alias),
        )
        for item in CATALOGUE
    ]
    return pl.DataFrame(rows, schema=dict(INTERVENTION_SCHEMA), orient="row")
