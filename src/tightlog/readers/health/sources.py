"""Who wrote a record into Apple Health: a watch, a phone or the app of another maker, without the
names that people give their devices.

    device="&lt;…&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, …"
"""

from collections.abc import Mapping

from tightlog.domain.wellness import Evidence, Origin
from tightlog.readers.health.nights import Measured

SOURCE = "apple_health"
WATCH, PHONE, OTHER = "Apple Watch", "iPhone", "another app"
# What an app calls itself: its maker, for apps that copy what a device on the body measured.
WEARABLES: Mapping[str, str] = {
    "connect": "Garmin",
    "garmin": "Garmin",
    "oura": "Oura",
    "whoop": "WHOOP",
    "fitbit": "Fitbit",
    "polar": "Polar",
    "withings": "Withings",
    "health mate": "Withings",
    "suunto": "Suunto",
    "coros": "COROS",
    "zepp": "Amazfit",
    "ultrahuman": "Ultrahuman",
    "ringconn": "RingConn",
}


def label(source_name: str | None, device: str | None) -> str:
    """Watch, phone, maker of another device, or another app."""
    said, name = (device or "").casefold(), (source_name or "").casefold()
    maker = next((maker for start, maker in WEARABLES.items() if name.startswith(start)), None)
    if maker is not None:
        return maker
    if "model:watch" in said or "name:apple watch" in said:
        return WATCH
    if "model:iphone" in said or "model:ipad" in said:
        return PHONE
    if "manufacturer:" in said and "manufacturer:apple" not in said:
        return OTHER
    # Old exports name no device; the phone's own counts are by its app.
    is_phone = "phone" in name or name == "health"
    return WATCH if "watch" in name else PHONE if is_phone else OTHER


def measured_by(labelled: str) -> Measured:
    """What a label is worth: a watch's own values, a phone's, copies of other devices."""
    if labelled == WATCH:
        return Measured(SOURCE, WATCH, Origin.EXPORT, Evidence.WEARABLE)
    if labelled in WEARABLES.values():
        return Measured(SOURCE, labelled, Origin.COPY, Evidence.WEARABLE)
    origin = Origin.EXPORT if labelled == PHONE else Origin.COPY
    return Measured(SOURCE, labelled, origin, Evidence.PHONE)


def order(labelled: str) -> int:
    """Which of several that count the same steps is believed first: the watch, other wearables,
    the phone, apps.
    """
    if labelled == WATCH:
        return 0
    return 1 if labelled in WEARABLES.values() else 2 if labelled == PHONE else 3
