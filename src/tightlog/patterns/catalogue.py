"""The patterns tightlog watches for, by number; every file in rules/ is found automatically."""

from importlib import import_module
from pkgutil import iter_modules

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase
from tightlog.patterns import rules
from tightlog.patterns.pattern import Pattern, PatternInputs

__all__ = ["PATTERNS", "Pattern", "PatternInputs", "pattern"]


def _found() -> tuple[Pattern, ...]:
    """The PATTERN of every module in rules/, by number.

    Raises AttributeError for a module without one, ValueError when two have the same number.
    """
    modules = (
        import_module(f"{rules.__name__}.{found.name}") for found in iter_modules(rules.__path__)
    )
    patterns: tuple[Pattern, ...] = tuple(module.PATTERN for module in modules)
    numbers = {item.number for item in patterns}
    if len(numbers) != len(patterns):
        raise ValueError(
            f"two rules have the same number: {sorted(item.pattern for item in patterns)}"
        )
    return tuple(sorted(patterns, key=lambda item: item.number))


PATTERNS = _found()
_BY_NAME = {pattern.pattern: pattern for pattern in PATTERNS}


def pattern(name: str) -> Pattern:
    """The pattern of a name such as `R2`.

    Raises SettingsError when no pattern is called that.
    """
    if name not in _BY_NAME:
        raise SettingsError(
            name,
            phrase("no pattern is called that; known are {by_name}", by_name=", ".join(_BY_NAME)),
        )
    return _BY_NAME[name]
