"""Every column of the day frame but `day`, in its order; each is defined in the module that computes it."""

from dataclasses import fields

import polars as pl

from tightlog.features import coverage, cross_training, form, load, mileage, recovery, shoes, tightness, warm_up
from tightlog.features.feature import Feature

FEATURES: tuple[Feature, ...] = (
    *coverage.FEATURES,
    *tightness.FEATURES,
    *mileage.FEATURES,
    *recovery.FEATURES,
    *form.FEATURES,
    *load.FEATURES,
    *cross_training.FEATURES,
    *warm_up.FEATURES,
    *shoes.FEATURES,
)
COLUMNS = tuple(field.name for field in fields(Feature) if field.name != "dtype")


def feature_frame() -> pl.DataFrame:
    """One row per feature: feature, unit, family, definition, source."""
    return pl.DataFrame([{name: getattr(feature, name) for name in COLUMNS} for feature in FEATURES], schema=dict.fromkeys(COLUMNS, pl.String))
