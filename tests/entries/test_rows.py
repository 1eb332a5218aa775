from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict

from contest.entries.rows import changed

NAMES = some.lists(some.text("abc", min_size=1, max_size=3), max_size=6)
ACTS = some.from_regex(r"(remove|up|down)-[0-9]{1,2}|add|next", fullmatch=True)


def typed(names: list[str], lead: int | None = None) -> MultiDict[str, str]:
    form: MultiDict[str, str] = MultiDict([(f"rows-{place}-name", name) for place, name in enumerate(names)])
    if lead is not None:
        form["lead"] = str(lead)
    return form


def names(form: MultiDict[str, str]) -> list[str]:
    rows = [key for key in form if key.endswith("-name")]
    return [form[key] for key in sorted(rows, key=lambda key: int(key.split("-")[1]))]


def test_a_row_is_removed_and_the_others_are_numbered_anew() -> None:
    assert names(changed(typed(["a", "b", "c"]), "remove-1")) == ["a", "c"]


def test_a_row_moves_by_one_place_and_not_over_the_end() -> None:
    assert names(changed(typed(["a", "b", "c"]), "up-2")) == ["a", "c", "b"]
    assert names(changed(typed(["a", "b", "c"]), "up-0")) == ["a", "b", "c"]
    assert names(changed(typed(["a", "b", "c"]), "down-2")) == ["a", "b", "c"]


def test_a_choice_among_the_rows_follows_its_row() -> None:
    assert changed(typed(["a", "b"], lead=0), "down-0", chosen="lead")["lead"] == "1"
    assert changed(typed(["a", "b"], lead=1), "remove-0", chosen="lead")["lead"] == "0"
    assert "lead" not in changed(typed(["a", "b"], lead=1), "remove-1", chosen="lead")


@given(NAMES, ACTS)
def test_no_act_loses_what_was_typed_in_another_row(given_names: list[str], act: str) -> None:
    kept = names(changed(typed(given_names), act))

    assert len(kept) >= len(given_names) - act.startswith("remove")
    assert set(kept) <= set(given_names)


@given(some.dictionaries(some.text(max_size=20), some.text(max_size=5), max_size=8), some.text(max_size=12))
def test_no_field_name_and_no_act_breaks_anything(fields: dict[str, str], act: str) -> None:
    elsewhere = {name: value for name, value in fields.items() if not name.startswith("rows-") and name != "lead"}
    kept = changed(MultiDict(fields), act, chosen="lead").to_dict()

    assert elsewhere.items() <= kept.items()
