"""The public proof as files: what everybody may have, and a page that says how to check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contest.audit.chain import canonical
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.recount import layout

README = """Bằng chứng công khai của {contest}

commitments.json   mỗi vòng: "root" là mã cam kết đã công bố khi chốt vòng, "leaves" là mã biên nhận của từng phiếu.
regulation.toml    thể lệ đang có hiệu lực; regulations/ có các bản trước, tên tệp là mã SHA-256 của nội dung.

Cách kiểm: contest recount TEP.zip, hoặc tự tính:
  xếp các mã biên nhận tăng dần; mỗi mã (32 byte) băm SHA-256 sau một byte 0;
  ghép từng đôi liền nhau, băm SHA-256 sau một byte 1, mã lẻ đi thẳng lên; lặp lại đến khi còn một mã: đó là "root".
Mã biên nhận = SHA-256 của "muối:mã phiếu". Muối và mã phiếu nằm trên biên nhận của giám khảo.
Trong gói không có tên người, không có điểm.

The public proof: commitments.json holds, for each sealed round, the published root and the receipts of all its sheets;
sorted leaves are hashed after a zero byte, neighbours after a one byte, up to the root. No names and no marks are here.
"""


def public_files(contest: Contest, proof: Mapping[str, Any]) -> dict[str, bytes]:
    """Write every file of the public proof; the same proof gives the same bytes.

    :param proof: what the rounds are bound to, without salts
    """
    texts = results.regulation_texts(contest)
    newest = contest.version.sha256 if contest.version is not None else next(iter(texts))
    files = {
        layout.COMMITMENTS: canonical(proof) + b"\n",
        layout.README: README.format(contest=contest.slug).encode(),
        layout.REGULATION: texts[newest].encode(),
    }
    files |= {f"regulations/{known}.toml": text.encode() for known, text in texts.items() if known != newest}
    return files
