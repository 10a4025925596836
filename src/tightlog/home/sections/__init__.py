"""The sections of tightlog.toml that have a form of their own, one module each."""
