from __future__ import annotations

import pytest

from contest.entries.asked import MISSING, fields_of
from contest.entries.draft import blank, gaps
from contest.regulations import presets, schema
from contest.regulations.entering import InstalmentField

REGULATION = schema.parse(presets.text("quang_ngai_2025"))
FIELDS = InstalmentField.__args__  # type: ignore[attr-defined]


@pytest.mark.parametrize("category", REGULATION.categories, ids=lambda category: str(category.code))
def test_a_category_that_names_nothing_asks_what_its_medium_asks(category) -> None:
    required = {
        "print": ["issue"],
        "online": ["url"],
        "radio": ["channel", "minutes"],
        "tv": ["channel", "minutes"],
    }

    assert [field.name for field in fields_of(category) if field.required] == required[category.medium]


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_category_names_is_asked_and_missed(name: str) -> None:
    category = REGULATION.categories[0].model_copy(update={"instalment_fields": (name,)})
    regulation = REGULATION.model_copy(update={"categories": (category,)})

    assert [field.name for field in fields_of(category) if field.required] == [name]
    assert MISSING[name] in {gap.message for gap in gaps(blank(category.code), regulation)}


def test_a_category_that_names_no_field_asks_for_the_title_at_most() -> None:
    category = REGULATION.categories[0].model_copy(update={"instalment_fields": ()})

    assert [(field.name, field.required) for field in fields_of(category)] == [("title", False)]
