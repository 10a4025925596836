"""tightlog shows what goes with a runner's lower-back tightness, from the files a watch wrote."""

__version__ = "0.1.0"
