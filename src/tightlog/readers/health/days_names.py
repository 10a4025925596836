"""Names of the files with nights and days in Garmin's export: looked at in every folder, long
before such a file is read.
"""

import re

# In small letters.
DAYS_NAME = re.compile(r"(?:\A|/)(?:udsfile_[^/]*|[^/]*_sleepdata|[^/]*_healthstatusdata)\.json\Z")


def is_days_name(path: str) -> bool:
    """True for the name of a file with nights and days in Garmin's export."""
    return DAYS_NAME.search(path.lower()) is not None
