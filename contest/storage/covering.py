"""A picture of somebody's that covers a whole sheet, made in the limited process when it arrives."""

from pathlib import Path
from typing import Any

from contest.errors import N_
from contest.storage import derivatives, files, limited
from contest.storage.errors import FileRefused, FileTooComplicated, ParserFailed
from contest.storage.places import Received
from contest.storage.sniff import sniff

SECONDS = 30
TYPES = {"application/pdf", "image/jpeg", "image/png"}
LEAST = 1754  # dots across: 150 an inch of A4 lying


class NoPicture(FileRefused):
    """Something that is neither a picture nor a page."""

    message = N_("This is neither a PNG or JPEG picture nor a PDF document. Choose such a file.")


class NoSuchPage(FileRefused):
    """A document with fewer pages."""

    message = N_("The document has no page %(page)s. Choose one that it has.")


class OtherShape(FileRefused):
    """A picture that would have to be cut too much to cover the sheet."""

    message = N_("The picture must lie and have about the shape of the sheet, 297 × 210. Cut it to that shape first.")


class TooCoarse(FileRefused):
    """:param least: dots across"""

    message = N_("The picture is too coarse to be printed. It needs at least %(least)s dots across.")


def cover(received: Received, *, page: int, shape: tuple[float, float]) -> Received:
    """Make a JPEG picture that covers a sheet; nothing else of the file comes along. Call it before the transaction.

    :param page: of a PDF, counted from 1
    :param shape: width and height of the sheet
    :raise FileRefused: with the sentence for whoever sent it
    """
    path = files.path(received.sha256)
    if sniff(path).media_type not in TYPES:
        raise NoPicture
    with derivatives.in_workspace() as folder:
        options: dict[str, Any] = {"path": str(path), "folder": folder, "page": page, "shape": shape, "least": LEAST}
        try:
            answer = limited.ask("drawing.py", "cover", seconds=SECONDS, **options)
        except ParserFailed as error:
            raise FileTooComplicated from error
        refused = {"page": NoSuchPage(page=page), "shape": OtherShape(), "coarse": TooCoarse(least=LEAST)}
        if "failed" in answer:
            raise refused[answer["failed"]]
        return files.adopt(Path(answer["file"]))
