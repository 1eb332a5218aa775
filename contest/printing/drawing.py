"""Draw HTML as PDF through WeasyPrint: fenced, tagged, and the same bytes every time.

WeasyPrint is read where something is drawn: it takes 32 MB, and most commands and many processes draw nothing.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from threading import RLock
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from flask import render_template

from contest.printing.folder import BASE

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

_one_at_a_time = RLock()  # Pango's font map, shared below, is not made for threads


class PrintingFailed(RuntimeError):
    """A document asked for a font, a style sheet or an image that it may not or cannot have."""


@cache
def _fonts() -> FontConfiguration:
    """One set of loaded fonts for the life of the process: loading them is half of the time of a short document."""
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_let_go)
    return FontConfiguration()


def _let_go() -> None:
    """Let go of the fonts while their library, which was read last and so ends first, can still put them away."""
    _stylesheet.cache_clear()
    _fonts.cache_clear()


@cache
def _stylesheet(name: str) -> CSS:
    from weasyprint import CSS

    from contest.printing.fence import Fence

    return CSS(url=BASE + name, url_fetcher=Fence(), font_config=_fonts())


@contextmanager
def drawing(css: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Hold the engine, and give the options of whatever is drawn meanwhile.

    :return: ``source`` for `weasyprint.HTML`, the rest for rendering
    :raise PrintingFailed: if something that is asked for inside is missing or not allowed
    """
    from weasyprint.urls import FatalURLFetchingError

    from contest.printing.fence import Fence

    try:
        with _one_at_a_time:
            yield {
                "source": {"base_url": BASE, "url_fetcher": Fence()},
                "font_config": _fonts(),
                "stylesheets": [_stylesheet(name) for name in ("fonts.css", *css)],
            }
    except FatalURLFetchingError as error:
        raise PrintingFailed(str(error)) from error


def draw(html: str, *, css: Sequence[str] = ("official.css",)) -> bytes:
    """Draw a whole HTML page as a PDF document.

    :param html: a page with a language and a title, which PDF/UA asks for
    :param css: names of files in ``static/print``
    :raise PrintingFailed: if something that the page needs is missing or is not allowed
    """
    from weasyprint import HTML

    html = normalize("NFC", html)
    identity = sha256(html.encode()).digest()[:16]
    with drawing(css) as options:
        page = HTML(string=html, **options.pop("source"))
        written: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identity, **options)
    return written


def pdf(template: str, *, css: Sequence[str] = ("official.css",), title: str, **context: Any) -> bytes:
    """Draw a template as a PDF document.

    :param template: a template that extends ``printing/sheet.html``
    :param css: names of files in ``static/print``
    :param title: title of the document, kept in its metadata and shown by readers
    :raise PrintingFailed: if something that the document needs is missing or is not allowed
    """
    return draw(render_template(template, title=title, **context), css=css)
