"""Numbers as they appear in sentences."""

import math
import re
from functools import lru_cache

from tightlog.language.catalogue import phrase, plural
from tightlog.language.choice import ENGLISH, chosen, numerals

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


@lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """The text with a true minus sign and a space before % that does not break.

    Twice is the same as once.
    """
    # A hyphen within a word, a date or a DOI is none.
    minus = re.sub(r"(?<![\w.\-−–/])-(?=\d)", MINUS, text)
    return minus.replace(" %", f"{NO_BREAK_SPACE}%")


def upper_points(points: float) -> str:
    """Points rounded up to a tenth, for a difference said to have been seen.

    0.238 is `0.3`, because 0.2 might not have been seen.
    """
    # The inner rounding keeps 0.3, which is 0.30000000000000004 after a subtraction, at 0.3.
    return numerals(f"{math.ceil(round(points * 10, 6)) / 10:.1f}")


def halves(value: float) -> str:
    """A number to the nearest half, as people say it: `½`, `1`, `1½`."""
    whole, has_half = divmod(math.floor(abs(value) * 2 + 0.5), 2)
    return f"{numerals(f'{whole:,}')}{'½' if has_half else ''}" if whole or not has_half else "½"


def tighter_words(points: float) -> str:
    """A difference in points as people say it: `about 1½ points tighter`, `a little less tight
    (less than ½ point)`. What is below a point is never rounded up to one.
    """
    size, how = abs(points), phrase("tighter") if points > 0 else phrase("less tight")
    if size < 0.25:
        return phrase("a little {how} (less than ½ point)", how=how)
    if 0.75 <= size < 0.995:
        return phrase("not quite a point {how}", how=how)
    said = halves(size)
    return phrase(
        "about {said} {part} {how}",
        said=said,
        part=phrase("point") if said in ("½", "1") else phrase("points"),
        how=how,
    )


def upper_halves(points: float) -> str:
    """Points rounded up to a half, for a difference said to have been seen: `1 point`."""
    said = halves(math.ceil(round(points * 2, 6)) / 2)
    return f"{said} {phrase('point') if said in ('½', '1') else phrase('points')}"


def spoken(value: float, unit: str = "") -> str:
    """A measured number as people say it, with its unit: `7½ h`, `93 min`, `250 m`."""
    size = abs(value)
    if size < 1:
        said = short_number(size)
    elif size < 10:
        said = halves(size)
    else:
        step = 10 ** (math.floor(math.log10(size)) - 1)
        said = numerals(f"{math.floor(size / step + 0.5) * step:,.0f}")
    sign = MINUS if value < 0 and said != "0" else ""
    return f"{sign}{said} {unit}".rstrip()


def short_number(value: float | None, decimals: int = 1) -> str:
    """A number with at most so many decimals, `12` or `12.5`; `?` where it is not known."""
    if value is None:
        return "?"
    # Adding 0.0 makes a rounded −0.0 a plain 0.
    text = f"{round(value, decimals) + 0.0:.{decimals}f}"
    return numerals(text.rstrip("0").rstrip(".") if "." in text else text)


def measured(value: float) -> str:
    """A measured number, to a tenth below 100 and whole from there: `18.5`, `247`."""
    is_small = abs(round(value, 1)) < 100
    return numerals(f"{round(value, 1) + 0.0:.1f}" if is_small else f"{value:,.0f}")


def percent(share: float) -> str:
    """A share from 0 to 1 as `40 %`."""
    return f"{share * 100:.0f} %"


def more(percent_more: float, by: str, times: str) -> str:
    """How much more, as people say it: `41 % longer than`, `twice as long as`, `3.5 times as long
    as`, `12 times as long as`, with `by` after a share and `times` after a multiple.
    """
    if percent_more < 99.5:
        # The inner rounding lifts 32.499999999999, which is 32.5 of true distances.
        return f"{math.floor(round(percent_more, 6) + 0.5)} % {by}"
    ratio = percent_more / 100 + 1
    said = f"{ratio:.0f}" if ratio >= 5 else short_number(ratio)
    often = phrase("twice") if ratio < 5 and said == "2" else phrase("{said} times", said=said)
    return f"{often} {times}".rstrip()


def counted(count: float, noun: str, nouns: str = "") -> str:
    """A count as `1 rating` or `1,200 ratings`; `nouns` where the plural has more than an s."""
    number = numerals(f"{count:,.0f}" if count == round(count) else f"{count:g}")
    forms = (f"{{number}} {noun}", f"{{number}} {nouns or f'{noun}s'}")
    return plural(*forms, count, number=number)


def first_upper(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """The text as it stands within a sentence: with a small first letter in English."""
    # Other languages know no title case, but nouns in capitals.
    return text[:1].lower() + text[1:] if chosen() == ENGLISH else text
