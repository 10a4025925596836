"""The columnar FIT decoder against files written for it."""

from collections.abc import Collection

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tightlog.readers.fit.envelope import envelopes
from tightlog.readers.fit.messages import Table, matrix, numbers, tables, texts, timestamps
from tightlog.simulation.files.fit_file import (
    BASE_TYPES,
    FitMessage,
    definition_bytes,
    enveloped,
    fit_file,
    message_bytes,
    row_bytes,
)

RECORD, DESCRIPTION = 20, 206
INTEGERS = {
    name: entry for name, entry in BASE_TYPES.items() if entry[1][0] in "iu" and entry[1][1] != "8"
}


def tables_of(data: bytes, wanted: Collection[int] = (RECORD, DESCRIPTION)) -> dict[int, Table]:
    (envelope,) = envelopes(data)
    found, problem = tables(data, envelope, wanted)
    assert problem is None
    return found


@st.composite
def messages(draw: st.DrawFn) -> FitMessage:
    height = draw(st.integers(0, 6))
    fields = {}
    for number in draw(st.sets(st.integers(0, 252), min_size=1, max_size=5)):
        name = draw(st.sampled_from(sorted(INTEGERS)))
        limits = np.iinfo(INTEGERS[name][1])
        value = st.none() | st.integers(int(limits.min), int(limits.max))
        fields[number] = (name, draw(st.lists(value, min_size=height, max_size=height)))
    return FitMessage(
        draw(st.sampled_from([RECORD, 21, 140])), fields, is_big_endian=draw(st.booleans())
    )


def expected(message: FitMessage, number: int) -> list[float]:
    name, values = message.fields.get(
        number, ("uint8", [None] * len(next(iter(message.fields.values()))[1]))
    )
    return [
        np.nan if value is None or value == BASE_TYPES[name][2] else float(value)
        for value in values
    ]


@settings(deadline=None, max_examples=150)
@given(st.lists(messages(), min_size=1, max_size=6))
def test_every_written_value_comes_back_in_file_order(written: list[FitMessage]) -> None:
    found = tables_of(fit_file(written))
    for number in {number for message in written for number in message.fields}:
        wanted = [
            value
            for message in written
            if message.global_number == RECORD
            for value in expected(message, number)
        ]
        np.testing.assert_array_equal(numbers(found[RECORD], number), wanted)


def test_interleaved_messages_keep_their_rows_apart() -> None:
    record, other = (
        FitMessage(RECORD, {3: ("uint8", [120, 121, 122])}),
        FitMessage(140, {0: ("uint32", [1, 2, 3])}),
    )
    rows = [row_bytes(record, 0), row_bytes(other, 1)]
    mixed = b"".join(rows[0][i * 2 : i * 2 + 2] + rows[1][i * 5 : i * 5 + 5] for i in range(3))
    found = tables_of(
        enveloped(definition_bytes(record, 0) + definition_bytes(other, 1) + mixed), (RECORD, 140)
    )
    assert numbers(found[RECORD], 3).tolist() == [120, 121, 122]
    assert numbers(found[140], 0).tolist() == [1, 2, 3]


@pytest.mark.parametrize("left_out", [*range(13)])
def test_kinds_that_take_turns_for_long_are_followed_to_the_end(left_out: int) -> None:
    """Turns that are broken by a third message, and a file that ends within one."""
    count = 900
    record = FitMessage(RECORD, {253: ("uint32", range(count)), 3: ("uint8", [7] * count)})
    other = FitMessage(140, {0: ("uint32", range(count)), 1: ("uint16", [9] * count)})
    third = row_bytes(FitMessage(21, {0: ("uint8", [1])}), 2)
    own, beside = row_bytes(record, 0), row_bytes(other, 1)
    turns = [own[at * 6 : at * 6 + 6] + beside[at * 7 : at * 7 + 7] for at in range(count)]
    turns[120] += third
    turns[700] = turns[700][:6] + third + turns[700][6:]
    defined = definition_bytes(record, 0) + definition_bytes(other, 1)
    defined += definition_bytes(FitMessage(21, {0: ("uint8", [1])}), 2)
    body = defined + b"".join(turns)
    (envelope,) = envelopes(enveloped(body[: len(body) - left_out]))
    found, problem = tables(enveloped(body[: len(body) - left_out]), envelope, (RECORD, 140, 21))
    assert (problem is None) == (left_out in (0, 7))
    whole = count - (left_out > 7), count - (left_out > 0)
    assert timestamps(found[RECORD]).tolist() == list(range(whole[0]))
    assert numbers(found[140], 0).tolist() == list(range(whole[1]))
    assert found[21].height == 2


def test_redefined_local_number_goes_on_in_file_order() -> None:
    slim, wide = (
        FitMessage(RECORD, {3: ("uint8", [1, 2])}),
        FitMessage(RECORD, {5: ("uint32", [70]), 3: ("uint8", [3])}),
    )
    data = enveloped(b"".join(message_bytes(message, 0) for message in (slim, wide, slim)))
    assert numbers(tables_of(data)[RECORD], 3).tolist() == [1, 2, 3, 1, 2]


def test_two_definitions_of_record_are_merged_by_place_in_the_file() -> None:
    with_power, without = (
        FitMessage(RECORD, {3: ("uint8", [1]), 7: ("uint16", [250])}),
        FitMessage(RECORD, {3: ("uint8", [2])}),
    )
    definitions = definition_bytes(with_power, 0) + definition_bytes(without, 1)
    rows = row_bytes(without, 1) + row_bytes(with_power, 0) + row_bytes(without, 1)
    records = tables_of(enveloped(definitions + rows))[RECORD]
    assert numbers(records, 3).tolist() == [2, 1, 2]
    np.testing.assert_array_equal(numbers(records, 7), [np.nan, 250, np.nan])


def test_compressed_timestamps_count_on_over_their_five_bits() -> None:
    full, bare = (
        FitMessage(RECORD, {253: ("uint32", [1_000_000_030]), 3: ("uint8", [100])}),
        FitMessage(RECORD, {3: ("uint8", [101])}),
    )
    data = definition_bytes(full, 0) + definition_bytes(bare, 1) + row_bytes(full, 0)
    seconds = [1_000_000_031, 1_000_000_033, 1_000_000_040, 1_000_000_071]
    data += b"".join(bytes((0x80 | 1 << 5 | second & 0x1F, 101)) for second in seconds)
    assert timestamps(tables_of(enveloped(data))[RECORD]).tolist() == [1_000_000_030, *seconds]


def test_compressed_timestamp_counts_from_other_messages_too() -> None:
    event, bare = (
        FitMessage(21, {253: ("uint32", [1_000_000_000])}),
        FitMessage(RECORD, {3: ("uint8", [101])}),
    )
    data = (
        message_bytes(event, 0)
        + definition_bytes(bare, 1)
        + bytes((0x80 | 1 << 5 | 1_000_000_005 & 0x1F, 101))
    )
    assert timestamps(tables_of(enveloped(data))[RECORD]).tolist() == [1_000_000_005]


def described(number: int, name: str, base: int = 0x84) -> FitMessage:
    return FitMessage(
        DESCRIPTION,
        {0: ("uint8", [0]), 1: ("uint8", [number]), 2: ("uint8", [base]), 3: ("string:12", [name])},
    )


def test_developer_field_with_a_native_name_stays_apart() -> None:
    record = FitMessage(RECORD, {4: ("uint8", [85])}, developer_fields={(0, 4): ("uint16", [171])})
    found = tables_of(fit_file([described(4, "Cadence"), record]))
    assert numbers(found[RECORD], 4).tolist() == [85]


def test_undescribed_developer_field_is_skipped() -> None:
    record = FitMessage(
        RECORD,
        {3: ("uint8", [120, 121])},
        developer_fields={(3, 9): ("byte:5", [[1, 2, 3, 4, 5]] * 2)},
    )
    assert numbers(tables_of(fit_file([record]))[RECORD], 3).tolist() == [120, 121]


def test_array_field_gives_its_values_and_its_first() -> None:
    records = tables_of(
        fit_file([FitMessage(RECORD, {10: ("uint16:3", [[1, 2, 0xFFFF], [4, 5, 6]])})])
    )[RECORD]
    np.testing.assert_array_equal(matrix(records, 10, 3), [[1, 2, np.nan], [4, 5, 6]])
    assert numbers(records, 10).tolist() == [1, 4]


def test_field_of_a_size_its_type_cannot_have_is_missing_and_harms_no_other() -> None:
    record = FitMessage(RECORD, {5: ("uint8", [9]), 3: ("uint8", [120])})
    damaged = message_bytes(record, 0).replace(bytes((5, 1, 0x02)), bytes((5, 1, 0x86)))
    records = tables_of(enveloped(damaged))[RECORD]
    assert np.isnan(numbers(records, 5)).all()
    assert numbers(records, 3).tolist() == [120]


def test_unterminated_and_broken_text_is_read_as_far_as_it_goes() -> None:
    names = texts(
        tables_of(fit_file([FitMessage(RECORD, {8: ("string:4", [b"Polar", b"\xff\xfe", b""])})]))[
            RECORD
        ],
        8,
    )
    assert names == ["Pola", "\ufffd\ufffd", None]
