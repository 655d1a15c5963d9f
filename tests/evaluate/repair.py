#!/usr/bin/env python3
"""How many of the repairs that can be made are offered, and how many of those that are offered are right.

usage: repair.py TARJUMAN FILE… [--list]

Each file is a table with a column for each language (a head names them; columns of other names are passed over) or a TMX. A value that stands once in
both languages of a line, and means the same there, is changed in both: a number to one of as many digits that takes the same form of what it
counts, a date to another day, a solar one by an independent count of days. Then the memory has the old pair, the new source is looked up, and what is offered is
held against the new target. Readers, months and changes here are this script's own: nothing of tarjuman says what is right.

    offered   repairs that are offered, of those that were planted
    right     of the offered ones those that are the new target to the letter
    plain     the same two for the exchange that other tools make: where the runs of digits of the stored pair are the same characters on both
              sides, each run that differs in the source is exchanged in the target
"""
import datetime
import importlib.util
import itertools
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

LANGUAGES = ["en", "fa", "ar", "sq"]
DIGITS = {"ascii": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
ASCII = {digit: str(value) for kind in DIGITS.values() for value, digit in enumerate(kind)}
DIGIT = "[0-9٠-٩۰-۹]"

# The names of months that the files use, in the nominative; forms in other cases are left alone.
MONTHS = {
    "en": [["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]],
    "sq": [["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"]],
    "ar": [["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]],
    "fa": [["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"],
           ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "جولای", "آگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]],
}
SOLAR = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|شنبه|جمعه|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|"
                     r"\b[eë]? ?(hën|mart|mërkur|enjt|premt|shtun|diel)", re.I)
SECOND = re.compile(r"الموافق|برابر با|هـ")

spec = importlib.util.spec_from_file_location("days", Path(__file__).with_name("calendar.py"))
days = importlib.util.module_from_spec(spec)
spec.loader.exec_module(days)


def ascii_of(text):
    return "".join(ASCII.get(letter, letter) for letter in text)


def like(digits, example):
    """ASCII digits in those of an example."""
    kind = next(kind for kind in DIGITS.values() if any(letter in kind for letter in example))
    return "".join(kind[int(digit)] if digit.isdigit() else digit for digit in digits)


def dates(text, language):
    """(place, (year or None, month, day), calendar, how to write another)"""
    found = []
    for family in MONTHS[language] + ([SOLAR] if language == "fa" else []):
        names = "|".join(sorted(family, key=len, reverse=True))
        calendar = "solar" if family is SOLAR else "gregorian"
        year = rf"(?P<gap>,? )(?P<y>{DIGIT}{{4}})(?!{DIGIT})"
        patterns = [rf"(?<![\w/.,:٫-])(?P<d>{DIGIT}{{1,2}})(?P<mid> )(?P<m>{names})(?![\w\u200c])(?:{year})?"]
        if language == "en":
            patterns.append(rf"\b(?P<m>{names})(?P<mid> )(?P<d>{DIGIT}{{1,2}})(?![\w/.:-])(?:{year})?")
        for pattern in patterns:
            for match in re.finditer(pattern, text):
                part = match.groupdict()
                month_first = match.start("m") < match.start("d")

                def write(year, month, day, part=part, month_first=month_first, family=family):
                    day, month = like(str(day), part["d"]), family[month - 1]
                    text = month + part["mid"] + day if month_first else day + part["mid"] + month
                    return text + (part["gap"] + like(str(year), part["y"]) if part["y"] else "")

                date = (int(ascii_of(part["y"])) if part["y"] else None, family.index(part["m"]) + 1, int(ascii_of(part["d"])))
                found.append((match.span(), date, calendar, write))
    return found


def numbers(text, language):
    """(place, the digits with a dot before a fraction)"""
    separators = {"en": (",", "."), "sq": (".\u00a0 ", ","), "fa": ("٬,", "٫./"), "ar": ("٬,", "٫.")}[language]
    found = []
    for match in re.finditer(rf"(?<![\w.,/:٫٬$£€-]){DIGIT}+(?:[.,٫٬/\u00a0 ]{DIGIT}+)*(?![\w.,/:٫٬-]*{DIGIT})(?![\w:/-])", text):
        runs = re.split(rf"([^0-9٠-٩۰-۹])", match.group())
        signs, digits = runs[1::2], [ascii_of(run) for run in runs[0::2]]
        groups, decimals = separators
        whole, fraction = digits[0], ""
        for sign, run in zip(signs, digits[1:]):
            if sign in groups and len(run) == 3 and not fraction and len(digits[0]) <= 3:
                whole += run
            elif sign in decimals and not fraction and run is digits[-1] and len(run) < 3:
                fraction = run
            else:
                whole = None
                break
        if whole is not None and (whole == "0" or not whole.startswith("0")):
            found.append((match.span(), whole + ("." + fraction if fraction else "")))
    return found


def plural(number):
    """The form that a whole number takes in Arabic, which has most forms (CLDR)."""
    if number in (0, 1, 2):
        return number
    return 3 if 3 <= number % 100 <= 10 else 11 if number % 100 >= 11 else 100


def other_number(value, taken, chance):
    """Another number with as many digits and of the same form."""
    whole, _, fraction = value.partition(".")
    for _ in range(200):
        low = 10 ** (len(whole) - 1) if len(whole) > 1 else 1
        new = chance.randint(low, 10 ** len(whole) - 1)
        # A year stays one.
        if len(whole) == 4 and 1900 <= int(whole) <= 2100:
            new = chance.randint(1950, 2049)
        if plural(new) != plural(int(whole)):
            continue
        text = str(new) + ("." + "".join(chance.choice("123456789") for _ in fraction) if fraction else "")
        if text != value and text not in taken:
            return text
    return None


def written(value, old):
    """The digits of a number in those of an old one of the same shape."""
    digits = iter(value.replace(".", ""))
    return "".join(like(next(digits), letter) if letter in ASCII else letter for letter in old)


def planted(source, target, one, two, chance):
    """Pairs in which one value is another: (new source, new target, kind)"""
    made = []
    in_source, in_target = dates(source, one), dates(target, two)
    # The same day in a second calendar beside it would have to be changed too.
    if SECOND.search(source + target):
        return made
    for span, date, calendar, write in in_source:
        def same(other):
            if other[2] == calendar:
                return other[1] == date
            return date[0] and other[1][0] and as_day(date, calendar) == as_day(other[1], other[2])
        partners = [other for other in in_target if same(other)]
        if len(partners) != 1 or len(in_source) != 1 or len(in_target) != 1 or WEEKDAY.search(source + target):
            continue
        _, _, other_calendar, other_write = partners[0]
        place = partners[0][0]
        if date[0]:
            day = as_day(date, calendar) + chance.randint(-120, 120) or 1
            new, other = as_date(day, calendar), as_date(day, other_calendar)
        else:
            new = other = (None, chance.randint(1, 12), chance.randint(1, 28))
        if new != date:
            kind = "date, another calendar" if calendar != other_calendar else "date"
            made.append((put(source, span, write(*new)), put(target, place, other_write(*other)), kind))
    # Digits that are part of a date are none.
    free = lambda text, language, found: [(span, value) for span, value in numbers(text, language)
                                          if not any(start <= span[0] < end for (start, end), *_ in found)]
    in_source, in_target = free(source, one, in_source), free(target, two, in_target)
    taken = {value for _, value in in_source + in_target}
    for span, value in in_source:
        partners = [place for place, other in in_target if other == value]
        if len(partners) != 1 or sum(value == other for _, other in in_source) != 1:
            continue
        new = other_number(value, taken, chance)
        if new:
            kind = "number" if new.isdigit() else "number with a fraction"
            made.append((put(source, span, written(new, source[slice(*span)])),
                         put(target, partners[0], written(new, target[slice(*partners[0])])), kind))
    return made


def as_day(date, calendar):
    """The number of a day; that of the first of January 1 is 1."""
    year, month, day = date
    if calendar == "gregorian":
        return days.gregorian(year, month, day)
    return days.arithmetical(year) + min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1


def as_date(number, calendar):
    if calendar == "gregorian":
        date = datetime.date.fromordinal(number)
        return date.year, date.month, date.day
    year = number // 366 - 622
    while days.arithmetical(year + 1) <= number:
        year += 1
    left = number - days.arithmetical(year)
    month = left // 31 + 1 if left < 186 else (left - 186) // 30 + 7
    return year, month, left - (min(month - 1, 6) * 31 + max(month - 7, 0) * 30) + 1


def put(text, span, new):
    return text[: span[0]] + new + text[span[1]:]


def plainly(new, old, target):
    runs = re.compile(r"\d+")
    new, old, there = (runs.findall(text) for text in (new, old, target))
    if len(new) != len(old) or sorted(old) != sorted(there) or len(set(old)) != len(old):
        return None
    exchange = dict(zip(old, new))
    return runs.sub(lambda match: exchange[match.group()], target)


def rows(path):
    if str(path).endswith(".tmx"):
        for unit in ElementTree.parse(path).iter("tu"):
            sides = ((side.get("{http://www.w3.org/XML/1998/namespace}lang"), side.findtext("seg")) for side in unit.iter("tuv"))
            yield {language: text for language, text in sides if language in LANGUAGES and text}
        return
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield {name: cell for name, cell in zip(head, line.split("\t")) if name in LANGUAGES}


def asked(program, one, two, pairs, queries):
    """The best match of each query in a memory of pairs."""
    with tempfile.TemporaryDirectory() as folder:
        table, memory = Path(folder) / "pairs.tsv", Path(folder) / "memory.sqlite"
        cell = lambda text: '"' + text.replace('"', '""') + '"'
        table.write_text("".join(f"{cell(a)}\t{cell(b)}\n" for a, b in [(one, two), *pairs]), encoding="utf-8")
        subprocess.run([program, "import", "-m", memory, table], check=True, capture_output=True)
        out = subprocess.run([program, "match", "-m", memory, "--from", one, "--to", two, "--format", "json", "-"],
                             input="\n".join(queries) + "\n", capture_output=True, text=True, encoding="utf-8")
        return [json.loads(line)["matches"][:1] for line in out.stdout.splitlines()]


def main():
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if len(arguments) < 2:
        sys.exit(__doc__)
    program, files = arguments[0], arguments[1:]
    chance = random.Random(7)
    table = list(itertools.chain.from_iterable(rows(path) for path in files))
    sums, wrong, missed = {}, [], []
    for one, two in itertools.permutations(LANGUAGES, 2):
        pairs = [(row[one], row[two]) for row in table if row.get(one) and row.get(two)]
        made = [(pair, *plant) for pair in pairs for plant in planted(*pair, one, two, chance)]
        found = asked(program, one, two, pairs, [source for _, source, _, _ in made])
        assert len(found) == len(made), (len(found), len(made))
        for (pair, source, target, kind), best in zip(made, found):
            best = best[0] if best else None
            offered = bool(best) and best["kind"] == "repaired"
            right = offered and best["target"].split() == target.split()
            plain = plainly(source, *pair)
            for key in (("pair", f"{one}–{two}"), ("kind", kind), ("pair", "all")):
                row = sums.setdefault(key, [0, 0, 0, 0, 0])
                row[0] += 1
                row[1] += offered
                row[2] += right
                row[3] += plain is not None
                row[4] += plain is not None and plain.split() == target.split()
            if offered and not right:
                wrong.append((one, two, kind, source, best["target"], target))
            if not offered:
                why = best and (best["kind"], best.get("not_repaired"), best["differences"])
                missed.append((one, two, kind, source, pair[0], pair[1], why))
    print("| | planted | offered | right | plain, offered | right |\n|---|---:|---:|---:|---:|---:|")
    for (_, name), (all_, offered, right, plain, plain_right) in sorted(sums.items(), key=lambda item: (item[0][0], item[0][1] == "all")):
        shares = offered / all_, right / max(offered, 1), plain / all_, plain_right / max(plain, 1)
        print(f"| {name} | {all_} | " + " | ".join(f"{100 * share:.1f} %" for share in shares) + " |")
    _, offered, right, *_ = sums["pair", "all"]
    print(f"\n{offered} offered, {offered - right} of them wrong")
    for one, two, kind, source, offer, target in wrong:
        print(f"\nWRONG {one}–{two} {kind}\n  asked   {source}\n  offered {offer}\n  right   {target}")
    if "--list" in sys.argv:
        for one, two, kind, source, stored, target, why in missed:
            print(f"\nMISSED {one}–{two} {kind}: {why}\n  asked   {source}\n  stored  {stored}\n  target  {target}")


if __name__ == "__main__":
    main()
