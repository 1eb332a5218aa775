"""What stands in the fields of a draft before anybody has typed anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from contest.official.kinds import ABOUT, Field, Kind, number_with_sign
from contest.official.setting import long_date
from contest.regulations.schema import Regulation


def defaults(
    kind: Kind,
    regulation: Regulation,
    *,
    decided: Mapping[str, Any] | None,
    posting: Mapping[str, Any] | None,
    adopted: str,
) -> dict[Field, str]:
    """Give each field of a kind of document what is known of it.

    :param decided: number, day and signer of the decision in force, as it froze them
    :param posting: first and last day of the posting, ISO
    :param adopted: by which decision the regulation was adopted
    """
    letterhead = regulation.letterhead
    known = {
        Field.NUMBER: _open_number(kind, regulation),
        Field.DATED_ON: "",
        Field.PLACE: letterhead.place,
        Field.ADDRESSEE: superior_of(regulation),
        Field.GROUNDS: "\n".join(_grounds(regulation, posting, adopted)),
        Field.AUTHORITY: authority(letterhead.signer_title, letterhead.issuer),
        Field.HELD_AT: _held(regulation.calendar.ceremony_on),
        Field.VENUE: "",
        Field.REMARKS: "",
        Field.POWER: "\n".join(letterhead.signer_power),
        Field.SIGNER_TITLE: letterhead.signer_title,
        Field.SIGNER_NAME: letterhead.signer_name,
        Field.RECIPIENTS: "\n".join(_recipients(kind, regulation)),
    }
    if kind is Kind.DECISION and decided is not None:
        known |= {
            Field.NUMBER: str(decided["number"]),
            Field.DATED_ON: str(decided["decided_on"]),
            Field.POWER: str(decided["signer_power"]),
            Field.SIGNER_TITLE: str(decided["signer_title"]),
            Field.SIGNER_NAME: str(decided["signer_name"]),
        }
    return {field: known[field] for field in ABOUT[kind].fields}


def _open_number(kind: Kind, regulation: Regulation) -> str:
    """The number of a document that has none yet: room to write it, and the letters of its kind."""
    letterhead = regulation.letterhead
    symbol = number_with_sign(letterhead.symbol, ABOUT[kind].sign)
    return f"……{'-' if letterhead.profile == 'party' else '/'}{symbol}"


def _held(day: date | None) -> str:
    return f"…… giờ ……, {long_date(day)}" if day is not None else ""


def _grounds(regulation: Regulation, posting: Mapping[str, Any] | None, adopted: str) -> list[str]:
    last = regulation.rounds[-1].name
    council = last.lower().replace("vòng ", "")
    posted = ""
    if posting is not None:
        first, until = (date.fromisoformat(posting[key]) for key in ("opens_on", "until"))
        posted = f" và kết quả niêm yết công khai từ {long_date(first)} đến hết {long_date(until)}"
    return [
        f"Căn cứ Thể lệ {regulation.name}{adopted};",
        f"Căn cứ Biên bản họp Hội đồng {council}{posted};",
        "Xét đề nghị của Ban Thư ký Cuộc thi,",
    ]


def authority(title: str, issuer: str) -> str:
    """Write who decides: the title of the signer and the body, words that both have only once.

    "TRƯỞNG BAN" of "BAN TUYÊN GIÁO" is the "TRƯỞNG BAN TUYÊN GIÁO". Where the title names another committee than the
    body, the body itself decides: nobody is "TRƯỞNG BAN" of an "ỦY BAN NHÂN DÂN".
    """
    first, second = title.upper().split(), " ".join(issuer.upper().split()).split()
    overlap = next((size for size in range(len(first), 0, -1) if first[-size:] == second[:size]), 0)
    if not overlap and first[-1:] == ["BAN"]:
        return " ".join(second)
    return " ".join((*first, *second[overlap:]))


def superior_of(regulation: Regulation) -> str:
    """Name the superior body as within a sentence: as an organiser's name has it, else as the letterhead does."""
    capitals = " ".join(regulation.letterhead.superior.split())
    for name in regulation.organiser:
        at = name.upper().find(capitals.upper())
        if at >= 0:
            return name[at : at + len(capitals)]
    return capitals


def _recipients(kind: Kind, regulation: Regulation) -> list[str]:
    superior = superior_of(regulation)
    kept = "Lưu: VT, hồ sơ Cuộc thi."
    if kind in (Kind.DECISION, Kind.AMENDMENT):
        return ["Như Điều 4;", f"{superior} (để báo cáo);", "Các cơ quan báo chí trên địa bàn tỉnh;", kept]
    if kind is Kind.NOTICE:
        return ["Các cơ quan báo chí;", "Tác giả, nhóm tác giả có tên;", kept]
    return ["Như trên;" if kind is Kind.PROPOSAL else f"{superior} (để báo cáo);", kept]
