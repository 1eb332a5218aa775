"""Documents made to hurt: too large, too deep, too many, and what would take square time."""

from __future__ import annotations

from contest.regulations import presets
from contest.regulations.document import LARGEST

PRESET = presets.text("quang_ngai_2025")


def replaced(old: str, new: str) -> str:
    assert old in PRESET, f"the preset does not say {old!r}"
    return PRESET.replace(old, new, 1)


def many(pattern: str, times: int) -> str:
    return "".join(pattern.format(n=number) for number in range(times))


HOSTILE: dict[str, str | bytes] = {
    "one byte too many": b"#" * (LARGEST + 1),
    "four bytes a letter": "😀" * (LARGEST // 4 + 1),
    "not UTF-8": PRESET.encode("utf-16"),
    "latin letters": PRESET.replace("Dân", "Dan").encode("latin-1", "replace").replace(b"?", b"\xe9"),
    "nothing but nulls": "\0" * LARGEST,
    "nothing": "",
    "line ends": "\n" * LARGEST,
    "carriage returns": "\r" * LARGEST,
    "comments": "#\n" * (LARGEST // 2),
    "equals signs": "=" * LARGEST,
    "full stops": "." * LARGEST,
    "brackets": "[" * LARGEST,
    "braces": "{" * LARGEST,
    "quotation marks": '"' * LARGEST,
    "apostrophes": "x = '''" + "'" * 200_000,
    "backslashes": 'x = "' + "\\\\" * 100_000 + '"',
    "a text without end": "x = '" + "a" * 200_000,
    "spaces": "x =" + " " * 200_000,
    "line continuations": 'x = """' + "\\\n" * 60_000 + '"""',
    "closing brackets": "]" * LARGEST,
    "lists in lists": "x = " + "[" * 100_000 + "]" * 100_000,
    "tables in tables": "x = " + "{a = " * 40_000 + "1" + "}" * 40_000,
    "a heading of many parts": "[" + ".".join("a" * 100_000) + "]",
    "a name of many parts": ".".join("a" * 100_000) + " = 1",
    "names of seven parts": many("a{n}.b.c.d.e.f.g = 1\n", 8000),
    "headings of eight parts": many("[a.b.c.d.e.f.g.h{n}]\n", 8000),
    "unknown names": many("a{n} = 1\n", 20_000),
    "unknown names in a table": replaced("grace_minutes = 60", "grace_minutes = 60\n" + many("a{n} = 1\n", 11_000)),
    "unknown tables": PRESET + many("[a{n}]\n", 20_000),
    "a name given twice, far apart": many("a{n} = 1\n", 15_000) + "a0 = 2\n",
    "a million minutes": replaced("grace_minutes = 60", "grace_minutes = " + "9" * 4000),
    "a number of a hundred thousand digits": replaced("grace_minutes = 60", "grace_minutes = " + "9" * 100_000),
    "digits with underscores": replaced("grace_minutes = 60", "grace_minutes = 9" + "_9" * 90_000),
    "decimals without end": replaced("step = 0.5", "step = 0." + "5" * 200_000),
    "a decimal too small to write": replaced("step = 0.5", "step = 1e-999999999"),
    "a decimal too large to write": replaced("step = 0.5", "step = 1e999999999"),
    "a hair above a half": replaced("step = 0.5", "step = 0.50000000000000000000000000000000000000001"),
    "decimals": PRESET + "x = [" + "1.1," * 50_000 + "]",
    "dates": PRESET + "x = [" + "2025-01-01," * 15_000 + "]",
    "empty tables": PRESET + "x = [" + "{}," * 60_000 + "]",
    "rounds": PRESET.partition("[letterhead]")[0] + "[[rounds]]\n" * 11_000,
    "genres": PRESET + "[[genres]]\n" * 11_000,
    "genres that differ": PRESET + many('[[genres]]\ncode = "g{n}"\nname = "x"\n', 3500),
    "one genre many times": PRESET + '[[genres]]\ncode = "a"\nname = "x"\n' * 3500,
    "statements": PRESET + "[[statements]]\n" * 10_000,
    "clauses": PRESET + "[[chapters.articles.clauses]]\ntext = '{a}'\n" * 4500,
    "places to fill": PRESET + f"[[chapters.articles.clauses]]\ntext = '{many('{{a{n}}}', 500)}'\n",
    "places to fill in every clause": PRESET
    + f"[[chapters.articles.clauses]]\ntext = '{many('{{a{n}}}', 500)}'\n" * 30,
    "braces in the wording": replaced("Phạm Trường Giang", "{" * 100_000),
    "points of a clause": PRESET + "[[chapters.articles.clauses]]\ntext = 'a'\npoints = [" + "'{b}'," * 9000 + "]",
    "genres of a category": replaced('genres = ["phan_anh",', "genres = [" + '"a",' * 10_000 + '"phan_anh",'),
    "refused levels": replaced("refused_levels = [", "refused_levels = [" + '"a",' * 10_000),
    "organisers": replaced("organiser = [", "organiser = [" + '"a",' * 10_000),
    "quotas of unknown groups": replaced('code = "A"', f'code = "A"\nquotas = {{{many("b{n} = 1,", 9000)[:-1]}}}'),
    "rubrics of unknown categories": replaced('{BAO_IN = "bao_in", ', "{" + many('B{n} = "b{n}", ', 7000)),
    "quotas of newsrooms": replaced(
        "staff_may_enter", "unit_quotas = [" + '{unit = "a", works = 1},' * 3500 + "]\nstaff_may_enter"
    ),
    "levels of guidance": replaced("guidance = [", "guidance = [" + "{low = 1, high = 2, text = 'x'}," * 2500),
    "tie-breaks": replaced("tie_breaks = [", "tie_breaks = [" + '"act",' * 10_000),
    "a slug of hyphens": replaced('slug = "', 'slug = "' + "a-" * 90_000 + "!"),
    "a code of many letters": replaced('code = "phan_anh"', 'code = "' + "a" * 200_000 + '!"'),
    "a name of many letters": PRESET + '"' + "ă" * 100_000 + '" = 1',
    "a name with a line end": PRESET + '"a\\nb" = 1',
    "a name of nothing": PRESET + '"" = 1',
    "marks upon one letter": 'name = "a' + "\u0301\u0323" * 60_000 + '"',
    "marks upon one letter, escaped": 'name = "a' + "\\u0301\\u0323" * 20_000 + '"',
    "marks upon the letter of a name": '"a' + "\u0301\u0323" * 60_000 + '" = 1',
    "half a surrogate": 'name = "\\ud800"',
    "half a surrogate, as it is": 'name = "\ud800"',
    "no such letter": 'name = "\\U00110000"',
    "from right to left": replaced('short_name = "', 'short_name = "\u202e'),
    "a line separator": replaced('short_name = "', 'short_name = "a\u2028b'),
    "no letter at all": replaced('short_name = "', 'short_name = "\ufffe'),
    "families": 'x = "' + "👩‍👩‍👧" * 8000 + '"',
    "a percent sign": replaced('code = "phan_anh"', 'code = "%(code)s"'),
    "markup": replaced('code = "phan_anh"', 'code = "<script>alert(1)</script>"'),
    "a template": replaced("{publication_first}", "{publication_first.__class__}"),
    "a place with a format": replaced("{publication_first}", "{0!r:>999999999}"),
    "TOML of another kind": "format: 1\nname: Cuộc thi\n",
    "JSON": '{"format": 1}',
    "a page": "<!doctype html><title>Thể lệ</title>",
    "a program": "#!/usr/bin/env python\nimport os\n",
    "a table that is a value": PRESET + "[name]\nx = 1\n",
    "a value that is a table": "[name]\n" + PRESET.replace("[", "#["),
}
