"""Every maker whose nights and days are read by a table of its columns."""

from tightlog.readers.health import fitbit, intervals_icu, oura, polar, whoop, withings
from tightlog.readers.health.days_names import is_days_name
from tightlog.readers.health.health_auto_export import is_auto_export_name
from tightlog.readers.health.health_connect import is_health_connect_name

MAKERS = (fitbit.MAKER, whoop.MAKER, oura.MAKER, polar.MAKER, withings.MAKER, intervals_icu.MAKER)


def is_wellness_name(path: str) -> bool:
    """True for the name of a file of JSON, or of a database, with nights and days in any maker's
    export.
    """
    low = path.lower()
    named = (maker.json_name for maker in MAKERS if maker.json_name is not None)
    own = (is_days_name, is_auto_export_name, is_health_connect_name)
    return any(is_name(low) for is_name in own) or any(one.search(low) for one in named)
