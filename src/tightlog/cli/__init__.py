"""What each command of the command line does; `cli` parses, these act and print."""

import argparse
from collections.abc import Callable
from importlib import import_module

# Each command's module is imported when it is called: `rate` must not wait for the statistics.
MODULES = {
    "refresh": "refreshing",
    "ingest": "refreshing",
    "rebuild": "refreshing",
    "sample": "refreshing",
    "activity": "activity",
    "rate": "diary",
    "did": "diary",
    "diary": "diary",
    "findings": "findings",
    "effects": "findings",
    "today": "today",
    "files": "reading",
    "features": "reading",
    "sql": "asking",
    "export": "reading",
    "report": "reporting",
    "completion": "completion",
    "doctor": "running",
    "schedule": "running",
    "dashboard": "dashboard",
}


def command(name: str) -> Callable[[argparse.Namespace], int]:
    """The function behind a command's name."""
    function: Callable[[argparse.Namespace], int] = getattr(
        import_module(f"tightlog.cli.{MODULES[name]}"), f"{name}_command"
    )
    return function
