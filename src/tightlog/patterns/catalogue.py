"""The patterns tightlog watches for, in the order they are spoken of; each is a file in rules/."""

from tightlog.errors import SettingsError
from tightlog.patterns.pattern import Pattern, PatternInputs
from tightlog.patterns.rules import (
    r00_red_flag,
    r01_worsening,
    r02_session_spike,
    r03_return_after_break,
    r04_monotonous_block,
    r05_weekly_jump,
    r06_low_cadence,
    r07_late_fade,
    r08_bounce,
    r09_side_shift,
    r10_downhill,
    r11_decoupling,
    r12_no_strength,
    r13_no_mobility,
    r14_only_running,
    r15_long_cycling,
    r16_worn_shoe,
    r17_flare,
    r18_slow_to_settle,
    r19_short_sleep,
    r20_hard_session,
    r21_personal_link,
    r22_nothing_stood_out,
)

__all__ = ["PATTERNS", "Pattern", "PatternInputs", "pattern"]

PATTERNS: tuple[Pattern, ...] = tuple(
    rule.PATTERN
    for rule in (
        r00_red_flag,
        r01_worsening,
        r02_session_spike,
        r03_return_after_break,
        r04_monotonous_block,
        r05_weekly_jump,
        r06_low_cadence,
        r07_late_fade,
        r08_bounce,
        r09_side_shift,
        r10_downhill,
        r11_decoupling,
        r12_no_strength,
        r13_no_mobility,
        r14_only_running,
        r15_long_cycling,
        r16_worn_shoe,
        r17_flare,
        r18_slow_to_settle,
        r19_short_sleep,
        r20_hard_session,
        r21_personal_link,
        r22_nothing_stood_out,
    )
)
_BY_NAME = {pattern.pattern: pattern for pattern in PATTERNS}


def pattern(name: str) -> Pattern:
    """The pattern of a name such as `R2`.

    Raises SettingsError when no pattern is called that.
    """
    if name not in _BY_NAME:
        raise SettingsError(name, f"no pattern is called that; known are {', '.join(_BY_NAME)}")
    return _BY_NAME[name]
