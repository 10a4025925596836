"""`python -m tightlog` is `tightlog`."""

import sys

from tightlog.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
