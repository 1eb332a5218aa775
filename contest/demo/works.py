"""Invented works: everything an author would type, and which files would go with it. Pure, from a seeded generator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from contest.demo.people import Somebody
from contest.demo.places import NEWSROOMS, PLACES, WRITTEN, Newsroom
from contest.demo.stories import STORIES, Story

if TYPE_CHECKING:
    from contest.regulations.entering import Category, Slot
    from contest.regulations.schema import Regulation

# How many works of a hundred each medium gets; as in the province's other contests.
SHARES = {"print": 31, "online": 38, "radio": 13, "tv": 18}
MEN = ("Hồ Văn Thạch", "Phạm Văn Sửu", "Võ Tấn Lợi")
WOMEN = ("Đinh Thị Rố", "Nguyễn Thị Bưởi", "Hồ Thị Ấn")
SERIES = (1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 4, 5)
CHANNELS = {"radio": "PTQ 102,9 MHz", "tv": "PTQ1"}
INSTALMENT_TITLES = (
    "Từ một cuộc họp thôn",
    "Những người đi trước",
    "Khi lòng dân đã thuận",
    "Chuyện còn ở lại",
    "Nhân rộng",
)


@dataclass(frozen=True)
class Work:
    """One invented work.

    :ivar draft: the keys of `contest.entries.draft`, all filled in
    :ivar files: pairs of slot and kind
    :ivar story: what it tells of
    :ivar quality: how good it is, in points of a hundred; jurors scatter around it
    """

    category: str
    lead: Somebody
    draft: Mapping[str, Any]
    files: Sequence[tuple[str, str]]
    story: Story
    quality: float


def categories(random: Random, regulation: Regulation, count: int) -> list[str]:
    """Deal the categories to so many works, in the usual shares, shuffled."""
    weights = [SHARES[category.medium] for category in regulation.categories]
    total = sum(weights)
    dealt: list[str] = []
    for category, weight in zip(regulation.categories, weights, strict=True):
        dealt += [category.code] * round(count * weight / total)
    while len(dealt) < count:
        dealt.append(regulation.categories[0].code)
    random.shuffle(dealt)
    return dealt[:count]


def newsroom_on(random: Random, medium: str, day: date) -> Newsroom:
    """Choose a newsroom that worked in a medium under its name on a day; those of the province come first."""
    fitting = [
        room
        for room in NEWSROOMS
        if medium in room.media
        and (room.valid_from is None or room.valid_from <= day)
        and (room.valid_until is None or day <= room.valid_until)
    ]
    return random.choice(fitting[:2] * 3 + fitting)


def invent(
    random: Random, regulation: Regulation, category: Category, authors: Sequence[Somebody], number: int
) -> Work:
    """Invent one work of a category by these people.

    :param number: makes addresses and issue numbers unlike those of other works
    """
    story = STORIES[number % len(STORIES)]
    place = PLACES[(number // len(STORIES) + number) % len(PLACES)]
    name = _exemplar_name(random, story)
    words = {"place": place, "name": name}
    topics = [term.code for term in regulation.topics]
    topic = story.topic if story.topic in topics else topics[number % len(topics)]
    count = min(random.choice(SERIES), category.max_instalments or regulation.limits.max_instalments)
    window = regulation.calendar.publication
    day = window.first + timedelta(days=random.randrange(window.days - 7 * count))
    room = newsroom_on(random, category.medium, day)
    title = (story.title if "{" in story.title else f"{story.title} ở {{place}}").format(**words)
    if count > 1:
        title = f"Loạt {count} kỳ: {title}"
    draft = {
        "title": title,
        "category": category.code,
        "genre": random.choice(category.genres),
        "topic": topic,
        "summary": story.summary.format(**words),
        "instalments": [
            _instalment(random, category.medium, room, day + timedelta(days=part), number, part, count)
            for part in range(count)
        ],
        "bylines": [_byline(person, category, room.name, position) for position, person in enumerate(authors)],
        "exemplars": [
            {
                "name": story.exemplar.format(**words),
                "kind": story.kind,
                "topic": topic,
                "locality": WRITTEN.get(place, place),
                "unit": "",
            }
        ],
        "prior_awards": _awards(random, regulation),
        "statements": {one.code: one.version for one in regulation.statements if one.required or random.random() < 0.4},
    }
    files = [
        (slot.code, _drawn(slot))
        for slot in category.slots
        if slot.required
        for _ in range(min(count, 2, slot.max_count))
    ]
    spare = [slot for slot in category.slots if not slot.required and slot.kinds[0] in ("pdf", "image")]
    files += [(slot.code, slot.kinds[0]) for slot in spare if random.random() < 0.15]
    return Work(category.code, authors[0], draft, files, story, min(96.0, max(48.0, random.gauss(75, 9))))


def _drawn(slot: Slot) -> str:
    """Choose among the kinds of file that a slot takes one that can be drawn."""
    return next((kind for kind in slot.kinds if kind != "docx"), slot.kinds[0])


def _exemplar_name(random: Random, story: Story) -> str:
    told = f"{story.title} {story.summary}"
    is_woman = any(f"{word} {{name}}" in told for word in ("Bà", "bà", "chị", "Cô"))
    return random.choice(WOMEN if is_woman else MEN)


def _instalment(
    random: Random, medium: str, room: Newsroom, day: date, number: int, part: int, count: int
) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "title": f"Kỳ {part + 1}: {INSTALMENT_TITLES[part]}" if count > 1 else "",
        "published_on": day.isoformat(),
        "outlet": room.name,
    }
    if medium == "print":
        typed |= {
            "issue": str(4000 + number),
            "page": str(random.randint(1, 8)),
            "words": random.randrange(1200, 2400, 50),
        }
    elif medium == "online":
        typed |= {
            "url": f"https://toasoan.example/dan-van/{day:%Y%m}/{number}-{part + 1}.html",
            "words": random.randrange(1200, 2400, 50),
        }
    else:
        typed |= {
            "channel": CHANNELS[medium],
            "hour": f"{random.randint(6, 20):02}:{random.choice((0, 15, 30, 45)):02}",
            "minutes": random.randint(6, 28),
        }
    return typed


def _byline(person: Somebody, category: Category, unit: str, position: int) -> dict[str, Any]:
    return {
        "name": person.name,
        "pen_names": person.pen_names,
        "role": category.roles[min(position, len(category.roles) - 1)],
        "unit": unit,
        "phone": "+84" + person.phone[1:],
        "email": person.email,
        "lead": position == 0,
    }


def _awards(random: Random, regulation: Regulation) -> list[dict[str, Any]]:
    declared = [
        level.code for level in regulation.prior_awards.levels if not regulation.prior_awards.refuses(level.code)
    ]
    if random.random() > 0.04 or not declared:
        return []
    return [
        {
            "name": "Giải Khuyến khích",
            "level": declared[0],
            "date": f"{regulation.calendar.publication.first:%Y}-06-21",
            "organiser": "Hội Nhà báo tỉnh, cụm thi đua cơ sở",
        }
    ]


def marks(random: Random, rubric: Sequence[Any], quality: float, severity: float) -> dict[str, int]:
    """Mark a work as a juror of this severity would: hundredths by criterion, each a whole number of steps.

    :param quality: of the work, in points of a hundred
    :param severity: what this juror usually adds or takes away, in points of a hundred
    """
    given = {}
    for criterion in rubric:
        share = (quality + severity + random.gauss(0, 3.2)) / 100
        steps = round(criterion.maximum * min(1.0, max(0.2, share)) / criterion.step)
        given[criterion.code] = min(criterion.maximum, steps * criterion.step)
    return given
