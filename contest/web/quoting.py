"""The title of a work between quotation marks, with those inside it set right.

Vietnamese puts “…” around a title and ‘…’ inside; deeper still they take turns. Authors type what their keyboard has:
straight marks, French ones, or marks around the whole title. An apostrophe is none of them ("H'Yéo", "Đắk R'lấp").
"""

from __future__ import annotations

from collections.abc import Iterator

DOUBLE = frozenset('“”„‟"«»＂')
SINGLE = frozenset("‘’‚‛'‹›")
OPENING = frozenset("“„‟«‘‚‛‹")
ALWAYS_OPENING = frozenset("„«‚‹")
ALWAYS_CLOSING = frozenset("»›")
STRAIGHT = frozenset("\"＂'")
PAIRS = (("“", "”"), ("‘", "’"))


def quoted(title: str) -> str:
    """Put a title into quotation marks: once, also where it has marks of its own."""
    title = _bare(title)
    letters = list(title)
    around = [(-1, len(title))]
    for opening, closing in sorted(_pairs(title)):
        while around[-1][1] < opening:
            around.pop()
        letters[opening], letters[closing] = PAIRS[len(around) % 2]
        around.append((opening, closing))
    return f"“{''.join(letters)}”"


def within_quotes(title: str) -> str:
    """Set a title right for a sentence that has the quotation marks around it: “%(title)s”."""
    return quoted(title)[1:-1]


def _bare(title: str) -> str:
    """Take away the marks around the whole title, and a curved one at an end of it that lacks its other half."""
    while title:
        found = _pairs(title)
        matched = {place for pair in found for place in pair}
        last = len(title) - 1
        if last > 1 and (0, last) in found:
            title = title[1:-1].strip()
        elif title[0] == "“" and 0 not in matched:
            title = title[1:].lstrip()
        elif title[-1] == "”" and last not in matched:
            title = title[:-1].rstrip()
        else:
            break
    return title


def _pairs(title: str) -> set[tuple[int, int]]:
    """Find which marks belong together, by their places; what has no other half is an apostrophe or a slip."""
    found: set[tuple[int, int]] = set()
    still_open: list[tuple[int, frozenset[str]]] = []
    for place, mark, before, after in _marks(title):
        kind = DOUBLE if mark in DOUBLE else SINGLE
        is_inside = any(each is kind for _, each in still_open)
        follows_opening = bool(still_open) and still_open[-1][0] == place - 1
        if _opens(mark, " " if follows_opening else before, after, is_inside=is_inside):
            still_open.append((place, kind))
        elif is_inside:
            while (last := still_open.pop())[1] is not kind:
                pass
            found.add((last[0], place))
    return found


def _marks(title: str) -> Iterator[tuple[int, str, str, str]]:
    """Give every mark that may be one of quotation, with its place and what stands before and after it."""
    padded = f" {title} "
    for place, (mark, before, after) in enumerate(zip(title, padded, padded[2:], strict=False)):
        is_within_a_word = before.isalnum() and after.isalnum()
        if mark in DOUBLE or (mark in SINGLE and not is_within_a_word):
            yield place, mark, before, after


def _opens(mark: str, before: str, after: str, *, is_inside: bool) -> bool:
    if mark in ALWAYS_OPENING or mark in ALWAYS_CLOSING:
        return mark in ALWAYS_OPENING
    if before.isspace() or after.isspace():
        return not after.isspace()
    return not is_inside if mark in STRAIGHT else mark in OPENING
