"""Words as long as they come: each certificate is set without a fault, or refused with a sentence."""

from dataclasses import replace

from contest.certificates.layout import DoesNotFit
from tests.certificates.boxes import faults, faults_of, page_of
from tests.makers.certificates import make_printed
from tests.makers.long_words import VOWELS, words

CASES = 40


def found(count):
    """What is wrong with so many certificates, and how many were refused."""
    wrong, refused = [], 0
    for number, printed in enumerate(words(count)):
        try:
            wrong += [f"{number}: {fault}" for fault in faults(printed)]
        except DoesNotFit:
            refused += 1
    return wrong, refused


def test_forty_certificates_have_every_letter_on_its_place():
    wrong, refused = found(CASES)

    assert wrong == []
    assert refused <= CASES // 20


def test_the_lowest_letters_never_touch_the_highest_below_them():
    name = "Ẵỹg Ẵỹg Ẵỹg"
    for people, length in ((1, 1), (1, 12), (2, 12), (3, 12), (5, 12), (8, 6)):
        printed = make_printed(
            authors=[{"name": name, "pen_names": "Ẵỹg Ẵỹg"}] * people,
            unit=" ".join([name] * 4),
            award="ẴẪỖ",
            category=f"{name} {name}",
            work=" ".join([name] * length),
        )

        assert faults(printed) == []


def test_a_line_that_is_moved_is_found_by_its_ink():
    printed = make_printed()
    page = page_of(printed)
    for moved, fault in ((-40.0, "touches"), (-400.0, "leaves the frame"), (500.0, "leaves the frame")):
        name = page.content[5]
        (line,) = name.lines
        content = [*page.content[:5], replace(name, lines=(replace(line, y=line.y + moved),)), *page.content[6:]]

        assert any(fault in each for each in faults_of(replace(page, content=content), printed))


def test_the_words_hold_every_vietnamese_letter_in_both_cases():
    said = "".join(str(printed["authors"]) for printed in words(500))

    assert set(VOWELS + VOWELS.upper() + "đĐ") <= set(said)
