"""A feature is declared beside its code; whatever repeats its name agrees, or fails here."""

import importlib
import pkgutil
import re
from pathlib import Path

import duckdb

from tightlog import features
from tightlog.features.catalogue import FEATURES
from tightlog.features.day import MEASURED
from tightlog.features.renewed_form import MARKED
from tightlog.warehouse import build
from tightlog.warehouse.drafts.readings import Readings


def test_every_module_that_declares_features_is_in_the_catalogue() -> None:
    known = {feature.feature for feature in FEATURES}
    modules = [
        importlib.import_module(f"tightlog.features.{found.name}")
        for found in pkgutil.iter_modules(features.__path__)
    ]
    declared = [one for module in modules for one in getattr(module, "FEATURES", ())]
    assert declared
    assert {one.feature for one in declared} - known == set()


def test_no_two_features_have_one_name() -> None:
    names = [feature.feature for feature in FEATURES]
    assert len(set(names)) == len(names)


def test_what_is_measured_of_each_activity_is_stored_and_shown(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        Readings(connection, tmp_path).make_tables()
        stored = connection.execute("describe ingest.activity_feature").fetchall()
    columns = {row[0] for row in stored}
    wanted = {"activity_id", *MEASURED, *MARKED}
    assert columns == wanted, (
        f"warehouse/sql/ingest/activity_feature.sql lacks {sorted(wanted - columns)} "
        f"and has {sorted(columns - wanted)} too many"
    )
    text = build.statement("relation/activity")
    for name in MEASURED:
        assert re.search(rf"\bf\.{name}\b", text), f"relation/activity.sql does not select f.{name}"
        comment = f"comment on column activity.{name} is"
        assert comment in text, f"relation/activity.sql says nowhere: {comment}"
