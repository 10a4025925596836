"""How an Apple Health export begins: looked at in every file, long before one is read."""

# The root's name stands in the document type, which every Apple Health export begins with.
ROOTS = (b"<!DOCTYPE HealthData", b"<HealthData")
SNIFFED_BYTES = 512


def is_apple_health(head: bytes) -> bool:
    """True for the beginning of an Apple Health export, whatever the phone's language named it."""
    return any(root in head[:SNIFFED_BYTES] for root in ROOTS)
