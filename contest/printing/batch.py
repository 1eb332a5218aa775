"""Many documents of one page each, over one background that is drawn once.

Drawing the background anew costs more than all the text of a sheet. So sheets are laid out some at a time, each page
is written as a document of its own, with its own fonts and tags, and the background is put under it as a form that is
only copied (an artifact, silent for a screen reader). What comes out is the same, byte for byte, whether a sheet is
drawn alone or among a thousand, and the same on paper as if the style sheet had drawn the background.

Two processes share the work: this one and a fork of it. The fork ends by itself when its pipe does, so nothing is left
behind if this process is killed.
"""

from __future__ import annotations

import gc
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any
from unicodedata import normalize

import pikepdf
import pydyf
import weasyprint
from weasyprint.document import Document, DocumentMetadata

from contest.printing.drawing import PrintingFailed, drawing

CHUNK = 10  # sheets laid out together: enough to share the work, few enough to stay small in memory
AHEAD = 2  # chunks that the fork holds, so that it never waits for this process

PAGE = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>-</title><style>{style}</style></head>'
    "<body>{markup}</body></html>"
)
BACKGROUND = '@page {{ size: A4 landscape; margin: 0; background: url("{name}") 0 0 / 100% 100% no-repeat }}'


@dataclass(frozen=True)
class Sheet:
    """One page of a batch.

    :ivar markup: one element that fills exactly one page
    :ivar title: title of the document that the page becomes
    :ivar address: where to ask about it; for whoever finishes the document
    """

    markup: str
    title: str
    address: str = ""


def draw_sheets(
    sheets: Sequence[Sheet],
    *,
    css: Sequence[str],
    background: str,
    finish: Callable[[Sheet, bytes], bytes] | None = None,
) -> Iterator[bytes]:
    """Draw sheets as documents of one page, one by one in the order given.

    :param css: names of files in ``static/print``
    :param background: name of an SVG file there that covers the whole page
    :param finish: what is done with each document before it is handed out, in the process that drew it: signing
    :raise PrintingFailed: if something is missing, or a sheet does not fill exactly one page
    """
    chunks = [sheets[start : start + CHUNK] for start in range(0, len(sheets), CHUNK)]
    draw = _Drawer(tuple(css), background, finish)
    if len(chunks) < 2:
        for chunk in chunks:
            yield from draw(chunk)
        return
    draw.load()
    # What is loaded by now is never garbage: not looking through it again saves time, and memory that the fork shares.
    gc.freeze()
    try:
        with _Fork(draw) as fork:
            yield from _share(chunks, draw, fork)
    finally:
        gc.unfreeze()


def _share(chunks: list[Sequence[Sheet]], draw: _Drawer, fork: _Fork) -> Iterator[bytes]:
    """Give chunks to the fork ahead of time, draw others here, and hand out what is next in order."""
    drawn: dict[int, list[bytes]] = {}
    waiting = deque(enumerate(chunks))
    sent: deque[int] = deque()
    for number in range(len(chunks)):
        while number not in drawn:
            while waiting and len(sent) < AHEAD:
                ahead, chunk = waiting.popleft()
                fork.send(chunk)
                sent.append(ahead)
            if waiting:
                own, chunk = waiting.popleft()
                drawn[own] = draw(chunk)
            while sent and (fork.is_ready() or not waiting):
                drawn[sent.popleft()] = fork.receive()
        yield from drawn.pop(number)


@dataclass(frozen=True)
class _Drawer:
    """Draws chunks of sheets with the same style sheets and background."""

    css: tuple[str, ...]
    background: str
    finish: Callable[[Sheet, bytes], bytes] | None = None

    def load(self) -> None:
        """Load fonts, style sheets and background, so that a fork has them too."""
        with drawing(self.css):
            Stamp.of(self.background)

    def __call__(self, chunk: Sequence[Sheet]) -> list[bytes]:
        markup = normalize("NFC", "".join(sheet.markup for sheet in chunk))
        html = PAGE.format(style="", markup=markup)
        with drawing(self.css) as options:
            stamp = Stamp.of(self.background)
            laid_out = weasyprint.HTML(string=html, **options.pop("source")).render(pdf_variant="pdf/ua-1", **options)
            if len(laid_out.pages) != len(chunk):
                raise PrintingFailed(f"{len(chunk)} sheets took {len(laid_out.pages)} pages")
            return [self._write(laid_out, number, sheet, stamp) for number, sheet in enumerate(chunk)]

    def _write(self, laid_out: Document, number: int, sheet: Sheet, stamp: Stamp) -> bytes:
        single = laid_out.copy([laid_out.pages[number]])
        single.metadata = DocumentMetadata(title=normalize("NFC", sheet.title), lang="vi")
        identity = sha256(f"{sheet.title}\0{sheet.markup}".encode()).digest()[:16]
        written: bytes = single.write_pdf(finisher=stamp.put_under, pdf_variant="pdf/ua-1", pdf_identifier=identity)
        return self.finish(sheet, written) if self.finish is not None else written


@dataclass(frozen=True)
class Stamp:
    """A background, drawn once and compressed, ready to be put under any page of its size."""

    content: bytes
    box: tuple[float, ...]
    matrix: tuple[float, ...]

    @staticmethod
    @cache
    def of(name: str) -> Stamp:
        """Draw an SVG file of the print folder as a stamp."""
        page = PAGE.format(style=BACKGROUND.format(name=escape(name)), markup="")
        with drawing(()) as options:
            drawn = weasyprint.HTML(string=page, **options.pop("source")).write_pdf(**options)
        with pikepdf.open(BytesIO(drawn)) as document:
            (form,) = document.pages[0].Resources.XObject.values()
            content = re.sub(rb"/[Aa]1\.0 gs\n", b"", form.read_bytes())
            if re.search(rb"\b(gs|Do|Tf|sh|scn|SCN)\b", content):
                raise PrintingFailed(f"{name} uses more than strokes and fills of solid inks")
            height = float(document.pages[0].mediabox[3])
            return Stamp(zlib.compress(content, 9), tuple(map(float, form.BBox)), (0.75, 0, 0, -0.75, 0, height))

    def put_under(self, document: Document, pdf: Any) -> None:
        """Put the stamp under the only page of a document that is about to be written."""
        form = pydyf.Stream(
            [self.content],
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array(self.box),
                "Matrix": pydyf.Array(self.matrix),
                "Resources": pydyf.Dictionary(),
                "Filter": "/FlateDecode",
            },
        )
        under = pydyf.Stream([b"/Artifact BMC q /Background Do Q EMC"])
        pdf.add_object(form)
        pdf.add_object(under)
        (page,) = (
            thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page"
        )
        resources = _referred(pdf, page["Resources"])
        resources["XObject"]["Background"] = form.reference
        page["Contents"] = pydyf.Array([under.reference, page["Contents"]])


def _referred(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


class _Fork:
    """A copy of this process that draws chunks."""

    def __init__(self, draw: _Drawer) -> None:
        context = get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._ours, draw), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> _Fork:
        return self

    def __exit__(self, *error: object) -> None:
        self._ours.close()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()

    def send(self, chunk: Sequence[Sheet]) -> None:
        """Hand over a chunk; the answers come back in the same order."""
        self._ours.send(chunk)

    def is_ready(self) -> bool:
        """Say whether an answer can be received without waiting."""
        return self._ours.poll()

    def receive(self) -> list[bytes]:
        """Take the next answer."""
        try:
            answer: list[bytes] | str = self._ours.recv()
        except EOFError as error:
            raise PrintingFailed("the process that draws beside this one ended early") from error
        if isinstance(answer, str):
            raise PrintingFailed(answer)
        return answer


def _serve(pipe: Connection, other_end: Connection, draw: _Drawer) -> None:
    """Answer chunks until the other process closes its end or is gone."""
    other_end.close()  # inherited: held open, it would keep this process waiting for ever
    while True:
        try:
            chunk = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(draw(chunk))
        except PrintingFailed as failure:
            pipe.send(str(failure))
