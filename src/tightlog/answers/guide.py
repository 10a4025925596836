"""The data dictionary as one value: relations, columns and the keys between them, for programs."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tightlog.warehouse import store
from tightlog.warehouse.exports.relation_keys import KEYS, LINKS


def guide_of(version: Path) -> dict[str, Any]:
    """The guide of one version of the warehouse."""
    return guide(store.relation(version, "relation_guide").to_dicts())


def guide(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`{"relations": {name: {one_row_per, key, columns: {name: {type, meaning}}, links: [{column,
    to_relation, to_column}]}}}` from rows of `relation_guide`; of the links those whose both ends
    are among the rows.
    """
    relations: dict[str, Any] = {}
    for row in rows:
        held = relations.setdefault(
            row["relation"],
            {"one_row_per": row["one_row_per"], "key": [], "columns": {}, "links": []},
        )
        held["columns"][row["column_name"]] = {
            "type": row["data_type"],
            "meaning": row["meaning"],
        }
    for name, held in relations.items():
        key = KEYS.get(name, ())
        held["key"] = list(key) if set(key) <= set(held["columns"]) else []
    for link in LINKS:
        here, there = relations.get(link.relation), relations.get(link.to_relation)
        if not here or not there:
            continue
        if link.column in here["columns"] and link.to_column in there["columns"]:
            here["links"].append(
                {
                    "column": link.column,
                    "to_relation": link.to_relation,
                    "to_column": link.to_column,
                }
            )
    return {"relations": relations}
