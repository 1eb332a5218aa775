"""The public proof as files: what everybody may have, and a page that says how to check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contest.audit.chain import canonical
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.recount import layout, packing, writing
from contest.results.recount.contents import Contents

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

OPENED = """Bằng chứng công khai của {contest}, có điểm

Thể lệ quy định công bố điểm không kèm tên giám khảo. Gói này đủ để tính lại kết quả mà không cần hệ thống,
không cần mạng:

regulation.toml    thể lệ dùng khi chốt vòng cuối; regulations/ có các bản khác mà một vòng được mở hoặc chốt theo.
rounds.csv         các vòng đã chốt.
entries.csv        mã tác phẩm, loại hình, thể loại, lĩnh vực, nhóm xét giải.
sheets.csv         từng điểm của từng phiếu được xét, theo bí danh giám khảo.
jurors.csv         giám khảo theo bí danh; assignments.csv: phiếu nào của ai; votes.csv: phiếu bầu.
acts.csv           các quyết định mà kết quả dựa vào, không kèm tên người và lý do.
result.json        kết quả: thứ hạng, vào vòng sau, giải, lời giải thích.
commitments.json   mỗi vòng: "root" là mã cam kết đã công bố khi chốt vòng, "leaves" là mã biên nhận của từng phiếu,
                   "salts" là muối theo mã phiếu, "withheld" là mã của các phiếu không có trong gói.
hashes.txt         mã băm SHA-256 của từng tệp.

Tính lại: contest recount TEP.zip. Lệnh này tính lại kết quả, soát từng phiếu với mã phiếu và với mã cam kết đã công bố.
Mã biên nhận = SHA-256 của "muối:mã phiếu". Điểm ghi theo một phần trăm điểm (1750 là 17,5 điểm).
Gói chứng minh: kết quả được tính đúng từ các phiếu này theo thể lệ, và các phiếu này là phiếu đã có khi chốt vòng.

Trong gói không có tên giám khảo, tác giả, cơ quan báo chí, không có nhận xét (chỉ có mã băm). Không đưa vào gói:
phiếu của giám khảo đã từ chối chấm tác phẩm, phiếu của tác phẩm đã rời cuộc thi, phiếu đã được thay bằng phiếu sau.
Người chủ trì chỉ được ghi khi thiếu thì không tính được kết quả. Vì vậy mã băm của result.json có thể khác mã trên
biên bản.

The public proof with scores: the regulation makes them public without the names of jurors. `contest recount FILE.zip`
computes the result again and checks each sheet against its hash and the published commitment. No name of a juror, an
author or a newsroom and no comment is here. Sheets of jurors who stepped back and of works that left the contest are
left out, commitments.json names their leaves as "withheld"; so are sheets that were replaced. Who chairs is said only
where the result cannot be computed without it. So the hash of result.json may differ from that on the minutes.
"""


def packed(contest: Contest, proof: Mapping[str, Any]) -> bytes:
    """Pack the public proof: with all scores that count where they are open, else without any.

    :param proof: what the rounds are bound to, without salts
    """
    return results.from_open_scores(contest, _with_scores) or packing.pack(public_files(contest, proof))


def _with_scores(contents: Contents) -> bytes:
    return packing.pack(writing.files(contents, OPENED))


def public_files(contest: Contest, proof: Mapping[str, Any]) -> dict[str, bytes]:
    """Write every file of the public proof without scores; the same proof gives the same bytes.

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
