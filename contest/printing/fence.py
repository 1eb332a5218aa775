"""The fence around the drawing engine: what a document may read, and nothing else.

WeasyPrint fetches every address that it meets in HTML, CSS and SVG; by default that includes any file of the machine
and any host of the network. Here an address is answered only if it is one of three kinds, and any other stops the
drawing: our templates ask for nothing else, so a refused address is either an attack or a mistake of ours.
"""

from __future__ import annotations

from mimetypes import guess_type
from urllib.parse import unquote, urlsplit

import fontpkg
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from contest.printing.folder import BASE, print_folder
from contest.printing.fonts import font_bytes


class Fence(URLFetcher):
    """Answers addresses of our print folder, of installed fonts (``font:``) and of embedded images (``data:``)."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.folder = print_folder().resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Answer an address, or stop the drawing."""
        try:
            if url.startswith("font:"):
                return self._font(url)
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            return self._file(url)
        except (OSError, ValueError, fontpkg.FontpkgError) as error:
            raise FatalURLFetchingError(f"a document asked for {url[:200]!r}: {error}") from error

    def _font(self, url: str) -> URLFetcherResponse:
        family, weight, style = unquote(url.removeprefix("font:")).split("/")
        return URLFetcherResponse(url, font_bytes(family, int(weight), style), {"Content-Type": "font/ttf"})

    def _file(self, url: str) -> URLFetcherResponse:
        if not url.startswith(BASE):
            raise ValueError("outside the print folder")
        # Decoded first: an encoded ".." would pass a check of the address and still leave the folder.
        name = unquote(urlsplit(url).path).removeprefix(urlsplit(BASE).path)
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder):
            raise ValueError("outside the print folder")
        # Without a media type WeasyPrint drops a style sheet in silence.
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": guess_type(path.name)[0] or ""})
