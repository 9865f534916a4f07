"""Run the command line: ``python -m kijun``."""

import sys

from kijun.cli import main

sys.exit(main())
