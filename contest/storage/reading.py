"""The words in a file: what it shows, and what it carries along unseen. Runs in the limited process (see child.py)."""

import re
import zipfile
from collections.abc import Iterable
from typing import Any

MOST_PAGES = 300
MOST_LETTERS = 400_000
MOST_TAGS = 200


def words(path: str, kind: str) -> dict[str, Any]:
    """The text of a file page by page under ``pages``, and its metadata under ``tags``."""
    reader = {"pdf": _pdf, "docx": _docx, "image": _image}.get(kind, _media)
    pages, tags = reader(path)
    return {"pages": _bounded(pages), "tags": [str(tag)[:2000] for tag in tags][:MOST_TAGS]}


def _bounded(pages: Iterable[str]) -> list[str]:
    kept, left = [], MOST_LETTERS
    for page in pages:
        kept.append(page[:left])
        left -= len(page)
        if left <= 0:
            break
    return kept


def _pdf(path: str) -> tuple[list[str], list[str]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        pages.append(page.get_textpage().get_text_range())
        page.close()
    return pages, list(document.get_metadata_dict().values())


def _docx(path: str) -> tuple[list[str], list[str]]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        shown = [name for name in names if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name)]
        body = " ".join(_text(archive.read(name)) for name in shown)
        tags = [_text(archive.read(name)) for name in names if name.startswith("docProps/") and name.endswith(".xml")]
    return [body], tags


def _text(xml: bytes) -> str:
    """The text between the tags; a paragraph ends a word, a change of the letters does not."""
    spaced = re.sub(rb"</(?:w:p|w:tc|w:tab|dc:[a-z]+|cp:[A-Za-z]+)>|<w:(?:br|tab)[^>]*>", b" ", xml)
    return re.sub(rb"<[^>]*>", b"", spaced).decode("utf-8", "replace")


def _image(path: str) -> tuple[list[str], list[str]]:
    from PIL import Image

    with Image.open(path, formats=["JPEG", "PNG", "WEBP", "TIFF"]) as picture:
        tags = [str(value) for value in picture.getexif().values()]
        tags += [value if isinstance(value, str) else repr(value) for value in picture.info.values()]
    return [], tags


def _media(path: str) -> tuple[list[str], list[str]]:
    import av

    with av.open(path, options={"protocol_whitelist": "file"}) as container:
        held = [container.metadata, *(stream.metadata for stream in container.streams)]
    return [], [value for tags in held for value in tags.values()]
