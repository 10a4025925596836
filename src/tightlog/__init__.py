"""tightlog: what goes with a runner's lower-back tightness, read from the files the watch
already wrote.
"""

__version__ = "0.1.0"
