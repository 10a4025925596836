"""Every column of the day frame but `day`, in its order; each is defined in the module that
computes it.
"""

from collections.abc import Sequence

import polars as pl

from tightlog.features import (
    context,
    coverage,
    cross_training,
    daily_load,
    form,
    load_balance,
    mileage,
    nights,
    recovery,
    shoes,
    tightness,
    warm_up,
)
from tightlog.features.feature import Feature

# The features of every home; a diary with context adds its own, see features_of.
FEATURES: tuple[Feature, ...] = (
    *coverage.FEATURES,
    *tightness.FEATURES,
    *mileage.FEATURES,
    *recovery.FEATURES,
    *form.FEATURES,
    *daily_load.FEATURES,
    *load_balance.FEATURES,
    *cross_training.FEATURES,
    *warm_up.FEATURES,
    *shoes.FEATURES,
    *nights.FEATURES,
    *context.FEATURES,
)
# The columns of the relation `feature`.
COLUMNS = ("feature", "unit", "family", "definition", "source")


def features_of(context_rows: pl.DataFrame) -> tuple[Feature, ...]:
    """The features of a home whose diary holds this context (rows of the relation `context`):
    the fixed ones, then the diary's.
    """
    return (
        *(feature for feature in FEATURES if feature.family != "context"),
        *context.features_of(context_rows),
    )


def feature_frame(features: Sequence[Feature] = FEATURES) -> pl.DataFrame:
    """One row per feature: feature, unit, family, definition, source."""
    return pl.DataFrame(
        [{name: getattr(feature, name) for name in COLUMNS} for feature in features],
        schema=dict.fromkeys(COLUMNS, pl.String),
    )
