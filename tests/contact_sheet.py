"""Draw the contact sheet of the documentation: certificates with names, groups and titles as long as they come.

Run by ``python -m tests.contact_sheet``.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from contest.certificates import codes
from contest.certificates.design import Design
from contest.certificates.documents import CertificateSheet
from contest.certificates.layout import DoesNotFit
from tests.makers.long_words import words

PICTURE = Path(__file__).parent.parent / "docs" / "screenshots" / "contact-sheet.png"
DRAWN, SHOWN, COLUMNS = 500, 40, 5  # every twelfth certificate is shown
WIDTH, HEIGHT, GAP = 420, 297, 10  # dots of one
COLOURS = 48


def main() -> None:
    """Draw every certificate, and put some of them side by side."""
    pictures, drawn = [], 0
    for number, printed in enumerate(words(DRAWN), 1):
        code = codes.make(number)
        address = f"https://giaibaochi.example/tra-cuu/{codes.shown(code)}"
        sheet = CertificateSheet("Giấy chứng nhận", address, printed, code, "", Design.default())
        try:
            document = sheet.drawn()
        except DoesNotFit:
            continue
        drawn += 1
        if drawn % (DRAWN // SHOWN) == 0 and len(pictures) < SHOWN:
            pictures.append(_picture(document))
    rows = -(-len(pictures) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP), "#d9d4c7")
    for number, picture in enumerate(pictures):
        whole.paste(picture, (GAP + number % COLUMNS * (WIDTH + GAP), GAP + number // COLUMNS * (HEIGHT + GAP)))
    whole.quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE}: {len(pictures)} of {drawn} drawn, {DRAWN - drawn} refused")


def _picture(document: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(document) as opened:
        page = opened[0]
        shown: Image.Image = page.render(scale=3 * WIDTH / page.get_width()).to_pil().convert("RGB")
    return shown.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
