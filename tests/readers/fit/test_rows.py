"""Sessions and laps, read row by row, hold what the columns of the same messages hold."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tightlog.domain.channels import FitField
from tightlog.readers.fit.envelope import envelopes
from tightlog.readers.fit.messages import Table, first_row, rows_of, tables
from tightlog.readers.fit.records import credited, quantity
from tightlog.simulation.files.fit_file import BASE_TYPES, FitMessage, fit_file

LAP = 19
NUMERIC = {name: entry for name, entry in BASE_TYPES.items() if entry[1][0] in "iuf"}
FIELDS = {
    "heart_rate_bpm": (FitField(1), FitField(2)),
    "altitude_m": (FitField(3, 5.0, 500.0), FitField(2, 5.0, 500.0)),
    "elapsed_s": (FitField(4, 1000.0),),
    "trigger": (FitField(9),),
}


def laps_of(data: bytes) -> Table:
    (envelope,) = envelopes(data)
    return tables(data, envelope, (LAP,))[0][LAP]


@st.composite
def messages(draw: st.DrawFn) -> FitMessage:
    height = draw(st.integers(1, 4))
    fields = {}
    for number in draw(st.sets(st.integers(1, 5), min_size=1, max_size=5)):
        name = draw(st.sampled_from(sorted(NUMERIC)))
        if NUMERIC[name][1][0] == "f":
            value = st.none() | st.floats(width=32)
        else:
            limits = np.iinfo(NUMERIC[name][1])
            value = st.none() | st.integers(int(limits.min), int(limits.max))
        fields[number] = (name, draw(st.lists(value, min_size=height, max_size=height)))
    return FitMessage(draw(st.sampled_from([LAP, 21])), fields, is_big_endian=draw(st.booleans()))


@settings(deadline=None, max_examples=200)
@given(st.lists(messages(), min_size=1, max_size=5))
def test_a_row_holds_what_the_columns_hold(written: list[FitMessage]) -> None:
    table = laps_of(fit_file(written))
    rows = rows_of(table, FIELDS)
    assert len(rows) == table.height
    for name, fields in FIELDS.items():
        column = credited(name, quantity(table, fields))
        np.testing.assert_array_equal([row.get(name, np.nan) for row in rows], column)


def test_the_first_message_is_taken_where_it_is_whole_and_of_the_kind() -> None:
    data = fit_file([FitMessage(0, {0: ("enum", [4]), 1: ("uint16", [294])})])
    (envelope,) = envelopes(data)
    head, fields = data[envelope.start : envelope.end], {"type": (FitField(0),)}
    assert first_row(head, 0, fields) == {"type": 4.0}
    assert first_row(head[:-1], 0, fields) is None
    assert first_row(head, LAP, fields) is None
    assert first_row(b"", 0, fields) is None
