"""What a person is asked to agree to when an account is made, by version."""

from __future__ import annotations

from dataclasses import dataclass

from contest.errors import N_


@dataclass(frozen=True)
class Notice:
    """A text of which the row keeps the very words. Changed words are the next version."""

    code: str
    version: int
    text: str  # message id


ACCOUNT_NOTICE = Notice(
    code="account",
    version=1,
    text=N_(
        "I agree that the organizers keep my name, pen names, e-mail, telephone number and unit to receive and judge "
        "works, to write to me and to announce the results. I may see, correct and withdraw them at any time; the "
        "names of published awards stay in the record as the law requires."
    ),
)
