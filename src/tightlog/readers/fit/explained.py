"""What a FIT file says, message by message, as the official profile names it: by fitparse, and by
newer names where its profile of 2019 has none.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from tightlog.readers.fit import profile
from tightlog.readers.fit.clock import instant
from tightlog.readers.fit.envelope import envelopes
from tightlog.readers.fit.fitparse_messages import Messages

DATE_TIME = "date_time"
# Fields whose numbers have names that fitparse does not know yet.
NAMED = {
    "sport": profile.SPORTS,
    "sub_sport": profile.SUB_SPORTS,
    "manufacturer": profile.MANUFACTURERS,
    "garmin_product": profile.GARMIN_PRODUCTS,
}

Value = str | int | float | bool | None | tuple["Value", ...]


@dataclass(frozen=True)
class Field:
    """One field of a message: its value in its unit, None where the file has the invalid mark."""

    name: str
    value: Value
    unit: str | None
    number: int | None
    is_added_by_maker: bool = False


@dataclass(frozen=True)
class Message:
    """One message, by its place among the messages of its FIT file; `chained` counts the FIT files
    in the bytes.
    """

    chained: int
    index: int
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one of the FIT files in the bytes; it comes after its messages."""

    chained: int
    words: str


def explained(data: bytes) -> Iterator[Message | Trouble]:
    """Every message of the FIT files in the bytes, each file's troubles after its messages."""
    for chained, envelope in enumerate(envelopes(data), start=1):
        messages = Messages(data, envelope)
        for index, message in enumerate(messages):
            known = _profile().get(str(message.mesg_num), {})
            fields = tuple(_field(one, known.get("fields", {})) for one in message.fields)
            yield Message(chained, index, known.get("name") or message.name, fields)
        if messages.problem:
            yield Trouble(chained, f"fitparse stopped here ({messages.problem})")
        yield from (Trouble(chained, problem) for problem in envelope.problems)


def _field(one: Any, known: Mapping[str, list[Any]]) -> Field:
    number = one.def_num if isinstance(one.def_num, int) else None
    is_added = type(one.field_def).__name__ == "DevFieldDefinition"
    value, name, unit = one.value, one.name, one.units or None
    if not is_added and name.startswith("unknown_") and str(number) in known:
        name, unit, scale, offset = known[str(number)]
        value = _scaled(value, scale, offset)
        if unit == DATE_TIME:
            value, unit = instant(value) if isinstance(value, int) else value, None
    if name in NAMED and isinstance(value, int):
        value = NAMED[name].get(value, value)
    return Field(name, _plain(value), unit, number, is_added)


def _scaled(value: Any, scale: float, offset: float) -> Any:
    if isinstance(value, tuple):
        return tuple(_scaled(one, scale, offset) for one in value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value / scale - offset if is_number and (scale, offset) != (1, 0) else value


def _plain(value: Any) -> Value:
    """The value as JSON knows it; an instant in UTC as ISO text."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, list | tuple):
        return tuple(_plain(one) for one in value)
    if isinstance(value, bytes):
        return value.hex(" ")
    return value if value is None or isinstance(value, int | float | str) else str(value)


@cache
def _profile() -> Mapping[str, Any]:
    """Messages of the official profile by number, with name, unit, scale and offset by field."""
    text = files("tightlog.readers.fit").joinpath("fields.json").read_text()
    messages: dict[str, Any] = json.loads(text)
    return messages
