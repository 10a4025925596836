"""The declared channels in SQL: columns of the ingest tables, comments of the relations."""

from collections.abc import Mapping

from tightlog.domain.channels import CHANNELS, WITH_MEAN, Channel
from tightlog.domain.frames import LAP_SCHEMA

# Which channels a table of the schema `ingest` has beside the columns its SQL file names.
INGESTED: Mapping[str, tuple[Channel, ...]] = {
    "activity": WITH_MEAN,
    "twin_fact": WITH_MEAN,
}


def channel_comments(relation: str) -> Mapping[str, str]:
    """Comments of a relation's columns that are channels, by column; empty where it has none."""
    if relation == "record":
        return {channel.name: channel.comment for channel in CHANNELS}
    if relation == "activity":
        return {channel.name: channel.mean_comment for channel in WITH_MEAN}
    if relation == "lap":
        of_laps = (channel for channel in WITH_MEAN if channel.name in LAP_SCHEMA)
        return {one.name: f"mean {one.meaning}, {one.unit}" for one in of_laps}
    return {}


def added_columns(table: str, known: frozenset[str]) -> tuple[str, ...]:
    """Statements that give an ingest table the columns of its channels it does not have yet."""
    channels = (channel for channel in INGESTED.get(table, ()) if channel.name not in known)
    return tuple(f"alter table ingest.{table} add column {one.name} double" for one in channels)
