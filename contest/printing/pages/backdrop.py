"""A picture or a page of somebody else's, laid under a document as a picture of dots."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

import pypdfium2
from PIL import Image

from contest.printing.drawing import PrintingFailed

DOTS_PER_INCH = 300
LARGEST = (4961, 3508)  # dots of A3 lying: more is not seen on paper
QUALITY = 90


@dataclass(frozen=True)
class Backdrop:
    """Dots that cover the whole page, silent for a screen reader.

    A JPEG picture that is not too large is taken as it is; whoever lets strangers send one encodes it anew. A page of
    PDF becomes dots too: nothing of a stranger's file comes into ours, neither its fonts nor its scripts.

    :ivar content: a JPEG picture
    """

    identity: str
    content: bytes
    width: int
    height: int

    @staticmethod
    def of(content: bytes) -> Backdrop:
        """Read a JPEG or PNG picture, or the first page of a PDF document.

        :raise PrintingFailed: if it is none of these
        """
        try:
            image = (
                _page(content) if content.startswith(b"%PDF") else Image.open(BytesIO(content), formats=("JPEG", "PNG"))
            )
            small = image.width <= LARGEST[0] and image.height <= LARGEST[1]
            if small and image.format == "JPEG" and image.mode == "RGB":
                image.load()
                return Backdrop(sha256(content).hexdigest()[:12], content, *image.size)
            image.thumbnail(LARGEST)
            out = BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=QUALITY)
        except (OSError, ValueError, pypdfium2.PdfiumError, Image.DecompressionBombError) as error:
            raise PrintingFailed(f"a background cannot be read: {error}") from error
        return Backdrop(sha256(out.getvalue()).hexdigest()[:12], out.getvalue(), *image.size)


def _page(content: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        shown: Image.Image = document[0].render(scale=DOTS_PER_INCH / 72).to_pil()
        return shown
