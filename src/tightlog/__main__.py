"""`python -m tightlog` is `tightlog`."""

import sys

from tightlog.cli import main

if __name__ == "__main__":
    sys.exit(main())
