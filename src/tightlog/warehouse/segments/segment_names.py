"""How the files of segments are named: those in use, and those being written."""

import re

FILE_NAME = re.compile(r"[0-9a-f]{32}\.parquet")
# A file being written, by the process that writes it.
UNFINISHED = re.compile(r"unfinished-[0-9]+\.tmp")
