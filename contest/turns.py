"""How far the typing in one window has come, so that a window is never taken for another one.

A page that is left sends its last text at once, without waiting for the saving that is still under way; so it cannot
know the version that saving will give. The server knows both by the window, and the later one by its turn.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """One of the texts typed in a window.

    :ivar window: random, of one page as it was opened; empty where no script counts
    :ivar number: counts the changes in that window
    """

    window: str = ""
    number: int = 0

    def is_overtaken_by(self, last: Turn) -> bool:
        """Whether the same window has saved this text already, or a later one."""
        return self._shares_window(last) and self.number <= last.number

    def goes_on_from(self, last: Turn) -> bool:
        """Whether the text that was saved last is an earlier one of the same window: nobody else's is lost then."""
        return self._shares_window(last) and self.number > last.number

    def _shares_window(self, last: Turn) -> bool:
        return self.window != "" and self.window == last.window


NOT_COUNTED = Turn()
