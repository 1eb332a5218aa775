"""What a file is, found out in a process that cannot hurt us."""

from dataclasses import dataclass
from pathlib import Path

from contest.storage import errors, limited
from contest.storage.models import Kind

SECONDS = 30
MILLION_PIXELS = 120

REFUSALS = {
    "unknown": errors.FileKindUnknown,
    "broken": errors.FileBroken,
    "locked": errors.FileLocked,
    "complicated": errors.FileTooComplicated,
    "macros": errors.MacrosInside,
    "pixels": errors.ImageTooManyPixels,
}


@dataclass(frozen=True)
class Sniffed:
    """What the content says; the name and the browser were not asked."""

    kind: Kind
    media_type: str
    active: bool = False  # scripts or embedded files inside: keep it away from people who only need to look


def sniff(path: Path) -> Sniffed:
    """Find out what a file is and that it opens.

    :raise FileRefused: with the sentence for whoever sent it
    """
    try:
        answer = limited.ask("examining.py", "examine", seconds=SECONDS, path=str(path))
    except errors.ParserFailed as error:
        raise errors.FileTooComplicated from error
    if "refused" in answer:
        raise REFUSALS[answer["refused"]](limit=MILLION_PIXELS)
    return Sniffed(Kind(answer["kind"]), answer["media_type"], answer["active"])
