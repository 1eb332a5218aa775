"""What an author changed, as a reader would name it."""

from contest.entries.draft import BYLINE, INSTALMENT, blank
from contest.screening.differences import Change, changes


def sent(**changed):
    return blank("BAO_IN", "Giữ nước đầu nguồn") | {"attachments": []} | changed


def test_two_equal_revisions_differ_nowhere():
    assert changes(sent(), sent()) == []


def test_a_changed_title_is_told_with_both_readings():
    (change,) = changes(sent(), sent(title="Giữ nước đầu nguồn sông Re"))

    assert (change.place, change.before, change.after) == (
        "Title of the work",
        "Giữ nước đầu nguồn",
        "Giữ nước đầu nguồn sông Re",
    )


def test_a_field_of_an_instalment_is_named_with_its_number():
    before = sent(instalments=[INSTALMENT, INSTALMENT | {"issue": "6120"}])
    after = sent(instalments=[INSTALMENT, INSTALMENT | {"issue": "6121"}])

    (change,) = changes(before, after)

    assert (change.place, change.params, change.detail) == ("Instalment %(number)s", {"number": 2}, "issue")


def test_an_author_who_was_added_is_one_change():
    lead = BYLINE | {"name": "Võ Gia Trà", "lead": True}
    (change,) = changes(sent(bylines=[lead]), sent(bylines=[lead, BYLINE | {"name": "Lê Khánh Thạch", "role": "Ảnh"}]))

    assert (change.before, change.after) == ("", "Lê Khánh Thạch, Ảnh")


def test_a_file_is_the_same_as_long_as_its_bytes_are():
    page = {"slot": "trang_bao", "sha256": "a", "name": "trang-1.pdf"}
    before = sent(attachments=[page])

    assert changes(before, sent(attachments=[page | {"name": "trang-mot.pdf"}])) == []
    assert [one.place for one in changes(before, sent(attachments=[page | {"sha256": "b"}]))] == [
        "File taken off",
        "File added",
    ]


def test_changes_stand_in_the_order_of_the_form():
    found = changes(sent(), sent(statements={"cam_ket": 1}, title="Khác", exemplars=[{"name": "Bà Sương"}]))

    assert [change.part for change in found] == sorted(
        (change.part for change in found), key=lambda part: ["work", "exemplars", "declarations"].index(part)
    )
    assert isinstance(found[0], Change)
