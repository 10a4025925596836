"""A dashboard whose clock can be moved by whole days while it runs.

The hook is a `sitecustomize` in front of the path of the dashboard's processes: whatever module of
ours asks for the time now gets it moved. Nothing in the product knows of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOOK = '''
import datetime as real
import importlib.machinery as machinery
import os

CLOCK = os.environ["MOVED_CLOCK"]


class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real.datetime)


class Moved(real.datetime, metaclass=Kind):
    """The datetime of our modules: only its now is another one."""

    combine = real.datetime.combine
    fromisoformat = real.datetime.fromisoformat
    fromtimestamp = real.datetime.fromtimestamp
    strptime = real.datetime.strptime

    def __new__(cls, *given, **named):
        return real.datetime(*given, **named)

    @classmethod
    def now(cls, tz=None):
        with open(CLOCK, encoding="ascii") as file:
            return real.datetime.now(tz) + real.timedelta(days=int(file.read()))


exec_module = machinery.SourceFileLoader.exec_module


def exec_moved(loader, module):
    exec_module(loader, module)
    is_ours = module.__name__.partition(".")[0] in ("tightlog", "dashboards")
    if is_ours and vars(module).get("datetime") is real.datetime:
        module.datetime = Moved


machinery.SourceFileLoader.exec_module = exec_moved
'''


@dataclass(frozen=True)
class MovedClock:
    """The clock of a dashboard: the folder of its hook, and the file with the days it is off."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, days: int) -> "MovedClock":
        """A clock so many days off."""
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(HOOK, encoding="ascii")
        clock = cls(folder)
        clock.move(days)
        return clock

    @property
    def environment(self) -> Mapping[str, str]:
        """What the dashboard is started with."""
        return {"PYTHONPATH": str(self.folder), "MOVED_CLOCK": str(self.folder / "days")}

    def move(self, days: int) -> None:
        """Moves the clock, for every question from now on."""
        (self.folder / "days").write_text(str(days), encoding="ascii")
