"""The names of files as people see them."""

import pytest

from contest.storage import clean_name, download_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Đỗ Đức - bài 1.pdf", "Đỗ Đức - bài 1.pdf"),
        ("Đỗ.pdf", "Đỗ.pdf"),
        ("C:\\Users\\tg\\bai.docx", "bai.docx"),
        ("../../etc/passwd", "passwd"),
        ("anh\u202egnp.exe", "anhgnp.exe"),
        ("a\u200bb\x00c\nd.pdf", "abc d.pdf"),
        ("   ...  ", "tep"),
        ("", "tep"),
        (None, "tep"),
        ("con.pdf", "_con.pdf"),
    ],
)
def test_a_name_is_cleaned_for_reading(given, shown):
    """Folders, directions of writing, controls and reserved names go; NFD becomes NFC. (C4)"""
    assert clean_name(given) == shown


def test_a_long_name_keeps_its_extension():
    """Four hundred letters become a hundred and twenty. (C4)"""
    shown = clean_name("ộ" * 400 + ".pdf")

    assert (len(shown), shown[-5:]) == (120, "ộ.pdf")


def test_a_download_says_what_it_is():
    assert download_name("trang-bao.html", "application/pdf") == "trang-bao.html.pdf"
    assert download_name("anh.JPEG", "image/jpeg") == "anh.JPEG"
