"""How the contest appears on paper: letterhead, certificates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contest.regulations.shape import Flag, Line, Name, Part, Pattern, Prose


class Letterhead(Part):
    """The head and the signature of official documents.

    Party organs write under "Đảng Cộng sản Việt Nam" (36-HD/VPTW), others under the national motto
    (Nghị định 30/2020/NĐ-CP); never both on one sheet.
    """

    profile: Literal["party", "state"]
    superior: Line
    """The body above the issuing body."""
    issuer: Line
    """The body that issues."""
    symbol: Name
    """What follows the number of a decision, such as QĐ/BTGDVTU."""
    place: Name
    """The place before the date."""
    signer_power: Annotated[tuple[Line, ...], Field(max_length=6)] = ()
    """Lines above the signer's title, such as "T/M BAN TỔ CHỨC"."""
    signer_title: Line
    signer_name: Line
    number_word: Literal["Số", "Số:"] | None = None
    """What stands before a number; None for what the profile has: "Số" of a Party organ, else "Số:"."""
    zero_tens: Literal["linh", "lẻ"] = "linh"
    """How sums in words say an empty ten: "một trăm linh năm" or "một trăm lẻ năm"."""
    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    """How sums in words say 1.000."""

    @property
    def before_number(self) -> str:
        """The word before a number, with or without its colon."""
        return self.number_word or ("Số" if self.profile == "party" else "Số:")

    def reference(self, number: str) -> str:
        """Write the number of a decision as its profile does: "Số 127-QĐ/BTGDVTU" or "Số: 48/QĐ-HNB"."""
        if self.profile == "party":
            return f"{self.before_number} {number}-{self.symbol}"
        return f"{self.before_number} {number}/{self.symbol}"


class CertificateRule(Part):
    """The words of a certificate; the signer is that of the letterhead."""

    title: Name
    lead: Line
    """The line above the name."""
    wording: Prose
    """What is certified, below the name of the award."""
    individual_copies: Flag
    """Whether each author of a group also gets one."""
    register_format: Pattern
    """The register number: ``{number}`` and ``{year}`` are filled in."""

    def register_number(self, number: int, year: int) -> str:
        """Write the number under which a certificate is entered in the register."""
        return self.register_format.replace("{number}", f"{number:03d}").replace("{year}", str(year))
