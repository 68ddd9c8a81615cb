"""The command ``konkyo``, and ``python -m konkyo``."""

import sys

from konkyo.common.child import trust_the_installation


def main() -> int:
    """Run one command; return its exit code."""
    trust_the_installation()
    from konkyo.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
