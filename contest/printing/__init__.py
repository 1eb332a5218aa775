"""Printed matter: HTML templates drawn as PDF, the same bytes for the same words, behind a fence.

How another room prints a document
----------------------------------
1. A template ``templates/documents/receipt.html`` extends ``printing/sheet.html`` and fills the block ``body``.
   The head of the issuing body and the signatures are macros of ``printing/_official.html``::

       {% extends "printing/sheet.html" %}
       {% from "printing/_official.html" import masthead, closing %}
       {% block body %}
         {{ masthead(letterhead, number="Số: TN-0127", dated="Quảng Ngãi, ngày 12 tháng 8 năm 2025") }}
         <h1>PHIẾU TIẾP NHẬN TÁC PHẨM</h1> …
       {% endblock %}

2. ``documents.py`` of the room gives it values::

       printing.pdf("documents/receipt.html", css=("official.css", "receipt.css"), title=…, letterhead=…, entry=…)

   ``css`` names files of ``static/print``; ``fonts.css`` is always there. ``official.css`` is the sheet of official
   documents and forms (A4, Liberation Serif); a room adds what only its document needs in a file of its own.
   An image is a file of ``static/print`` named without a folder, or a ``data:`` address such as `qr` makes.

What is promised: the text is NFC; fonts are embedded and subset; the file is tagged (PDF/UA-1), so a document has one
``h1``, real tables only for tables, and an ``alt`` for every image; nothing outside ``static/print`` and the font
packages is read, and nothing is fetched from a network; the same template and values give the same bytes, so no clock
is read here; a document that cannot be drawn whole raises `PrintingFailed` instead of coming out with a gap.
"""

from __future__ import annotations

from contest.printing.drawing import PrintingFailed, draw, pdf
from contest.printing.matrix import qr
from contest.printing.readiness import check

__all__ = ["PrintingFailed", "check", "draw", "pdf", "qr"]
