"""``python -m konkyo.cli``."""

import sys

from konkyo.cli import main

sys.exit(main())
