"""Whatever lies at the path: a sentence that says where and what, never a traceback."""

from __future__ import annotations

import io
import json
import os
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from contest.results.recount import computing, flaws, layout, packing, writing
from contest.results.recount.flaws import BundleRefused
from contest.translations import vietnamese
from tests.results import bundles

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def whole() -> Files:
    return writing.files(bundles.with_every_act())


def refused(tmp_path: Path, files: Files) -> list[str]:
    """What is said of a folder, its places and sentences in English."""
    with pytest.raises(BundleRefused) as refusal:
        computing.recount(bundles.folder(tmp_path, files))
    for flaw in refusal.value.flaws:
        assert flaw.sentence(vietnamese())
    return [flaw.sentence() for flaw in refusal.value.flaws]


def cell(files: Files, name: str, column: str, value: str, line: int = 2) -> Files:
    """The files with another value in one cell."""
    import csv

    rows = list(csv.reader(io.StringIO(files[name].decode(), newline="")))
    rows[line - 1][rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return files | {name: out.getvalue().encode()}


CELLS: list[tuple[str, str, str, str]] = [
    ("rounds.csv", "format", "2", "format 2"),
    ("rounds.csv", "format", "x", "whole number"),
    ("rounds.csv", "contest", "", "code"),
    ("rounds.csv", "contest", "another", "same contest"),
    ("rounds.csv", "position", "7", "counted from 1"),
    ("rounds.csv", "round", "ban_ket", "no such round: ban_ket"),
    ("rounds.csv", "regulation", "0" * 64, "No regulation of this SHA-256"),
    ("rounds.csv", "ruling", "../../etc/passwd", "SHA-256 is expected"),
    ("rounds.csv", "sealed_at", "hôm qua", "moment in UTC"),
    ("rounds.csv", "sealed_at", "2025-02-31T02:00:00.000000+00:00", "moment in UTC"),
    ("entries.csv", "round", "ban_ket", "no such round"),
    ("entries.csv", "entry", "", "code is expected"),
    ("entries.csv", "entry", "BI 1", "code is expected"),
    ("entries.csv", "category", "BAO_TUONG", "no such category"),
    ("entries.csv", "genre", "tho", "no such genre"),
    ("entries.csv", "topic", "bong_da", "no such topic"),
    ("entries.csv", "group", "PHAT_THANH", "competes in another group"),
    ("entries.csv", "outlet", "a\tb", "text of one line"),
    ("entries.csv", "outlet", "x" * 300, "text of one line"),
    ("entries.csv", "outlet", "Ba\u0301o", "NFC"),
    ("entries.csv", "received_at", "2025-08-10", "moment in UTC"),
    ("entries.csv", "slots", "b a", "Codes are expected"),
    ("entries.csv", "slots", "a a", "Codes are expected"),
    ("entries.csv", "out", "lost", "rejected or withdrawn"),
    ("sheets.csv", "round", "ban_ket", "no such round"),
    ("sheets.csv", "entry", "BI-9999", "not in the round"),
    ("sheets.csv", "juror", "stranger", "not given to this juror"),
    ("sheets.csv", "revision", "01", "whole number"),
    ("sheets.csv", "revision", "-1", "whole number"),
    ("sheets.csv", "in_force", "yes", "1 for yes"),
    ("sheets.csv", "left_out", "disliked", "one reason alone"),
    ("sheets.csv", "left_out", "recused", "not in force"),
    ("sheets.csv", "sha256", "abc", "SHA-256 is expected"),
    ("sheets.csv", "criterion", "a b", "code is expected"),
    ("sheets.csv", "mark", "9e9", "whole number"),
    ("sheets.csv", "mark", "17,5", "whole number"),
    ("sheets.csv", "mark", "٣", "whole number"),
    ("sheets.csv", "mark", "NaN", "whole number"),
    ("sheets.csv", "mark", "99999", "takes no such mark"),
    ("sheets.csv", "mark", "1", "takes no such mark"),
    ("sheets.csv", "mark", "9" * 5000, "whole number"),
    ("jurors.csv", "panel", "TRUYEN_THANH", "no such panel"),
    ("jurors.csv", "chair", "2", "1 for yes"),
    ("jurors.csv", "present", "1 1", "Numbers are expected"),
    ("jurors.csv", "present", "4", "recorded sittings say otherwise"),
    ("assignments.csv", "entry", "BI-9999", "not in the round"),
    ("assignments.csv", "assigned_at", "now", "moment in UTC"),
    ("votes.csv", "ballot", "0", "counted from 1"),
    ("votes.csv", "question", "XX", "no such question"),
    ("votes.csv", "subject", "BI-9999", "not on the ballot"),
    ("votes.csv", "choice", "perhaps", "cannot be voted"),
    ("votes.csv", "choice", "", "without a choice"),
    ("acts.csv", "kind", "prayed", "no such kind of act"),
    ("acts.csv", "kind", "sitting", "says ballot"),
    ("acts.csv", "choice", "{", "canonical form"),
    ("acts.csv", "choice", "[]", "canonical form"),
    ("acts.csv", "choice", '{"a": 1}', "canonical form"),
    ("acts.csv", "choice", '{"a":1.5}', "canonical form"),
    ("acts.csv", "choice", '{"a":1,"a":2}', "canonical form"),
    ("acts.csv", "choice", '{"a":NaN}', "canonical form"),
    ("acts.csv", "choice", '{"a":' + "[" * 3000 + "]" * 3000 + "}", "canonical form"),
    ("acts.csv", "choice", '{"a":"\\ud800"}', "canonical form"),
    ("acts.csv", "choice", '{"a":' + "9" * 5000 + "}", "canonical form"),
    ("acts.csv", "choice", "{}", "says order"),
    ("acts.csv", "choice", '{"method":"lot","order":["BI-0003","BI-0005"],"seed":"2"}', "another order"),
    ("acts.csv", "number", "1.0", "whole number"),
]


@pytest.mark.parametrize(("name", "column", "value", "said"), CELLS)
def test_a_wrong_cell_is_named_by_file_line_and_column(tmp_path, whole, name, column, value, said):
    files, line = whole, 2
    if name == "votes.csv" and column != "ballot":
        line = next(number for number, row in enumerate(whole[name].decode().splitlines(), 1) if row.endswith(",yes"))
    elif value in ("another", "sitting"):
        line = 3
    elif value == "{}" or '"lot"' in value:
        files = cell(whole, name, "kind", "tie_settled")
    files = cell(files, name, column, value, line)

    found = refused(tmp_path, files)

    assert any(said in sentence and sentence.startswith(f"{name}, line ") for sentence in found), found


@pytest.mark.parametrize("name", [table.file for table in layout.TABLES] + [layout.REGULATION])
def test_a_file_that_is_missing_is_named(tmp_path, whole, name):
    assert refused(tmp_path, {key: value for key, value in whole.items() if key != name}) == [
        f"{name}: The file is missing."
    ]


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.file)
def test_a_missing_column_is_named(tmp_path, whole, table):
    rows = [row.rpartition(b",")[0] for row in whole[table.file].split(b"\n")]
    last = list(table.columns)[-1]

    found = refused(tmp_path, whole | {table.file: b"\n".join(rows)})

    assert found[0].startswith(f"{table.file}, line 1: The columns are not those of the format.")
    assert f"Missing: {last}." in found[0]


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.file)
def test_a_row_that_is_there_twice_is_named(tmp_path, whole, table):
    lines = whole[table.file].split(b"\n")
    twice = b"\n".join([lines[0], lines[1], lines[1], *lines[2:]])

    found = refused(tmp_path, whole | {table.file: twice})

    assert found[0].startswith(f"{table.file}, line 3: This row is there twice: ")


def test_rows_out_of_order_are_named(tmp_path, whole):
    head, first, second, *rest = whole["sheets.csv"].split(b"\n")

    found = refused(tmp_path, whole | {"sheets.csv": b"\n".join([head, second, first, *rest])})

    assert found[0].startswith("sheets.csv, line 3: This row does not come after the one before it")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: b"\xef\xbb\xbf" + content, "byte order mark"),
        (lambda content: content.replace(b"\n", b"\r\n"), "LF alone"),
        (lambda content: content[:-1], "not ended"),
        (lambda content: content + b"\xff\n", "UTF-8"),
        (lambda content: content + b'"open\n', "cannot be read as CSV"),
        (lambda content: content + b"a,b\n", "2 cells instead of"),
        (lambda content: content + b"\0\n", "1 cells instead of"),
        (lambda content: b"", "columns are not those"),
        (lambda content: b"\n" * 5, "columns are not those"),
    ],
)
def test_a_table_in_another_form_is_refused(tmp_path, whole, change: Callable[[bytes], bytes], said: str):
    found = refused(tmp_path, whole | {"jurors.csv": change(whole["jurors.csv"])})

    assert any(said in sentence for sentence in found), found


def test_a_cell_as_large_as_a_file_is_refused(tmp_path, whole):
    found = refused(tmp_path, whole | {"jurors.csv": whole["jurors.csv"] + b'"' + b"x" * 5_000_000 + b'"\n'})

    assert found[0].endswith("This line cannot be read as CSV.")


def test_two_sheets_of_one_juror_in_force_are_refused(tmp_path, whole):
    head, *rows = whole["sheets.csv"].decode().splitlines()
    mine = [row for row in rows if row.startswith("chung_khao,BI-0003,bi-juror-1,1,")]
    more = [row.replace("bi-juror-1,1,", "bi-juror-1,2,", 1) for row in mine]

    found = refused(tmp_path, whole | {"sheets.csv": "\n".join([head, *sorted([*rows, *more]), ""]).encode()})

    assert any("in force already" in sentence for sentence in found)


def test_every_flaw_is_told_up_to_a_number(tmp_path, whole):
    rows = whole["sheets.csv"].decode().splitlines()
    wrong = [row.rpartition(",")[0] + ",x" if number else row for number, row in enumerate(rows)]

    assert len(refused(tmp_path, whole | {"sheets.csv": "\n".join([*wrong, ""]).encode()})) == flaws.MOST


def test_a_regulation_that_is_none_is_told_with_its_places(tmp_path, whole):
    text = whole[layout.REGULATION].replace(b'kind = "combination"', b'kind = "guess"')

    found = refused(tmp_path, whole | {layout.REGULATION: text})

    assert any(sentence.startswith("regulation.toml, rounds[so_khao].advancement") for sentence in found), found


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a = [" * 5000, b"x" * 300_000, b"\0" * 100])
def test_a_regulation_of_another_kind_is_refused(tmp_path, whole, content):
    assert all("regulation.toml" in sentence for sentence in refused(tmp_path, whole | {layout.REGULATION: content}))


def test_a_regulation_under_a_false_name_is_refused(tmp_path, whole):
    found = refused(tmp_path, whole | {f"regulations/{'0' * 64}.toml": whole[layout.REGULATION]})

    assert "not what its name says" in found[0]


def test_a_regulation_that_no_round_names_is_refused(tmp_path, whole):
    from hashlib import sha256

    more = whole[layout.REGULATION] + b"\n# more\n"
    found = refused(tmp_path, whole | {f"regulations/{sha256(more).hexdigest()}.toml": more})

    assert found[0].endswith("No round names this regulation.")


def test_another_regulation_in_front_is_refused(tmp_path, whole):
    other = next(name for name in whole if name.startswith("regulations/"))
    from hashlib import sha256

    first = whole[layout.REGULATION]
    swapped = whole | {layout.REGULATION: whole[other], f"regulations/{sha256(first).hexdigest()}.toml": first}
    swapped.pop(other)

    assert "not the regulation under which the last round was sealed" in refused(tmp_path, swapped)[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1.5]", b"\xff", b"NaN", b"[" * 100_000, b'{"a":' * 50_000, b'{"a":1,"a":2}', b"9" * 10_000],
)
def test_a_result_that_is_no_json_is_refused(tmp_path, whole, content):
    assert refused(tmp_path, whole | {layout.RESULT: content}) == [
        "result.json: The file cannot be read as a result in JSON."
    ]


@pytest.mark.parametrize("content", [b"[]\n", b"{}\n", b"null\n", b'{"rounds":{}}\n', b'{"rounds":[[],{"round":7}]}\n'])
def test_a_result_of_another_shape_differs(tmp_path, whole, content):
    assert computing.recount(bundles.folder(tmp_path, whole | {layout.RESULT: content})).differences


@pytest.mark.parametrize("content", [b"x\n", b"0" * 70 + b"\n", b"\xff\n", b"0" * 64 + b"  a\n" + b"0" * 64 + b"  a\n"])
def test_hashes_in_another_form_are_refused(tmp_path, whole, content):
    assert refused(tmp_path, whole | {layout.HASHES: content})[0].startswith("hashes.txt, line ")


# ZIP files and folders -----------------------------------------------------------------------------------------------


def said_of(path: Path) -> str:
    with pytest.raises(BundleRefused) as refusal:
        computing.recount(path)
    return " ".join(flaw.sentence() for flaw in refusal.value.flaws)


def archive(tmp_path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    place = tmp_path / "hostile.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return place


def test_nothing_at_the_path_is_said(tmp_path):
    assert "There is no such file or folder" in said_of(tmp_path / "nothing")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"%PDF-1.7", os.urandom(2000)])
def test_a_file_that_is_no_bundle_is_refused(tmp_path, content):
    place = tmp_path / "file"
    place.write_bytes(content)

    assert said_of(place)


def test_an_empty_folder_is_refused(tmp_path):
    assert "regulation.toml: The file is missing." in said_of(tmp_path)


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/passwd", "regulations/../../x.toml", "C:\\x", "sub/sheets.csv", "virus.exe"]
)
def test_a_path_out_of_the_bundle_is_refused_and_nothing_is_written(tmp_path, name):
    place = archive(tmp_path, (name, b"x"))

    assert "A bundle has no file of this name" in said_of(place)
    assert [path.name for path in tmp_path.iterdir()] == ["hostile.zip"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    place = archive(tmp_path, (layout.README, b"\0" * 50_000_000))

    assert "README: The file is larger" in said_of(place)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path):
    place = archive(tmp_path, (layout.README, b"\0" * 50_000_000))
    content = place.read_bytes()
    place.write_bytes(content.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 1000)))

    assert "README: The file is damaged" in said_of(place)


def test_a_file_that_is_in_the_zip_twice_is_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        place = archive(tmp_path, (layout.README, b"a"), (layout.README, b"b"))

    assert "README: The file is in the ZIP twice." in said_of(place)


def test_more_files_than_a_bundle_has_are_refused(tmp_path):
    place = archive(tmp_path, *((f"regulations/{number:064x}.toml", b"") for number in range(300)))

    assert "There are more files than a bundle has" in said_of(place)


def test_a_locked_file_is_refused(tmp_path):
    place = archive(tmp_path, (layout.README, b"x"))
    content = bytearray(place.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    place.write_bytes(content)

    assert "password" in said_of(place)


def test_a_damaged_zip_is_refused_wherever_it_is_damaged(tmp_path):
    whole = packing.pack(writing.files(bundles.simple(works=2)))
    chance = random.Random(5)
    place = tmp_path / "damaged.zip"
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        place.write_bytes(content[: chance.randrange(1, len(content) + 1)])
        try:
            computing.recount(place)
        except BundleRefused as refusal:
            assert all(flaw.sentence() for flaw in refusal.flaws)


def test_no_link_is_followed(tmp_path, whole):
    place = bundles.folder(tmp_path, whole)
    (place / "sheets.csv").unlink()
    (place / "sheets.csv").symlink_to("/etc/passwd")

    assert said_of(place) == "sheets.csv: This is not a plain file."


def test_a_pipe_is_not_waited_for(tmp_path, whole):
    place = bundles.folder(tmp_path, whole)
    (place / "sheets.csv").unlink()
    os.mkfifo(place / "sheets.csv")

    assert stat.S_ISFIFO((place / "sheets.csv").stat().st_mode)
    assert said_of(place) == "sheets.csv: This is not a plain file."


def test_no_random_damage_to_a_table_makes_a_traceback(tmp_path, whole):
    chance = random.Random(11)
    names = [table.file for table in layout.TABLES] + [layout.RESULT, layout.HASHES]
    for _ in range(150):
        name = chance.choice(names)
        content = bytearray(whole[name])
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(0, 3)] = chance.choice(
                [b"", b",", b'"', b"\n", b"9", b"-", b"{}", b"\xc3"]
            )
        place = bundles.folder(tmp_path, whole | {name: bytes(content)})
        try:
            done = computing.recount(place)
        except BundleRefused as refusal:
            assert refusal.flaws
        else:
            assert done.differences or bytes(content) == whole[name]


def test_values_of_the_right_form_and_no_sense_are_computed_and_differ(tmp_path, whole):
    acts = json.loads('{"entry":"BI-0002","sheets":[["nobody",1]]}')
    files = cell(whole, "acts.csv", "choice", json.dumps(acts, separators=(",", ":")), line=_line_of(whole, "accepted"))

    assert computing.recount(bundles.folder(tmp_path, files)).differences


def _line_of(files: Files, word: str) -> int:
    return next(n for n, row in enumerate(files["acts.csv"].decode().splitlines(), 1) if f"_{word}," in row)
