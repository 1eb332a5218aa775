"""Which answers of the staff's pages show data of people, found by the address that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask import Request, Response

from contest.accounts import queries as accounts
from contest.complaints import queries as complaints
from contest.privacy import pages, queries
from contest.web.addresses import current_contest


class Opened(NamedTuple):
    """What was shown, of whom."""

    what: str
    subjects: Iterable[str]
    about: str = ""


def opened_by(request: Request, response: Response) -> Opened | None:
    """Say whose data an answer shows; None where it shows none."""
    found = _SHOWING.get(request.endpoint or "")
    if found is None or request.method == "HEAD":
        return None
    if "attachment" in response.headers.get("Content-Disposition", ""):
        shown = found(**_numbers(request))
        return shown and shown._replace(what=pages.EXPORT)
    return found(**_numbers(request))


def _numbers(request: Request) -> dict[str, Any]:
    return {name: value for name, value in (request.view_args or {}).items() if name != "slug"}


def _dossier(entry_id: int, **more: Any) -> Opened | None:
    work = queries.work_in(current_contest, entry_id)
    return Opened(pages.DOSSIER, queries.authors_of(work), f"entry:{work.code}") if work is not None else None


def _people() -> Opened:
    return Opened(pages.PEOPLE, [one.user.subject for one in accounts.members(current_contest.id)])


def _complainant(number: int) -> Opened | None:
    found = complaints.complaint_at(current_contest, number)
    sender = found.complainant if found is not None else None
    if sender is None or sender.user_id is None:
        return None
    return Opened(pages.COMPLAINANT, queries.subjects_of_users([sender.user_id]), f"complaint:{number}")


def _bank(key: str, user_id: int) -> Opened:
    return Opened(pages.BANK, queries.subjects_of_users([user_id]), f"line:{key}")


def _letter(number: int) -> Opened | None:
    return Opened(pages.LETTER, queries.subjects_of_letter(current_contest.id, number), f"letter:{number}")


def _request(number: int) -> Opened | None:
    found = queries.request_in(current_contest, number)
    return Opened(pages.REQUEST, found.subjects[:1], f"data_request:{number}") if found is not None else None


_SHOWING: dict[str, Callable[..., Opened | None]] = {
    "screening_office.dossier": _dossier,
    "screening_office.differences": _dossier,
    "screening_office.original": _dossier,
    "accounts_office.people": _people,
    "complaints_office.contact": _complainant,
    "winners_payments.reveal": _bank,
    "operations_office.letter": _letter,
    "privacy_office.show": _request,
}
