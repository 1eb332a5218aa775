"""The plain way: the same certificate laid out by WeasyPrint from HTML and CSS, which the drawn one must equal.

It is the measure of what is drawn, in pixels and in time: nothing in it knows how `contest.printing.pages` writes.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import weasyprint
from jinja2 import Environment, FileSystemLoader
from weasyprint.text.fonts import FontConfiguration

from contest.certificates import codes
from contest.certificates.layout import Setting, set_certificate
from contest.certificates.wording import Printed
from contest.printing import qr
from contest.printing.drawing import drawing

FOLDER = Path(__file__).parent
BACKGROUND = '@page { background: url("border.svg") 0 0 / 100% 100% no-repeat }'


def plain(printed: Printed, code: str, address: str, payload: str) -> bytes:
    """Draw one certificate as WeasyPrint alone would: fonts, style and frame read anew."""
    templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=True)
    words: dict[str, Any] = {
        "printed": printed,
        "set": _classes(set_certificate(printed)),
        "code": codes.shown(code),
        "address": address.partition("://")[2],
        "qr": qr(f"{address}#{payload}"),
    }
    sheet = templates.get_template("plain.html").module.sheet(**words)  # type: ignore[attr-defined]
    style = (FOLDER / "plain.css").read_text("utf-8") + BACKGROUND
    html = f'<!doctype html><html lang="vi"><title>-</title><style>{style}</style><body>{sheet}</body></html>'
    fonts = FontConfiguration()
    with drawing(()) as options:
        source = options["source"]
        styles = [
            weasyprint.CSS(url=source["base_url"] + "fonts.css", url_fetcher=source["url_fetcher"], font_config=fonts)
        ]
        page = weasyprint.HTML(string=html, **source)
        written: bytes = page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
    return written


def _classes(setting: Setting) -> SimpleNamespace:
    """Name sizes and lines as the style sheet does."""
    parts = setting.parts
    rows = {name: part.rows for name, part in parts.items()}
    return SimpleNamespace(
        density=setting.density,
        award={22: "award-22", 18: "award-18"}.get(round(parts["award"].size), ""),
        names=SimpleNamespace(size=round(setting.names.size), rows=setting.names.rows, under=setting.names.under),
        superior=rows["issuing"],
        issuer=rows["issuing_name"],
        organiser=rows["organiser"],
        unit=rows.get("unit", ()),
        category=rows.get("category", ()),
        work=rows.get("work", ()),
        work_size=round(parts["work"].size) if "work" in parts else 0,
    )
