"""Writes the names and numbers of the FIT profile again, from the official SDK.

    python3 -m venv sdk && sdk/bin/pip install garmin-fit-sdk
    sdk/bin/python benchmarks/fit_profile.py

Only facts are taken (names, numbers, units, scales), no code. The SDK is no dependency of tightlog.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from garmin_fit_sdk.profile import Profile  # type: ignore[import-not-found]

FOLDER = Path(__file__).resolve().parents[1] / "src" / "tightlog" / "readers" / "fit"
ENUMS = ("file", "garmin_product", "lap_trigger", "manufacturer", "sport", "sub_sport")


def main() -> None:
    """Writes `names.json` (enums) and `fields.json` (messages and their fields)."""
    version = "{major}.{minor}.{patch}".format(**Profile["version"])
    source = f"Garmin FIT SDK {version}"
    (FOLDER / "names.json").write_text(_text(source, {name: _enum(name) for name in ENUMS}))
    messages = {
        str(number): {"name": message["name"], "fields": _fields(message)}
        for number, message in sorted(Profile["messages"].items())
    }
    (FOLDER / "fields.json").write_text(_text(source, messages))
    print(f"{source}: {len(messages)} messages")


def _enum(name: str) -> dict[str, str]:
    """Names by number, without the one that means "no value"."""
    return {str(number): value for number, value in sorted(Profile["types"][name].items())}


def _fields(message: Mapping[str, Any]) -> dict[str, list[object]]:
    """Name, unit, scale and offset of each field by number."""
    return {
        str(number): [field["name"], _unit(field), *_scale(field)]
        for number, field in sorted(message["fields"].items())
    }


def _unit(field: Mapping[str, Any]) -> str | None:
    """Unit of a field; `date_time` for seconds since the FIT epoch."""
    return "date_time" if field["type"] == "date_time" else _first(field["units"]) or None


def _scale(field: Mapping[str, Any]) -> tuple[float, float]:
    """Scale and offset; 1 and 0 for a field that holds several packed ones."""
    if field["has_components"] or field["type"] == "date_time":
        return 1, 0
    return _first(field["scale"]), _first(field["offset"])


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _text(source: str, tables: Mapping[str, Mapping[str, object]]) -> str:
    """JSON with one entry a line, so that a newer SDK shows as a short difference."""
    parts = [f'"source": {json.dumps(source)}']
    for name, table in tables.items():
        if "fields" in table:
            rows = _rows(table["fields"], 3)
            head = f'"name": {json.dumps(table["name"])},\n  "fields": '
            parts.append(f'"{name}": {{{head}{{\n{rows}\n  }}}}')
        else:
            parts.append(f'"{name}": {{\n{_rows(table, 2)}\n }}')
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _rows(table: Any, indent: int) -> str:
    return ",\n".join(f'{" " * indent}"{key}": {json.dumps(value)}' for key, value in table.items())


if __name__ == "__main__":
    main()
