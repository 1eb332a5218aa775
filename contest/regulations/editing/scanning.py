"""Where the parts of a document begin and end in its text: values, statements, items of lists, headings of tables.

Only for text that the parser has taken already; nothing here judges it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

Key = tuple[str, ...]

_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^,\]}#\n]*[^,\]}#\s]")
_NAME = re.compile(r'\s*("(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)[ \t]*')
_SPACE = re.compile(r"(?:\s|#[^\n]*)*")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?")
_LINE = re.compile(r"[^\n]*\n?")


def end_of_value(text: str, at: int) -> int:
    """Find where the value that begins at a place ends."""
    if found := _STRING.match(text, at):
        return found.end()
    if text[at] not in "[{":
        bare = _BARE.match(text, at)
        return bare.end() if bare else at + 1
    closing = {"[": "]", "{": "}"}[text[at]]
    at = _skip(text, at + 1)
    while text[at] != closing:
        if text[at] in ",=":
            at += 1
        elif closing == "}" and (name := _NAME.match(text, at)) and text[name.end()] in ".=":
            at = name.end() + 1
        else:
            at = end_of_value(text, at)
        at = _skip(text, at)
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def key_at(text: str, at: int) -> tuple[Key, int]:
    """Read the dotted name that begins at a place, and where it ends."""
    names = []
    while found := _NAME.match(text, at):
        name, at = found.group(1), found.end()
        names.append(name[1:-1] if name[0] in "\"'" else name)
        if text[at : at + 1] != ".":
            break
        at += 1
    return tuple(names), at


@dataclass(frozen=True)
class Statement:
    """A name with its value; the text before and after belongs to nobody else."""

    before: str
    key: Key
    value: str
    after: str

    @property
    def text(self) -> str:
        """The statement as it is written."""
        return self.before + self.value + self.after


def statements(body: str) -> tuple[list[Statement], str]:
    """Split the lines below a heading into statements, each with the comments above it, and what follows the last."""
    found: list[Statement] = []
    begin = 0
    while True:
        at = _skip(body, begin)
        if at >= len(body):
            return found, body[begin:]
        key, at = key_at(body, at)
        value = _skip(body, at + 1)
        end = end_of_value(body, value)
        rest = _REST_OF_LINE.match(body, end)
        after = (rest.end() if rest else end) + 1
        found.append(Statement(body[begin:value], key, body[value:end], body[end:after]))
        begin = after


def entries(table: str) -> list[Statement]:
    """Split an inline table into its names with their values."""
    found: list[Statement] = []
    at = 1
    while True:
        begin = _skip(table, at)
        if table[begin] == "}":
            return found
        key, at = key_at(table, begin)
        value = _skip(table, at + 1)
        end = end_of_value(table, value)
        found.append(Statement(table[begin:value], key, table[value:end], ""))
        at = _skip(table, end)
        if table[at] == ",":
            at += 1


@dataclass(frozen=True)
class Item:
    """One value of a list, with the space and comments before it and the comment behind it."""

    lead: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Listed:
    """A list in square brackets, item by item.

    :ivar opening: a comment behind the opening bracket
    """

    items: tuple[Item, ...]
    closing: str
    trailing_comma: bool
    opening: str = ""

    @property
    def text(self) -> str:
        """The list as it is written."""
        last = len(self.items) - 1
        written, in_comment = f"[{self.opening}", bool(self.opening)
        for number, item in enumerate(self.items):
            comma = "," if number < last or self.trailing_comma else ""
            written += (
                ("\n" if in_comment and "\n" not in item.lead else "") + item.lead + item.value + comma + item.note
            )
            in_comment = bool(item.note)
        return written + ("\n" if in_comment and "\n" not in self.closing else "") + self.closing + "]"

    def with_items(self, items: list[Item]) -> Listed:
        """Give the list with other items, or with the same in another order; new ones are those without a lead."""
        lines = [item.lead for item in self.items if "\n" in item.lead]
        first = self.items[0].lead if self.items else ""
        between = lines[-1] if lines else " "
        between = between[between.rindex("\n") :] if "\n" in between else between
        spaced = []
        for number, item in enumerate(items):
            plain = "#" not in item.lead
            lead = (first if "#" not in first else between) if number == 0 else between
            spaced.append(replace(item, lead=lead) if plain else item)
        return replace(self, items=tuple(spaced), trailing_comma=self.trailing_comma and bool(items))


def listed(text: str) -> Listed:
    """Split a list into its items."""
    items: list[Item] = []
    rest = _REST_OF_LINE.match(text, 1)
    opening = rest.group() if rest and "#" in rest.group() else ""
    at, comma = 1 + len(opening), False
    while True:
        value = _skip(text, at)
        if text[value] == "]":
            return Listed(tuple(items), text[at:value], comma, opening)
        end = end_of_value(text, value)
        after = _skip(text, end)
        comma = text[after] == ","
        behind = after + 1 if comma else end
        rest = _REST_OF_LINE.match(text, behind)
        note = rest.group() if rest and "#" in rest.group() else ""
        if comma and "#" in text[end:after]:
            note = f"{text[end:after].rstrip()}{note}"
        items.append(Item(text[at:value], text[value:end], note))
        at = behind + (len(rest.group()) if rest and "#" in rest.group() else 0)


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it.

    :ivar above: comments and blank lines above, up to the last blank line: they belong to the place
    :ivar lead: comment lines directly above the heading: they belong to the table
    :ivar path: the names in the heading; none for the lines above the first heading
    """

    above: str
    lead: str
    heading: str
    path: Key
    is_item: bool
    body: str

    @property
    def text(self) -> str:
        """The section as it is written."""
        return self.above + self.lead + self.heading + self.body


def sections(text: str) -> list[Section]:
    """Split a document at its headings."""
    found: list[Section] = []
    above, lead, heading, is_item = "", "", "", False
    path: Key = ()
    begin = 0
    for start, end in _headings(text):
        body, next_above, next_lead = _parted(text[begin:start])
        found.append(Section(above, lead, heading, path, is_item, body))
        above, lead, heading, begin = next_above, next_lead, text[start:end], end
        is_item = heading.lstrip().startswith("[[")
        path, _ = key_at(heading, heading.index("[") + (2 if is_item else 1))
    found.append(Section(above, lead, heading, path, is_item, text[begin:]))
    return found


def _headings(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while True:
        at = _skip(text, at)
        if at >= len(text):
            return
        start = text.rfind("\n", 0, at) + 1
        if text[at] == "[":
            line = _LINE.match(text, at)
            at = line.end() if line else len(text)
            yield start, at
        else:
            _, at = key_at(text, at)
            at = end_of_value(text, _skip(text, at + 1))


def _parted(body: str) -> tuple[str, str, str]:
    """Part the lines between two headings: those of the first, those above the second, those that lead it."""
    done, rest = statements(body)
    own = "".join(statement.text for statement in done)
    lines = _LINE.findall(rest)
    lines = [line for line in lines if line]
    if done:  # comments that follow the last statement without a blank line between belong to it
        near = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
        own, lines = own + "".join(lines[:near]), lines[near:]
    leading = len(lines)
    while leading and lines[leading - 1].strip():
        leading -= 1
    return own, "".join(lines[:leading]), "".join(lines[leading:])
