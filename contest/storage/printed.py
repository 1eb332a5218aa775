"""A Word document as a PDF, by way of clean HTML. Runs in the limited process only (see child.py)."""

import base64
import html
import io
import sys
from pathlib import Path
from typing import Any

MOST_PIXELS = 120_000_000
WIDEST = 1600

TAGS = "h1 h2 h3 h4 h5 h6 p br strong em s u sup sub ul ol li table thead tbody tr th td img blockquote"
ATTRIBUTES = {"img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
PAGE = '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{}</title></head><body>{}</body></html>'


def pdf(path: str, folder: str) -> dict[str, Any]:
    """Print the words and pictures of a document; scripts, styles, fields and links stay behind."""
    sys.path.insert(0, str(Path(__file__).parents[2]))  # an isolated process does not know where the package is
    from contest.printing import draw

    with Path(path).open("rb") as document:
        clean = words(document)
    target = Path(folder) / "words.pdf"
    target.write_bytes(draw(PAGE.format(html.escape("Tài liệu"), clean)))
    return {"made": [{"file": str(target), "part": "pdf", "position": 1, "type": "application/pdf"}]}


def words(document: Any) -> str:
    """The content of a Word document as HTML that can neither run nor load anything."""
    import mammoth
    import nh3

    written = mammoth.convert_to_html(document, convert_image=mammoth.images.img_element(embedded)).value
    clean: str = nh3.clean(written, tags=set(TAGS.split()), attributes=ATTRIBUTES, url_schemes={"data"})
    return clean


def embedded(image: Any) -> dict[str, str]:
    """A picture of the document encoded anew; one that cannot be read leaves its place empty."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with image.open() as file, Image.open(io.BytesIO(file.read()), formats=["JPEG", "PNG", "TIFF"]) as original:
            picture = original.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return {}
    picture.thumbnail((WIDEST, WIDEST))
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=82)
    return {"src": "data:image/jpeg;base64," + base64.b64encode(data.getvalue()).decode()}
