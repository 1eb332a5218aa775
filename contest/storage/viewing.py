"""A file as a page shows it: what there is to look at, where it lies, and what may be taken home."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contest.storage.models import Blob, Derivative, DerivedState, Kind, Part

Address = Callable[[str, int], str]


@dataclass(frozen=True)
class ViewedPage:
    """One page or picture.

    :ivar larger_url: the same, larger; of a page that is large already, the page itself
    """

    url: str
    larger_url: str
    width: int
    height: int


@dataclass(frozen=True)
class ViewedFile:
    """One file of a dossier, for the macro ``viewer`` of ``storage/_viewer.html``.

    :ivar kind: pdf, image, audio, video or docx
    :ivar download_url: of the original; None for those who may only look
    :ivar printed_url: of the PDF made from a Word document
    :ivar state: waiting, done or failed
    :ivar problem: message id of the sentence that says why there is nothing to look at
    :ivar active: whether the original carries scripts or files of its own
    """

    name: str
    slot_name: str
    kind: str
    size: int
    pages: Sequence[ViewedPage] = ()
    media_url: str | None = None
    media_type: str = ""
    seconds: int | None = None
    width: int | None = None
    height: int | None = None
    download_url: str | None = None
    printed_url: str | None = None
    state: str = DerivedState.DONE
    problem: str | None = None
    active: bool = False


def viewed(
    name: str,
    blob: Blob,
    made: Sequence[Derivative],
    *,
    slot_name: str,
    address: Address,
    download_url: str | None = None,
) -> ViewedFile:
    """Put together what a page shows of a file.

    :param name: as the page calls it; in a blind round not as the author did
    :param made: the derivatives of the file, in order
    :param address: gives the address of a derivative from its part and position
    """
    of: dict[str, list[Derivative]] = {part: [] for part in Part}
    for derivative in made:
        of[derivative.part].append(derivative)
    recording = of[Part.MEDIA][0] if of[Part.MEDIA] else None
    return ViewedFile(
        name=name,
        slot_name=slot_name,
        kind=blob.kind or "",
        size=blob.size,
        pages=_picture(of[Part.IMAGE], address) if blob.kind == Kind.IMAGE else _pages(of[Part.PAGE], address),
        media_url=address(Part.MEDIA, 1) if recording else None,
        media_type=recording.media_type if recording else "",
        seconds=recording.seconds if recording else None,
        width=recording.width if recording else None,
        height=recording.height if recording else None,
        download_url=download_url,
        printed_url=address(Part.PDF, 1) if of[Part.PDF] else None,
        state=blob.derived,
        problem=blob.derived_problem,
        active=blob.active_content,
    )


def _pages(made: Sequence[Derivative], address: Address) -> list[ViewedPage]:
    pages = []
    for page in made:
        url = address(Part.PAGE, page.position)
        pages.append(ViewedPage(url, url, page.width or 0, page.height or 0))
    return pages


def _picture(made: Sequence[Derivative], address: Address) -> list[ViewedPage]:
    if not made:
        return []
    first, last = made[0], made[-1]
    url, larger = address(Part.IMAGE, first.position), address(Part.IMAGE, last.position)
    return [ViewedPage(url, larger, first.width or 0, first.height or 0)]
