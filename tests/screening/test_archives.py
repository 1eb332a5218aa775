"""All dossiers of a category in one archive: names that every computer takes, an index, nothing hidden, no copy."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from sqlalchemy import select

from contest import storage
from contest.audit.models import AuditLine
from contest.database import db
from contest.screening.folders import Kept, folder_of, part, places
from contest.storage.errors import FileUnreadable
from tests import stores
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import at_receipt, make_entry
from tests.makers.regulations import make_contest

ARCHIVES = "/dan-van-kheo/ban-thu-ky/ho-so/tron-goi"
CLUMSY = 'Vườn quế: "nhà" nào / cũng <có>?...'


@pytest.fixture
def contest(app):
    contest = make_contest()
    at_receipt(contest)
    return contest


@pytest.fixture
def secretary(contest):
    return make_member(contest, "secretary")


def taken(visitor, category="BAO_IN"):
    visitor.get(ARCHIVES)
    answer = visitor.send(action=f"{ARCHIVES}/{category}.zip")
    assert answer.status_code == 200
    assert answer.content_length == len(answer.data)
    return zipfile.ZipFile(io.BytesIO(answer.data))


def kept(name="bai.pdf", *, order=1, slot="Văn bản", media_type="application/pdf"):
    return Kept(order, slot, name, "0" * 64, 1, media_type)


def test_a_folder_is_called_by_code_and_title_without_what_a_computer_forbids():
    assert folder_of("BĐT-0042", CLUMSY) == "BĐT-0042 Vườn quế nhà nào cũng có"
    assert len(folder_of("BĐT-0042", "ế" * 200)) == 80


@pytest.mark.parametrize(
    "name", ["a..\u202egpj.exe", "con", "../../etc/passwd", "x" * 300 + ".pdf", " . ", "a:b|c?.pdf"]
)
def test_the_path_of_a_file_is_short_and_stays_where_it_belongs(name):
    [path] = places(folder_of("BI-0001", "ế" * 200), [kept(name)])

    assert path.count("/") == 2
    assert len(path) <= 200
    assert not set('<>:"\\|?*\u202e') & set(path)
    assert all(step == step.strip(". ") and step.casefold() != "con" for step in path.split("/"))
    assert path.endswith(".pdf")


def test_files_of_one_name_stand_beside_each_other():
    paths = list(places("BI-0001 Quế", [kept("Ảnh.PDF"), kept("ảnh.pdf"), kept("ảnh.pdf", order=2)]))

    assert paths == [
        "BI-0001 Quế/01 Văn bản/Ảnh.PDF",
        "BI-0001 Quế/01 Văn bản/ảnh (2).pdf",
        "BI-0001 Quế/02 Văn bản/ảnh.pdf",
    ]


def test_a_name_is_cut_before_its_ending():
    assert part("a" * 100 + ".jpeg", 20, tail=8) == "a" * 15 + ".jpeg"
    assert part("Kỳ 1. " + "a" * 100, 20) == "Kỳ 1. " + "a" * 14


def test_the_archive_holds_each_dossier_in_a_folder_of_its_own_and_an_index(browser, contest, secretary):
    entry = make_entry(contest, make_user(), "received", title=CLUMSY)
    other = make_entry(contest, make_user(), "accepted", "PHAT_THANH")
    visitor = browser(secretary)

    archive = taken(visitor)

    folder = f"{entry.shown_code} Vườn quế nhà nào cũng có"
    first, *files = archive.namelist()[2:]
    assert archive.testzip() is None
    assert len(files) + 1 == len(entry.files)
    assert {name.split("/")[0] for name in (first, *files)} == {folder}
    assert archive.read(first) == storage.path(entry.files[0].sha256).read_bytes()
    assert other.shown_code not in "".join(archive.namelist())
    sheet = openpyxl.load_workbook(io.BytesIO(archive.read(archive.namelist()[0]))).active
    rows = [dict(zip([cell.value for cell in sheet[1]], row, strict=True)) for row in sheet.values][1:]
    assert [row["Thư mục"] for row in rows] == [folder]


def test_names_in_the_archive_are_unicode_for_every_program(browser, contest, secretary, tmp_path):
    make_entry(contest, make_user(), "received", title="Vườn quế")
    archive = taken(browser(secretary))

    named = [info for info in archive.infolist() if not info.filename.isascii()]
    assert named
    assert all(info.flag_bits & 0x800 for info in named)
    if shutil.which("unzip"):
        archive.fp.seek(0)
        (tmp_path / "a.zip").write_bytes(archive.fp.read())
        assert subprocess.run(["unzip", "-tq", "a.zip"], cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_a_file_that_is_gone_is_named_in_the_index_and_left_out(browser, contest, secretary):
    entry = make_entry(contest, make_user(), "received")
    gone = entry.files[0].sha256
    whole = stores.lose(gone)
    try:
        archive = taken(browser(secretary))
    finally:
        stores.alter(gone, whole)

    sheet = openpyxl.load_workbook(io.BytesIO(archive.read(archive.namelist()[1]))).active
    states = [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert "Không còn trong kho" in states
    assert len(archive.namelist()) == 2 + states.count(None)


def test_an_archive_breaks_off_where_a_file_is_no_longer_what_was_sent(browser, contest, secretary):
    entry = make_entry(contest, make_user(), "received")
    file = entry.files[0].sha256
    whole = b"".join(storage.read(file))
    stores.alter(file, b"x" * len(whole))
    visitor = browser(secretary)
    try:
        with pytest.raises(FileUnreadable):
            taken(visitor)
    finally:
        stores.alter(file, whole)


def test_who_took_the_dossiers_is_in_the_log(browser, contest, secretary):
    make_entry(contest, make_user(), "received")
    taken(browser(secretary))

    line = db.session.scalars(select(AuditLine).filter_by(action="dossiers.exported")).one()
    assert (line.actor, line.about, line.details["works"]) == (secretary.subject, "category:BAO_IN", 1)


def test_an_observer_sees_how_large_it_is_and_cannot_take_it(browser, contest):
    make_entry(contest, make_user(), "received")
    visitor = browser(make_member(contest, "observer"))

    assert visitor.get(ARCHIVES).status_code == 200
    assert not visitor.soup.select("form[action$='.zip']")
