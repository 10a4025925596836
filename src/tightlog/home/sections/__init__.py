"""The sections of tightlog.toml that are more than single values."""
