"""What differs between two documents, told in words: each value that changed, and each item that came or went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contest.errors import N_
from contest.regulations.field_names import ITEMS, SETTINGS, called

LONGEST = 200
YES, NO = N_("yes"), N_("no")
ORDER = N_("order")
ALONE = {"money": "amount", "discrepancy": "limit"}
"""Tables that may be written as one value, with the setting which that value is."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Change:
    """One value before and after; None where there was or will be nothing.

    :ivar path: where in the document, as problems write it
    :ivar words: the same in words, such as "Vòng “Chung khảo”: đóng"
    """

    path: str
    before: str | None
    after: str | None
    words: str = field(default="", compare=False)


def changes(before: Mapping[str, Any], after: Mapping[str, Any], translate: Translate = str) -> tuple[Change, ...]:
    """List what differs, in the order of the document; items of lists are followed by their codes.

    An item that is new or gone is one change, whatever it holds.

    :param translate: turns the names of settings into the reader's language
    """
    return tuple(_of_tables(_Place(translate), before, after))


@dataclass(frozen=True)
class _Place:
    """Where in the two documents, and what that is called.

    :ivar key: the name of the innermost setting, table or list
    :ivar parent: the name of the table or list around it
    :ivar articles: how many articles stand before, for those are numbered through the chapters
    """

    translate: Translate
    path: str = ""
    key: str = ""
    parent: str = ""
    words: tuple[str, ...] = ()
    articles: int = 0

    def setting(self, key: str) -> _Place:
        """Go to a setting of this table."""
        name = called(SETTINGS, self.key, key)
        words = (*self.words, self.translate(name) if name else key)
        return replace(self, path=f"{self.path}.{key}" if self.path else key, key=key, parent=self.key, words=words)

    def item(self, code: str, item: Mapping[str, Any], number: int) -> _Place:
        """Go to an item of this list; beside it the list itself is not named."""
        name = called(ITEMS, self.parent, self.key)
        *way, listed = self.words
        words = self.translate(name) % {"name": self._name(item, number)} if name else f"{listed} {number}"
        return replace(self, path=f"{self.path}[{code}]", words=(*way, words))

    def _name(self, item: Mapping[str, Any], number: int) -> str:
        if self.key == "chapters" and number <= len(ROMAN):
            return ROMAN[number - 1]
        if self.key == "articles":
            return str(self.articles + number)
        return next(
            (_cut(item[name]) for name in ("name", "unit", "code") if isinstance(item.get(name), str)), str(number)
        )

    def change(self, before: str | None, after: str | None) -> Change:
        """Tell a change at this place."""
        *way, last = self.words
        words = f"{' › '.join(way)}: {last}" if way else last
        return Change(self.path, before, after, words[:1].upper() + words[1:])


def _of_tables(place: _Place, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in [*new, *(key for key in old if key not in new)]:
        yield from _of_values(place.setting(key), old.get(key), new.get(key))


def _of_values(place: _Place, old: Any, new: Any) -> Iterator[Change]:
    if place.key in ALONE and isinstance(old, dict) != isinstance(new, dict):
        old, new = ({ALONE[place.key]: value} if _is_alone(value) else value for value in (old, new))
    if isinstance(old, dict) or isinstance(new, dict):
        yield from _of_tables(place, old if isinstance(old, dict) else {}, new if isinstance(new, dict) else {})
    elif _is_listed(old) or _is_listed(new):
        yield from _of_items(place, old if _is_listed(old) else [], new if _is_listed(new) else [])
    else:
        before, after = _shown(place, old), _shown(place, new)
        if before != after:
            yield place.change(before, after)


def _is_alone(value: Any) -> bool:
    return value is not None and not isinstance(value, dict)


def _is_listed(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _of_items(place: _Place, old: list[Any], new: list[Any]) -> Iterator[Change]:
    were, are = dict(_keyed(old)), dict(_keyed(new))
    articles = place.articles
    for code in [*are, *(code for code in were if code not in are)]:
        number, item = are.get(code) or were[code]
        here = replace(place.item(code, item, number), articles=articles)
        if place.key == "chapters":
            articles += len(item.get("articles", ()))
        if code in are and code in were:
            yield from _of_tables(here, were[code][1], item)
        elif code in are:
            yield here.change(None, _title(item))
        else:
            yield here.change(_title(item), None)
    kept = [code for code in were if code in are], [code for code in are if code in were]
    if kept[0] != kept[1]:
        ordered = replace(place, words=(*place.words, place.translate(ORDER)))
        yield ordered.change(*(_cut(", ".join(codes)) for codes in kept))


def _keyed(items: list[Any]) -> Iterator[tuple[str, tuple[int, dict[str, Any]]]]:
    for number, item in enumerate(items, 1):
        table = item if isinstance(item, dict) else {"name": str(item)}
        code = table.get("code")
        yield code if isinstance(code, str) else f"#{number}", (number, table)


def _title(item: Mapping[str, Any]) -> str:
    """Give what an item is best known by: its name, else the first words in it."""
    texts = [item[name] for name in ("name", "title", "text", "unit") if isinstance(item.get(name), str)]
    return _cut(next(iter([*texts, *(value for value in item.values() if isinstance(value, str))]), "…"))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _shown(place: _Place, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, list):
        return _cut(", ".join(_shown(place, item) or "" for item in value))
    if isinstance(value, bool):
        return place.translate(YES if value else NO)
    if isinstance(value, datetime):
        return f"{value:%H:%M, %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | Decimal):
        return _grouped(value)
    return _cut(str(value))


def _grouped(value: int | Decimal) -> str:
    """Write a number as Vietnamese does: 15.000.000 and 17,5."""
    whole, _, rest = f"{value:,f}".partition(".") if isinstance(value, Decimal) else (f"{value:,}", "", "")
    whole = whole.replace(",", ".")
    return f"{whole},{rest}" if rest else whole
