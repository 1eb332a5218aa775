"""The shell door."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from flask_babel import force_locale

from contest.database import db
from contest.errors import ContestError
from contest.regulations import presets, queries
from tests.makers.regulations import make_contest, preset_text


@pytest.fixture
def shell(app, tmp_path):
    def run(*arguments, text=None):
        if text is not None:
            file = tmp_path / "the-le.toml"
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
            arguments = (*arguments[:2], str(file), *arguments[2:])
        with force_locale("vi"):
            return app.test_cli_runner().invoke(args=arguments)

    return run


def test_a_regulation_without_contradictions_checks(shell):
    result = shell("regulation", "check", text=presets.text("quang_ngai_2025"))

    assert (result.exit_code, result.output) == (0, "Văn bản là một thể lệ hợp lệ, không có chỗ nào mâu thuẫn.\n")


def test_every_problem_is_told_with_its_place(shell):
    text = preset_text(
        "quang_ngai_2025", ("floor = 90", "floor = 190"), ("decision_on = 2025-10-06", "decision_on = 2025-10-04")
    )

    result = shell("regulation", "check", text=text)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "calendar.decision_on: Ngày quyết định (04/10/2025) phải sau ngày niêm yết cuối cùng (04/10/2025).",
        "prizes[A].floor: Mức điểm (190) cao hơn điểm cao nhất mà một tác phẩm có thể đạt ở vòng cuối (100).",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe", "dòng 1: Tệp không phải văn bản mã UTF-8."),
        (b"x" * 300_000, "toàn văn bản: Văn bản lớn hơn 256 kB."),
        (b"format = \n", "dòng 1: Thiếu giá trị hoặc giá trị viết sai cách; chữ phải đặt trong ngoặc kép."),
        (b"", "name: Thiếu mục này."),
    ],
)
def test_what_is_no_document_is_told_too(shell, text, said):
    result = shell("regulation", "check", text=text)

    assert result.exit_code == 1
    assert said in result.stderr.splitlines()


def test_a_file_that_is_not_there_is_wrong_usage(shell):
    assert shell("regulation", "check", "/nowhere/the-le.toml").exit_code == 2


def test_the_schema_is_printed_as_json(shell):
    assert json.loads(shell("regulation", "schema").stdout)["title"] == "Regulation"


def test_a_document_is_adopted_from_the_shell(shell):
    make_contest(slug="dan-van-kheo-2025", adopted=False)

    result = shell(
        "regulation", "adopt", "--number", "15-QĐ/BTC", "--date", "2021-03-24", "--signer", "Phạm Trường Giang",
        text=presets.text("quang_ngai_2025"),
    )  # fmt: skip

    db.session.expire_all()
    assert (result.exit_code, result.output) == (0, "Phiên bản 1 của thể lệ đã có hiệu lực.\n")
    assert queries.current_contest().version.decision_number == "15-QĐ/BTC"


def test_a_document_for_another_address_is_not_adopted(shell):
    make_contest(slug="tra-khuc", adopted=False)

    result = shell(
        "regulation", "adopt", "--number", "1", "--date", "2021-03-24", "--signer", "A",
        text=presets.text("quang_ngai_2025"),
    )  # fmt: skip

    assert result.exit_code == 1
    assert result.stderr == "slug: Địa chỉ của cuộc thi là “tra-khuc” và giữ nguyên.\n"


def test_adopting_without_a_contest_is_refused(shell):
    result = shell(
        "regulation", "adopt", "--number", "1", "--date", "2021-03-24", "--signer", "A",
        text=presets.text("quang_ngai_2025"),
    )  # fmt: skip

    assert isinstance(result.exception, ContestError)


def test_the_ready_documents_are_listed_with_what_they_are_for(shell):
    lines = shell("regulation", "preset").output.splitlines()

    assert len(lines) == len(presets.NAMES)
    assert lines[1].split(maxsplit=1) == ["thang_diem_10", presets.title("thang_diem_10")]


def test_a_ready_document_is_printed_as_it_is(shell):
    assert shell("regulation", "preset", "luong_co_so").output == presets.text("luong_co_so")


def test_a_ready_document_that_is_not_there_is_told_with_those_that_are(shell):
    result = shell("regulation", "preset", "../etc/passwd")

    assert result.exit_code == 2
    assert "luong_co_so" in result.output


def test_checking_needs_no_database(tmp_path):
    text = preset_text("quang_ngai_2025", ("floor = 90", "floor = 190"))
    (tmp_path / "the-le.toml").write_text(text, "utf-8")
    nowhere = {"CONTEST_INSTANCE": str(tmp_path), "CONTEST_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}

    result = subprocess.run(
        [sys.executable, "-m", "contest", "regulation", "check", str(tmp_path / "the-le.toml")],
        env=os.environ | nowhere, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "prizes[A].floor: Mức điểm (190) cao hơn điểm cao nhất mà một tác phẩm có thể đạt ở vòng cuối (100).\n"
    )
