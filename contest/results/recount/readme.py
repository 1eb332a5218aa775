"""What a bundle says of itself."""

README = """\
GÓI KIỂM LẠI KẾT QUẢ · {contest}

Gói này chứa đủ dữ liệu để tính lại kết quả của cuộc thi mà không cần hệ thống, không cần mạng:

  regulation.toml      thể lệ dùng khi chốt vòng cuối
  regulations/*.toml   các bản thể lệ khác mà một vòng được mở hoặc chốt theo
  rounds.csv           các vòng đã chốt, mỗi vòng theo bản thể lệ nào
  entries.csv          tác phẩm: mã, loại hình, thể loại, lĩnh vực, nhóm xét giải, cơ quan báo chí
  sheets.csv           từng điểm của từng phiếu, theo bí danh giám khảo
  jurors.csv           giám khảo: bí danh, tiểu ban, người chủ trì, có mặt ở lần bỏ phiếu nào
  assignments.csv      ai được giao chấm tác phẩm nào, ai từ chối, phiếu đến lúc nào
  votes.csv            phiếu bầu
  acts.csv             các quyết định do con người ghi lại
  result.json          kết quả đã chốt: thứ hạng, vào vòng sau, giải, tiền thưởng, lời giải thích
  log.jsonl            nhật ký của cuộc thi, mỗi dòng mang mã băm của dòng trước; không có khi còn vòng đang mở
  hashes.txt           mã băm SHA-256 của từng tệp và của kết quả từng vòng khi chốt

Tính lại:       contest recount GÓI.zip
Soát mã băm:    sha256sum --ignore-missing -c hashes.txt

Trong gói không có tên người: giám khảo mang bí danh ngẫu nhiên, tác giả không được nêu. Điểm ghi theo đơn vị một phần
trăm điểm (1750 là 17,5 điểm). Định dạng và cách tính được mô tả đầy đủ trong docs/recount.md của phần mềm, để người
khác có thể viết một chương trình kiểm lại của riêng mình.


RECOUNT BUNDLE · {contest}

This bundle holds all that is needed to compute the result of the contest again, without the system and without a
network:

  regulation.toml      the regulation under which the last round was sealed
  regulations/*.toml   other versions under which a round was opened or sealed
  rounds.csv           the sealed rounds, and the versions of the regulation of each
  entries.csv          works: code, category, genre, topic, group for the prizes, newsroom
  sheets.csv           every mark of every sheet, by pseudonym of the juror
  jurors.csv           the council: pseudonym, panel, chair, presence at each ballot
  assignments.csv      which work was given to whom, who stepped back, when sheets arrived
  votes.csv            votes
  acts.csv             decisions that people recorded
  result.json          the sealed result: standings, advancement, prizes, money, explanation
  log.jsonl            the log of the contest, each line with the hash of the one before; not while a round is open
  hashes.txt           SHA-256 of every file and of every round's result at sealing

Compute again:  contest recount BUNDLE.zip
Check hashes:   sha256sum --ignore-missing -c hashes.txt

No person is named here: jurors carry random pseudonyms, authors are left out. Marks are hundredths of a point (1750 is
17.5 points). The format and the computation are told in full in docs/recount.md of the software, so that somebody else
can write a recount program of their own.
"""
