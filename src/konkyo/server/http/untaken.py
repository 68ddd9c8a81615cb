"""Large answers that wait in the server's memory for clients to take them: a bound over all, and a share for each."""

from __future__ import annotations

from collections import Counter

LARGE = 256 * 1024
"""What is smaller lies between the two ends of a connection in any case."""
PART = 256 * 1024
"""A large answer is handed on in parts, each when the client has taken most of the one before."""
_SHARES = 4


class UntakenAnswers:
    """Bytes of large answers that are being sent, at most ``most`` in all and a quarter of that for one client."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.waiting = 0
        self.refused = 0
        self._of: Counter[str] = Counter()

    def take(self, client: str, size: int) -> bool:
        """Count an answer, unless there is no room; one answer alone always has room."""
        held = self._of.get(client, 0)
        if (held and held + size > self.most // _SHARES) or (
            self.waiting and self.waiting + size > self.most
        ):
            self.refused += 1
            return False
        self.waiting += size
        self._of[client] += size
        return True

    def free(self, client: str, size: int) -> None:
        """Count an answer no more: it was sent, or its client has gone."""
        self.waiting -= size
        self._of[client] -= size
        if self._of[client] <= 0:
            del self._of[client]
