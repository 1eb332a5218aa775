"""The shell door."""

import pytest

from contest.certificates import codes, commands, refusals
from contest.certificates.codes import Mistyped
from contest.regulations.models import Stage
from tests.makers.certificates import certificates_of, make_decided_contest, make_public_certificates


def run(app, *arguments):
    return app.test_cli_runner().invoke(commands.cli, list(map(str, arguments)))


def test_issue_writes_every_file_and_lets_the_contest_go_on(app, tmp_path):
    contest, _ = make_decided_contest()

    result = run(app, "issue", "--out", tmp_path / "out")

    assert result.exit_code == 0, result.output
    names = {each.filename for each in certificates_of(contest)}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names | {
        "giay-chung-nhan.zip",
        "giay-chung-nhan-ban-in.pdf",
    }
    assert contest.stage == Stage.PREPARED


def test_issuing_twice_writes_the_same_bytes(app, tmp_path):
    make_decided_contest()

    for folder in ("a", "b"):
        assert run(app, "issue", "--out", tmp_path / folder).exit_code == 0

    first, second = ({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("a", "b"))
    assert len(first) > 1
    assert first == second


def test_a_genuine_code_and_a_genuine_file_are_named(app, tmp_path):
    _, _, certificates = make_public_certificates()
    assert run(app, "issue", "--out", tmp_path).exit_code == 0

    for what in (certificates[0].shown_code, tmp_path / certificates[0].filename):
        result = run(app, "verify", what)
        assert result.exit_code == 0
        assert "001/2025" in result.output
        assert "Đinh Thị Mai" in result.output


def test_one_flipped_byte_is_reported(app, tmp_path):
    _, _, certificates = make_public_certificates()
    run(app, "issue", "--out", tmp_path)
    path = tmp_path / certificates[0].filename
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)

    result = run(app, "verify", path)

    assert isinstance(result.exception, refusals.FileAltered | refusals.FileUnknown)


@pytest.mark.parametrize(
    ("code", "refusal"), [(codes.make(7), refusals.NotGenuine), ("0000-0000-0000-0000-0001", Mistyped)]
)
def test_an_unknown_code_is_refused(app, code, refusal):
    assert isinstance(run(app, "verify", code).exception, refusal)


def test_a_file_that_is_no_certificate_is_refused(app, tmp_path):
    (tmp_path / "letter.txt").write_text("Kính gửi", encoding="utf-8")

    assert isinstance(run(app, "verify", tmp_path / "letter.txt").exception, refusals.FileUnknown)
