"""How fast somebody may look up codes: fast enough for a desk with a pile of paper, too slow for trying codes out."""

from __future__ import annotations

from collections import OrderedDict

BURST = 40  # look-ups at once
PER_SECOND = 1.0
REMEMBERED = 5000  # addresses


class Pace:
    """A bucket of look-ups for each network address, refilled by the second.

    It lives in one process and forgets at its end: it is a courtesy to the machine. That codes cannot be guessed rests
    on their 80 bits alone.
    """

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        self._burst, self._per_second = burst, per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, address: str, now: float) -> bool:
        """Take one look-up out of the bucket of an address.

        :param now: seconds of a clock that never goes back
        :return: whether there was one left
        """
        left, at = self._buckets.pop(address, (float(self._burst), now))
        left = min(self._burst, left + (now - at) * self._per_second)
        allowed = left >= 1
        self._buckets[address] = (left - 1 if allowed else left, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
