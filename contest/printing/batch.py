"""Many documents of one page each, drawn by two processes.

What comes out is the same, byte for byte, whether a sheet is drawn alone or among a thousand: each sheet knows all that
it needs, and what the sheets share (fonts, the frame) is loaded before the second process is forked off.

The fork ends by itself when its pipe does, so nothing is left behind if this process is killed.
"""

from __future__ import annotations

import gc
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from contest.errors import ContestError
from contest.printing.drawing import PrintingFailed

CHUNK = 10  # sheets handed over together: enough to share the work, few enough to stay small in memory
AHEAD = 2  # chunks that the fork holds, so that it never waits for this process


@dataclass(frozen=True)
class Sheet(ABC):
    """One document of a batch.

    :ivar title: of the document
    :ivar address: where to ask about it; for whoever finishes the document
    """

    title: str
    address: str

    @abstractmethod
    def drawn(self) -> bytes:
        """Draw the document; twice gives the same bytes."""


Finish = Callable[[Sheet, bytes], bytes]
Draw = Callable[[Sequence[Sheet]], list[bytes]]


def draw_sheets(sheets: Sequence[Sheet], *, finish: Finish | None = None) -> Iterator[bytes]:
    """Draw sheets one by one in the order given.

    :param finish: what is done with each document before it is handed out, in the process that drew it: signing
    :raise PrintingFailed: if something is missing
    :raise ContestError: if the words of a sheet cannot be set
    """

    def draw(chunk: Sequence[Sheet]) -> list[bytes]:
        drawn = ((sheet, sheet.drawn()) for sheet in chunk)
        return [finish(sheet, document) if finish else document for sheet, document in drawn]

    # The first sheet is drawn alone: what it loads, the fork has too.
    chunks = [sheets[:1], *(sheets[start : start + CHUNK] for start in range(1, len(sheets), CHUNK))]
    yield from draw(chunks.pop(0))
    if len(chunks) < 2:
        for chunk in chunks:
            yield from draw(chunk)
        return
    # What is loaded by now is never garbage: not looking through it again saves time, and memory that the fork shares.
    gc.freeze()
    try:
        with _Fork(draw, chunks) as fork:
            yield from _share(chunks, draw, fork)
    finally:
        gc.unfreeze()


def _share(chunks: list[Sequence[Sheet]], draw: Draw, fork: _Fork) -> Iterator[bytes]:
    """Give chunks to the fork ahead of time, draw others here, and hand out what is next in order."""
    drawn: dict[int, list[bytes]] = {}
    waiting = deque(enumerate(chunks))
    sent: deque[int] = deque()
    for number in range(len(chunks)):
        while number not in drawn:
            while waiting and len(sent) < AHEAD:
                ahead, _ = waiting.popleft()
                fork.send(ahead)
                sent.append(ahead)
            if waiting:
                own, chunk = waiting.popleft()
                drawn[own] = draw(chunk)
            while sent and (fork.is_ready() or not waiting):
                done, answer = sent.popleft(), fork.receive()
                # What the fork could not draw is tried here, where the refusal is heard with its words.
                drawn[done] = draw(chunks[done]) if answer is None else answer
        yield from drawn.pop(number)


class _Fork:
    """A copy of this process that draws chunks; it has them already, so that only their numbers are sent."""

    def __init__(self, draw: Draw, chunks: Sequence[Sequence[Sheet]]) -> None:
        context = get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._ours, draw, chunks), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> _Fork:
        return self

    def __exit__(self, *error: object) -> None:
        self._ours.close()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()

    def send(self, number: int) -> None:
        """Hand over a chunk by its number; the answers come back in the same order."""
        self._ours.send(number)

    def is_ready(self) -> bool:
        """Say whether an answer can be received without waiting."""
        return self._ours.poll()

    def receive(self) -> list[bytes] | None:
        """Take the next answer; None if the chunk could not be drawn."""
        try:
            answer: list[bytes] | None = self._ours.recv()
        except EOFError as error:
            raise PrintingFailed("the process that draws beside this one ended early") from error
        return answer


def _serve(pipe: Connection, other_end: Connection, draw: Draw, chunks: Sequence[Sequence[Sheet]]) -> None:
    """Answer chunks until the other process closes its end or is gone."""
    other_end.close()  # inherited: held open, it would keep this process waiting for ever
    while True:
        try:
            chunk = chunks[pipe.recv()]
        except EOFError:
            return
        try:
            pipe.send(draw(chunk))
        except (PrintingFailed, ContestError):
            pipe.send(None)
