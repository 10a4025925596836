"""What one FIT file says, for the one who asks where a number came from."""

from collections.abc import Iterator

from tightlog.errors import FileUnexplained
from tightlog.home.settings import Home
from tightlog.ingest.stored_content import bytes_named
from tightlog.language.catalogue import phrase
from tightlog.readers.fit.envelope import is_fit


def file_messages(home: Home, name: str) -> Iterator[dict[str, object]]:
    """Each message of a FIT file (`file, index, message, fields`, a field as `name, value, unit,
    number, added_by_maker`), and after them what is wrong with it (`file, problem`).

    `name` is a path of its own or below data/raw, with an archive's member behind it where there
    is one. Raises FileUnexplained for what is no FIT file.
    """
    data = bytes_named(home.raw, name)
    if data is None:
        raise FileUnexplained(
            name, phrase("there is no such file, neither here nor under data/raw")
        )
    if not is_fit(data):
        raise FileUnexplained(
            name, phrase("it is not a FIT file, and only those consist of messages")
        )
    return _rows(data)


def message_line(row: dict[str, object]) -> str:
    """One row of `file_messages` on one line."""
    if "problem" in row:
        return phrase("problem  {problem}", problem=row["problem"])
    fields = row["fields"]
    assert isinstance(fields, list)
    values = "; ".join(f"{one['name']} {_value(one)}" for one in fields)
    return f"{row['index']}  {row['message']}  {values}"


def _rows(data: bytes) -> Iterator[dict[str, object]]:
    from tightlog.readers.fit.explained import Trouble, explained  # a listing needs no fitparse

    for one in explained(data):
        if isinstance(one, Trouble):
            yield {"file": one.chained, "problem": one.words}
            continue
        fields = [
            {
                "name": field.name,
                "value": field.value,
                "unit": field.unit,
                "number": field.number,
                "added_by_maker": field.is_added_by_maker,
            }
            for field in one.fields
        ]
        yield {"file": one.chained, "index": one.index, "message": one.name, "fields": fields}


def _value(field: dict[str, object]) -> str:
    value = field["value"]
    if value is None:
        return "–"
    text = ", ".join(map(_number, value)) if isinstance(value, tuple) else _number(value)
    return f"{text} {field['unit']}" if field["unit"] else text


def _number(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else "–" if value is None else str(value)
