"""``python -m konkyo``."""

import sys

from konkyo.cli import main

sys.exit(main())
