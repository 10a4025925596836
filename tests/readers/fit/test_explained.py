"""Every message of a FIT file has its official names, values and units, whatever state it is in."""

from datetime import timedelta

from tests.builders import START, run_fit
from tightlog.readers.fit.explained import Message, Trouble, explained
from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

# One definition of `record` whose field 3 claims two bytes of a four-byte type, as Coros writes it,
# and one row of it.
ODD_FIELD = bytes([0x40, 0, 0, 20, 0, 1, 3, 2, 0x86]) + bytes([0, 145, 0])


def messages(data: bytes) -> list[Message]:
    return [one for one in explained(data) if isinstance(one, Message)]


def troubles(data: bytes) -> list[str]:
    return [one.words for one in explained(data) if isinstance(one, Trouble)]


def value(message: Message, name: str) -> tuple[object, str | None]:
    return next((field.value, field.unit) for field in message.fields if field.name == name)


def test_messages_have_names_values_and_units() -> None:
    found = messages(run_fit(minutes=1))
    assert [one.name for one in found] == ["file_id", *["record"] * 61, "session", "activity"]
    record = found[11]
    assert value(record, "timestamp") == ((START + timedelta(seconds=10)).isoformat(), None)
    assert value(record, "distance") == (28.0, "m")
    assert value(record, "heart_rate") == (145, "bpm")
    assert troubles(run_fit(minutes=1)) == []


def test_newer_names_than_fitparse_has_come_from_the_profile() -> None:
    at = fit_timestamp(START)
    sleep = FitMessage(346, {0: ("uint8", [80])})
    breath = FitMessage(20, {253: ("uint32", [at]), 108: ("uint16", [1650])})
    record, score = messages(fit_file([breath, sleep]))
    assert value(record, "enhanced_respiration_rate") == (16.5, "Breaths/min")
    assert (score.name, value(score, "combined_awake_score")) == ("sleep_assessment", (80, None))


def test_a_file_that_breaks_off_is_shown_up_to_there_and_says_so() -> None:
    data = run_fit(minutes=1)
    found = messages(data[: len(data) // 2])
    assert 10 < len(found) < 60 and found[5].name == "record"
    assert any("ends early" in words for words in troubles(data[: len(data) // 2]))


def test_a_field_of_an_odd_size_is_shown_as_bytes_and_nothing_is_lost() -> None:
    whole = fit_file([FitMessage(0, {0: ("enum", [4])})])
    body = whole[whole[0] : -2] + ODD_FIELD
    head = bytes([12, 16, 0, 0, *len(body).to_bytes(4, "little"), *b".FIT"])
    file_id, record = messages(head + body + bytes(2))
    assert file_id.name == "file_id"
    assert record.fields[0].name == "heart_rate" and record.fields[0].value == (145, 0)


def test_each_chained_file_is_counted() -> None:
    two = run_fit(minutes=1) + run_fit(START + timedelta(days=1), minutes=1)
    assert {one.chained for one in explained(two)} == {1, 2}


def test_what_a_maker_added_does_not_leak_into_the_next_file() -> None:
    from fitparse import records

    list(explained(run_fit(minutes=1)))
    records.DEV_TYPES[7] = {"leaked": True}
    list(explained(run_fit(minutes=1)))
    assert records.DEV_TYPES == {}
