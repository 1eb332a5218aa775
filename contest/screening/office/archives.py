"""All dossiers of a category in one archive, to be read where there is no connection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from contest import audit, clock, storage
from contest.database import transaction
from contest.regulations.entering import Category
from contest.screening import documents, queries
from contest.screening.documents import Packed
from contest.screening.folders import Kept, folder_of, part, places
from contest.screening.forms import PressForm
from contest.screening.lines import shown_code
from contest.screening.office.blueprint import bp
from contest.storage.archives import is_there, serve_archive
from contest.web import wall
from contest.web.access import guard_fresh
from contest.web.addresses import current_contest
from contest.web.tables import as_xlsx


@dataclass(frozen=True)
class Offer:
    """What the archive of a category comes to."""

    category: Category
    works: int
    files: int
    size: int


@bp.get("/tron-goi")
def archives() -> str:
    """Say for each category how many dossiers there are, and how large all their files are."""
    return render_template(
        "screening/archives.html",
        offers=[_offer(category) for category in current_contest.regulation.categories],
        leaves_out=bool(wall.hidden()),
        press=PressForm(formdata=None),
    )


def _offer(category: Category) -> Offer:
    found = [work.files for work in queries.dossiers(current_contest.id, category.code, now=clock.now())]
    return Offer(category, len(found), sum(map(len, found)), sum(file["size"] for files in found for file in files))


@bp.post("/tron-goi/<category>.zip")
@guard_fresh
def archive(category: str) -> Response:
    """Give all dossiers of a category as they were last sent, with an index; who took them is in the log."""
    if not PressForm().validate_on_submit():
        abort(400)
    named = next((one for one in current_contest.regulation.categories if one.code == category), None) or abort(404)
    now = clock.now()
    works = list(_packed(named))
    title = _("%(category)s: dossiers", category=named.name)
    index = documents.packed_table(works, current_contest.regulation, title=title, note=_note())
    files = documents.packed_files_table(works, title=title)
    first = {
        _index_name(_("List of works")): as_xlsx(index, now=now),
        _index_name(_("List of files")): as_xlsx(files, now=now),
    }
    there = {path: file for work in works for path, (file, found) in work.files.items() if found}
    with transaction():
        audit.record(
            "dossiers.exported",
            contest_id=current_contest.id,
            by=current_user,
            about=f"category:{named.code}",
            now=now,
            details={"works": len(works), "files": len(there)},
        )
    name = f"ho-so-{named.prefix.lower()}-{current_contest.slug}-{clock.local(now):%Y%m%d-%H%M}.zip"
    return serve_archive(name, first, {path: (file.sha256, file.size) for path, file in there.items()})


def _index_name(title: str) -> str:
    return f"00 {part(title, 60)}.xlsx"


def _note() -> str:
    """What is not in the archive; whether anything of this category is left out is nothing to be learnt from it."""
    said = [_("Files as they were last sent. Works that were withdrawn are not here.")]
    if wall.hidden():
        said.append(_("Works that you may not hear of because of an interest are not here either."))
    return " ".join(said)


def _packed(category: Category) -> Iterator[Packed]:
    works = list(queries.dossiers(current_contest.id, category.code, now=clock.now()))
    kept_back = storage.withheld({file["sha256"] for work in works for file in work.files})
    for work in works:
        folder = folder_of(shown_code(work.line.code, category), work.line.title)
        kept = places(folder, _kept(work.files, category))
        there = {
            path: (file, file.sha256 not in kept_back and is_there(file.sha256, file.size))
            for path, file in kept.items()
        }
        yield Packed((work.line, work.people), folder, there)


def _kept(files: list[dict[str, Any]], category: Category) -> list[Kept]:
    """The files of a work in the order of the dossier; what the regulation no longer asks for stands last."""
    slots = {slot.code: (order, slot.name) for order, slot in enumerate(category.slots, 1)}
    found = []
    for file in files:
        order, name = slots.get(file["slot"], (len(slots) + 1, file["slot"]))
        found.append(Kept(order, name, file["name"], file["sha256"], file["size"], file["media_type"]))
    return sorted(found, key=lambda file: file.order)
