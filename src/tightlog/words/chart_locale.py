"""How a chart in the browser writes numbers and dates in the runner's language."""

from typing import Any

from tightlog.language.choice import ENGLISH, chosen, numerals
from tightlog.words.dates import MONTHS, WEEKDAYS


def chart_locale() -> dict[str, Any]:
    """The `locale` of a chart's configuration, by the form of d3; nothing in English, which is the
    browser's own.
    """
    if chosen() == ENGLISH:
        return {}
    months = list(MONTHS.values())
    days = [WEEKDAYS[(number - 1) % len(WEEKDAYS)] for number in range(len(WEEKDAYS))]
    number = {
        "decimal": numerals("."), "thousands": numerals(","), "grouping": [3],
        "currency": ["", ""],
    }  # fmt: skip
    time = {
        "dateTime": "%A, %e. %B %Y, %X", "date": "%d.%m.%Y", "time": "%H:%M:%S",
        "periods": ["AM", "PM"], "days": days, "shortDays": [day[:2] for day in days],
        "months": months, "shortMonths": [month[:3] for month in months],
    }  # fmt: skip
    return {"locale": {"number": number, "time": time}}
