"""The article's interventions as a frame, for the relation `intervention`."""

from types import MappingProxyType

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.domain.interventions.doses import Dose, starting_doses, starting_words

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
        "starting_dose": pl.String,
        "dose_origin": pl.String,
        "dose_source": pl.String,
        "dose_grade": pl.String,
        "dose_low_s": pl.Int64,
        "dose_high_s": pl.Int64,
        "dose_repetitions": pl.Int64,
        "dose_sets": pl.Int64,
        "is_dose_each_side": pl.Boolean,
        "dose_rest_s": pl.Int64,
        "dose_per_week": pl.Int64,
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
            *_dose(starting_doses()[item.intervention]),
        )
        for item in CATALOGUE
    ]
    return pl.DataFrame(rows, schema=dict(INTERVENTION_SCHEMA), orient="row")


def _dose(dose: Dose) -> tuple[object, ...]:
    return (
        starting_words(dose),
        dose.origin,
        dose.source,
        dose.grade,
        dose.low_s,
        dose.high_s,
        dose.repetitions,
        dose.sets,
        dose.is_each_side,
        dose.rest_s,
        dose.per_week,
    )
