"""The next version while it is filled, from what was read and from the version before."""
