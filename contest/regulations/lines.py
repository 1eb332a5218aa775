"""Breaking a long name into lines as a typesetter would: at its commas and before its quotation marks."""

from __future__ import annotations

UNKIND = 150


def lines(text: str, longest: int = 40) -> list[str]:
    """Break a text into lines of about equal length, none longer than can be helped.

    :param longest: letters on a line; a single longer word gets a line of its own
    """
    words = text.split()
    best: list[tuple[float, list[str]]] = [(0, [])]
    for end in range(1, len(words) + 1):
        options = []
        for start in range(end):
            line = " ".join(words[start:end])
            if len(line) <= longest or end - start == 1:
                cost, above = best[start]
                options.append((cost + (longest - len(line)) ** 2 + _unkindness(words, end), [*above, line]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _unkindness(words: list[str], end: int) -> int:
    if end == len(words) or words[end - 1][-1] in ",;:–" or words[end][0] in "“(–":
        return 0
    return UNKIND
