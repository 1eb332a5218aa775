"""What a PDF of a stranger says about where it comes from. Runs in the limited process only (see child.py).

Codes are looked for in the plain bytes too, so that a file whose structure was damaged still tells what it once was.
"""

import re
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

MOST_LINES = 120
MOST_LETTERS = 400  # of a line
MOST_CODES = 12
MOST_SIGNATURES = 4
MOST_PAGES = 3
CODE = re.compile(rb"(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){4}(?![0-9A-Za-z])")


def trace(path: str, *, roots: list[str]) -> dict[str, Any]:
    """Whether a file is a PDF, what looks like a code in it, its lines of text, and its signatures.

    :param roots: certificates whose signatures are ours, as PEM
    """
    content = Path(path).read_bytes()
    lines = lines_of(content)
    codes = [found.decode() for found in CODE.findall(content.replace(rb"\055", b"-").replace(rb"\057", b"/"))]
    codes += [found.decode() for found in CODE.findall(" ".join(lines).encode())]
    return {
        "sha256": sha256(content).hexdigest(),
        "is_pdf": content[:1024].find(b"%PDF-") >= 0,
        "codes": list(dict.fromkeys(codes))[:MOST_CODES],
        "lines": lines,
        "signatures": signatures_of(content, roots),
    }


def words(path: str) -> dict[str, Any]:
    """The lines of text of a file."""
    return {"lines": lines_of(Path(path).read_bytes())}


def lines_of(content: bytes) -> list[str]:
    """The lines of the first pages, NFC, without those that are empty; none if it does not open."""
    import unicodedata

    import pypdfium2

    found: list[str] = []
    try:
        with pypdfium2.PdfDocument(content) as document:
            for number in range(min(len(document), MOST_PAGES)):
                text = document[number].get_textpage().get_text_bounded()
                found += [" ".join(line.split())[:MOST_LETTERS] for line in text.splitlines()]
    except (pypdfium2.PdfiumError, ValueError):
        return []
    return [unicodedata.normalize("NFC", line) for line in found if line][:MOST_LINES]


def signatures_of(content: bytes, roots: list[str]) -> list[dict[str, Any]]:
    """The signatures of a file, each with whether it holds and what it covers; none if they cannot be read."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        embedded = PdfFileReader(BytesIO(content), strict=False).embedded_signatures[:MOST_SIGNATURES]
    except Exception:
        return []
    return [_signature(each, content, roots) for each in embedded]


def _signature(embedded: Any, content: bytes, roots: list[str]) -> dict[str, Any]:
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        covered = _covered(embedded, content)
        trusted = [each for root in roots for each in load_certs_from_pemder_data(root.encode())]
        status = validate_pdf_signature(embedded, ValidationContext(trust_roots=trusted, allow_fetching=False))
        signer = status.signing_cert
        return {
            "holds": bool(status.intact and status.valid),
            "ours": signer.sha256.hex() in {each.sha256.hex() for each in trusted},
            "signer": str(signer.subject.human_friendly)[:MOST_LETTERS],
            "at": status.signer_reported_dt.isoformat() if status.signer_reported_dt else None,
            "vouched_at": status.timestamp_validity.timestamp.isoformat() if status.timestamp_validity else None,
            "whole": len(covered) == len(content),
            "sha256": sha256(covered).hexdigest(),
        }
    except Exception:
        return {
            "holds": False,
            "ours": False,
            "signer": "",
            "at": None,
            "vouched_at": None,
            "whole": False,
            "sha256": "",
        }


def _covered(embedded: Any, content: bytes) -> bytes:
    """The file as it was when it was signed: everything up to the last byte that the signature covers."""
    ranges = [int(number) for number in embedded.byte_range]
    return content[: ranges[2] + ranges[3]]
