"""Which documents there are, what each is, and from which moment on it can be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contest.errors import N_
from contest.results.visibility import Fact


class Field(StrEnum):
    """What a draft needs that no record holds."""

    NUMBER = "number"
    DATED_ON = "dated_on"
    PLACE = "place"
    ADDRESSEE = "addressee"
    GROUNDS = "grounds"
    AUTHORITY = "authority"
    HELD_AT = "held_at"
    VENUE = "venue"
    REMARKS = "remarks"
    POWER = "power"
    SIGNER_TITLE = "signer_title"
    SIGNER_NAME = "signer_name"
    RECIPIENTS = "recipients"

    @property
    def has_lines(self) -> bool:
        """Whether it takes several lines."""
        return self in (Field.GROUNDS, Field.POWER, Field.RECIPIENTS, Field.REMARKS)


_DATED = (Field.DATED_ON, Field.PLACE)
_SIGNED = (Field.POWER, Field.SIGNER_TITLE, Field.SIGNER_NAME)
_LETTER = (Field.NUMBER, *_DATED)


class Kind(StrEnum):
    """A kind of document; its value stands in addresses."""

    SCORE_SHEETS = "phieu-cham"
    SCORES = "bang-tong-hop-diem"
    MINUTES = "bien-ban"
    PROPOSAL = "to-trinh"
    DECISION = "quyet-dinh"
    AMENDMENT = "quyet-dinh-thay-doi"
    NOTICE = "thong-bao-niem-yet"
    CEREMONY = "danh-sach-trao-giai"
    PAYMENT = "bang-ke-tien-thuong"
    INVITATIONS = "thu-moi"
    REPORT = "bao-cao-tong-ket"


@dataclass(frozen=True, slots=True)
class About:
    """What a kind of document is.

    :ivar name: message id
    :ivar says: message id of a sentence that says what it is for
    :ivar sign: letters of the kind in the number of the document
    :ivar facts: what somebody must be allowed to see
    """

    name: str
    says: str
    sign: str
    facts: tuple[Fact, ...]
    fields: tuple[Field, ...]


ABOUT: Final[dict[Kind, About]] = {
    Kind.SCORE_SHEETS: About(
        N_("Score sheets of a juror"),
        N_("Every sheet that counts, a page each, for the juror to sign."),
        "",
        (Fact.STANDINGS,),
        (),
    ),
    Kind.SCORES: About(
        N_("Table of scores"),
        N_("All works of a round with the total of each juror, the mean and the place, for the council to sign."),
        "",
        (Fact.STANDINGS,),
        _DATED,
    ),
    Kind.MINUTES: About(
        N_("Minutes of the council"),
        N_("What a meeting discussed and decided, for whoever presided and the secretary to sign."),
        "BB",
        (),
        (),
    ),
    Kind.PROPOSAL: About(
        N_("Submission to the body in charge"),
        N_("Asks the body in charge to give the proposed prizes; the list is its annex."),
        "TTr",
        (Fact.PROPOSAL, Fact.MONEY),
        (*_LETTER, Field.ADDRESSEE, *_SIGNED, Field.RECIPIENTS),
    ),
    Kind.NOTICE: About(
        N_("Notice of posting"),
        N_("Tells how long the proposed list hangs and where to object; without scores and money."),
        "TB",
        (Fact.PROPOSAL,),
        (*_LETTER, *_SIGNED, Field.RECIPIENTS),
    ),
    Kind.DECISION: About(
        N_("Decision on the prizes"),
        N_("Gives the prizes; the list of winners is its annex."),
        "QĐ",
        (Fact.PROPOSAL,),
        (*_LETTER, Field.GROUNDS, Field.AUTHORITY, *_SIGNED, Field.RECIPIENTS),
    ),
    Kind.AMENDMENT: About(
        N_("Decision that corrects or revokes"),
        N_("Changes what an earlier decision gave, with the reason."),
        "QĐ",
        (Fact.DECISION,),
        (Field.PLACE, Field.GROUNDS, Field.AUTHORITY, Field.POWER, Field.RECIPIENTS),
    ),
    Kind.CEREMONY: About(
        N_("List for the ceremony"),
        N_("Who comes to the stage in which order, and the names as they are read aloud."),
        "",
        (Fact.DECISION,),
        (*_DATED, Field.HELD_AT, Field.VENUE),
    ),
    Kind.PAYMENT: About(
        N_("List of prize money"),
        N_("What is paid to whom, with the sum in words and room for signatures."),
        "",
        (Fact.DECISION, Fact.MONEY),
        (*_DATED, *_SIGNED),
    ),
    Kind.INVITATIONS: About(
        N_("Letters of invitation"),
        N_("One letter for each winner, all in one file."),
        "GM",
        (Fact.DECISION,),
        (*_LETTER, Field.HELD_AT, Field.VENUE, Field.REMARKS, *_SIGNED),
    ),
    Kind.REPORT: About(
        N_("Final report"),
        N_("The contest in figures: works, newsrooms, places, weeks, jurors, prizes, with charts."),
        "BC",
        (Fact.DECISION, Fact.STANDINGS),
        (*_LETTER, Field.REMARKS, *_SIGNED, Field.RECIPIENTS),
    ),
}


def number_with_sign(symbol: str, sign: str) -> str:
    """Put the letters of a kind in place of those of a decision: "QĐ/BTGDVTU" → "TTr/BTGDVTU"."""
    return sign + symbol.removeprefix("QĐ") if symbol.startswith("QĐ") else symbol
