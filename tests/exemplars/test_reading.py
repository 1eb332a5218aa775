"""What is read of an exemplar before it is compared."""

import pytest

from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.localities import provinces
from contest.exemplars.reading import Written, marks_of, read_exemplar
from contest.exemplars.whereabouts import Level, Word

(PROVINCE,) = provinces()
BA_VI = "xã Ba Vì, huyện Ba Tơ"


def person(name):
    return read_exemplar(Written(name, ExemplarKind.PERSON, BA_VI), PROVINCE)


@pytest.mark.parametrize(
    ("written", "folded", "titled"),
    [
        ("Đinh Thị Rế", "dinh thi re", False),
        ("Chị Đinh Thị Rế, Trưởng thôn", "dinh thi re", True),
        ("Thiếu tá Nguyễn Văn Hòa", "nguyen van hoa", True),
        ("Chu Thi Lan", "chu thi lan", False),
        ("Đinh Văn Y-Bao", "dinh van y bao", False),
    ],
)
def test_of_a_person_the_name_is_read_without_titles_and_duties(written, folded, titled):
    reading = person(written)

    assert (" ".join(each.folded for each in reading.person.syllables), reading.titled) == (folded, titled)


def test_the_year_of_birth_in_a_name_is_read():
    assert person("Nguyễn Văn Hùng (SN 1961)").born == "1961"


def test_the_name_of_a_unit_is_read_in_full_and_its_places_apart():
    reading = read_exemplar(Written("HTX nông nghiệp xã Ba Vì", ExemplarKind.COLLECTIVE, BA_VI), PROVINCE)

    assert " ".join(word.folded for word in reading.words) == "hop tac xa nong nghiep"
    assert reading.own == {(Level.COMMUNE, "ba vi")}


def test_the_mark_of_a_vowel_pair_is_the_same_wherever_it_is_written():
    assert marks_of(Word("hoà", "hoa")) == marks_of(Word("hòa", "hoa"))
    assert marks_of(Word("hoá", "hoa")) != marks_of(Word("hòa", "hoa"))
