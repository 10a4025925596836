"""Rows of activities in order: sorting a long history takes longer than what is made of it, so rows
that lie in order already stay as they are.
"""

import polars as pl


def in_order(rows: pl.DataFrame, value: str) -> pl.DataFrame:
    """The rows (activity_id and a value) by activity, then by the value."""
    activity, values = rows["activity_id"], rows[value]
    after, before = activity.slice(1), activity.head(-1)
    is_next = (after == before) & (values.slice(1) >= values.head(-1))
    return rows if ((after > before) | is_next).all() else rows.sort("activity_id", value)


def downwards(rows: pl.DataFrame, value: str) -> pl.DataFrame:
    """The rows of each activity from its highest value to its lowest; the activities in any
    order.
    """
    activity, values = rows["activity_id"], rows[value]
    is_same = activity.slice(1) == activity.head(-1)
    is_upwards = (~is_same | (values.slice(1) > values.head(-1))).all()
    is_together = rows.height - is_same.sum() == activity.n_unique()
    if is_upwards and is_together:
        return rows.reverse()
    return rows.sort("activity_id", value, descending=[False, True])
