"""Where the axis of a chart ends: one strange year does not flatten all others."""

import polars as pl

# Beyond this many middle halves over the middle half nothing is usual; and what is not half as high
# again as the limit does not need one.
FAR_OUT, WORTH_A_LIMIT = 4.0, 1.5


def axis_limit(amounts: pl.Series) -> float | None:
    """Where the axis ends although a few amounts lie beyond, so that one strange year does not
    flatten all others; None where all amounts have room.
    """
    known = amounts.drop_nulls().filter(amounts.drop_nulls() > 0)
    if known.len() < 8:
        return None
    low, high = (float(known.quantile(share) or 0) for share in (0.25, 0.75))
    limit = high + FAR_OUT * max(high - low, high / 4)
    highest = max(known.to_list())
    return limit if highest > WORTH_A_LIMIT * limit else None
