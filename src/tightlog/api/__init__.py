"""tightlog for Python: `tightlog.open(home)`."""
