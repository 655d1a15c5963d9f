#!/usr/bin/env python3
"""Measures `tarjuman check` on translations that are good and on ones with an error planted in them, beside translate-toolkit's pofilter.

usage: check.py PARALLEL.tsv [--list] [--misses] [--count N] [--seed N] [--pairs en-fa,en-sq]

PARALLEL.tsv has a header with the languages (en, fa, ar, sq) and a segment in each of them in every row; other columns are left out. Prints
Markdown tables: of all pairs of languages the share of clean pairs with an error, a warning and a note, and for each check how many
pairs it flags; then for each kind of planted error how many are found. --list adds every error and warning on clean pairs, --misses the planted
errors that were not found.

An error is planted into the target only, far from the next one, drawn with the seed. It is really one: a digit is changed in
a number whose digits stand once on either side; a day or month in a date that has the same month and day on the other side;
and so on (PLANTS). Planting knows nothing of how tarjuman reads values. A planted error counts as found if a check says something of
the pair that it did not say before: tarjuman by an error or a warning, pofilter by a test that failed. `fitting` counts only the checks that are
meant for such an error (FITTING), and beside it stands the share of clean pairs that those flag too.

Both programs read the same PO files; pofilter is told the target language. TARJUMAN and POFILTER name the programs, else target/release/tarjuman and
pofilter are run.
"""
import argparse
import collections
import itertools
import json
import os
import random
import re
import subprocess
import tempfile
from pathlib import Path

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")
POFILTER = os.environ.get("POFILTER", "pofilter")
LANGUAGES = ["en", "fa", "ar", "sq"]

# The checks that fit a kind of error: of tarjuman, of pofilter.
VALUES = {"number", "date", "value-missing", "value-added", "weekday", "currency", "range-reversed"}
FITTING = {
    "digit changed": (VALUES, {"numbers"}),
    "number dropped": (VALUES, {"numbers"}),
    "date changed": (VALUES, {"numbers"}),
    "final mark dropped": ({"final-mark"}, {"endpunc"}),
    "quote or bracket open": ({"unbalanced"}, {"doublequoting", "brackets", "endpunc"}),
    "left untranslated": ({"untranslated"}, {"unchanged", "untranslated"}),
    "digits mixed": ({"digits-mixed"} | VALUES, {"numbers"}),
    "currency exchanged": (VALUES, {"numbers"}),
    "negation dropped": ({"negation"}, set()),
}

DIGITS = {"ascii": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
DIGIT = "[0-9٠-٩۰-۹]"
NUMBER = re.compile(rf"{DIGIT}+(?:[.,٫٬،]{DIGIT}+)*")
ADDRESS = re.compile(r"\S*(?:@|://|www\.|\.com|\.org)\S*")
# Months of the Gregorian calendar as the four languages usually write them; each row of one language has the same ending.
MONTHS = {
    "en": ["January February March April May June July August September October November December"],
    "fa": ["ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"],
    "ar": ["يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"],
    "sq": [
        "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
        "janarit shkurtit marsit prillit majit qershorit korrikut gushtit shtatorit tetorit nëntorit dhjetorit",
    ],
}
CURRENCIES = {
    "en": [("dollars", "euros"), ("euros", "dollars"), ("pounds", "euros")],
    "fa": [("دلار", "یورو"), ("یورو", "دلار"), ("پوند", "یورو")],
    "ar": [("دولار", "يورو"), ("يورو", "دولار"), ("جنيه", "يورو")],
    "sq": [("dollarë", "euro"), ("euro", "dollarë"), ("paund", "euro"), ("sterlina", "euro")],
}
NEGATIONS = {
    "en": r"\b(?:not|never|no|none|nothing|nobody|neither|nor|without|cannot)\b|n['’]t\b",
    "ar": r"\b(?:لا|لم|لن|ليس|ليست|ليسوا|غير|دون|بدون|عدم)\b",
    "sq": r"\b(?:nuk|s['’]|mos|asnjë\w*|kurrë|pa|as|askush|asgjë)\b",
}
# How many rows lie between two planted errors at least: a quotation may be left open on one row and closed on another.
APART = 12
CLOSING = {"»": "«", "”": "“„", ")": "(", "]": "["}


def ascii_digits(text):
    """The digits of a text in ASCII, and nothing else."""
    found = ""
    for letter in text:
        for row in DIGITS.values():
            if letter in row:
                found += str(row.index(letter))
    return found


def system(letter):
    """The row of digits that a digit is of."""
    return next(row for row in DIGITS.values() if letter in row)


def numbers(text):
    """Numbers in digits, as (place, ASCII digits); addresses are none."""
    hidden = ADDRESS.sub(lambda match: " " * len(match.group()), text)
    return [(match.span(), ascii_digits(match.group())) for match in NUMBER.finditer(hidden)]


def shared_numbers(source, target):
    """Places of numbers in the target whose digits stand exactly once on either side."""
    here = collections.Counter(digits for _, digits in numbers(target))
    there = collections.Counter(digits for _, digits in numbers(source))
    return [place for place, digits in numbers(target) if here[digits] == 1 and there[digits] == 1]


def replaced(text, place, new):
    return text[:place[0]] + new + text[place[1]:]


def digit_changed(source, target, languages, rng):
    for start, end in shared_numbers(source, target):
        places = [at for at in range(start, end) if ascii_digits(target[at])]
        at = rng.choice(places)
        row = system(target[at])
        # No number begins with nought, and 12 of anything that is 1 and 2 apart is none either.
        wrong = [digit for digit in row[1 if at == places[0] else 0:] if digit != target[at]]
        changed = replaced(target, (at, at + 1), rng.choice(wrong))
        digits = ascii_digits(changed[start:end])
        if digits not in [other for _, other in numbers(source)]:
            yield changed


def number_dropped(source, target, languages, rng):
    for start, end in shared_numbers(source, target):
        # A range or a date of which only a part is gone is another error.
        joined = target[start - 1:start] in "-–/:.-" and start > 0 or target[end:end + 1] in ("-", "–", "/", ":")
        if joined or target[end:end + 1].isalpha() or target[start - 1:start].isalpha():
            continue
        yield re.sub("  +", " ", replaced(target, (start, end), "")).strip()


def months_in(text, language):
    """Months with a day or a year beside them, as (place of the month, row of names, number, place of the day, day)."""
    for row in MONTHS[language]:
        names = row.split()
        pattern = "|".join(sorted(names, key=len, reverse=True))
        day = rf"(?P<day>(?<!{DIGIT})(?<!{DIGIT}[.,:/٫]){DIGIT}{{1,2}})"
        before = rf"{day}(?:st|nd|rd|th)?(?: من| of)? (?P<month>{pattern})\b"
        after = rf"(?P<month>{pattern}) {day}(?!{DIGIT})(?:st|nd|rd|th)?\b"
        year = rf"(?P<month>{pattern})(?: të vitit| عام)? (?P<day>{DIGIT}{{4}})"
        for expression in [before, year] + ([after] if language == "en" else []):
            for match in re.finditer(expression, text):
                yield match.span("month"), names, names.index(match["month"]), match.span("day"), match["day"]


def date_changed(source, target, languages, rng):
    there = {(number, ascii_digits(day)) for _, _, number, _, day in months_in(source, languages[0])}
    for place, names, number, day_place, day in months_in(target, languages[1]):
        if (number, ascii_digits(day)) not in there:
            continue
        for step in rng.sample(range(1, 12), 8):
            # Another month that has such a day; all have the first 28.
            if len(day) == 4 or int(ascii_digits(day)) <= 28:
                yield replaced(target, place, names[(number + step) % 12])
        if len(day) <= 2:
            row = system(day[0])
            for other in rng.sample([other for other in range(1, 29) if other != int(ascii_digits(day))], 16):
                yield replaced(target, day_place, "".join(row[int(digit)] for digit in str(other)))


def final_mark_dropped(source, target, languages, rng):
    ends = re.compile(r"([.!?؟])[»”\"’')\]]*\s*$")
    match = ends.search(target)
    if match and ends.search(source) and target[:match.start(1)].rstrip()[-1:] not in ".!?؟…":
        yield replaced(target, match.span(1), "")


def left_open(source, target, languages, rng):
    for closing, opening in CLOSING.items():
        count = sum(target.count(mark) for mark in opening)
        if count and count == target.count(closing):
            at = rng.choice([match.start() for match in re.finditer(re.escape(closing), target)])
            yield replaced(target, (at, at + 1), "")
    # Straight quotes, if they are pairs on both sides.
    if target.count('"') and target.count('"') % 2 == 0 and source.count('"') % 2 == 0:
        at = rng.choice([match.start() for match in re.finditer('"', target)])
        yield replaced(target, (at, at + 1), "")


def untranslated(source, target, languages, rng):
    if len(re.findall(r"[^\W\d_]{2,}", source)) >= 3 and source != target:
        yield source


def digits_mixed(source, target, languages, rng):
    for start, end in shared_numbers(source, target):
        places = [at for at in range(start, end) if ascii_digits(target[at])]
        if len(places) > 1:
            at = rng.choice(places)
            other = rng.choice([row for row in DIGITS.values() if row != system(target[at])])
            yield replaced(target, (at, at + 1), other[int(ascii_digits(target[at]))])


def currency_exchanged(source, target, languages, rng):
    for name, other in CURRENCIES[languages[1]]:
        words = list(re.finditer(rf"{DIGIT}[^.\n]{{0,14}}?\b({name})\b", target))
        if len(words) == 1 and not re.search(rf"\b{other}\b", target):
            yield replaced(target, words[0].span(1), other)


def negation_dropped(source, target, languages, rng):
    if not (languages[0] in NEGATIONS and languages[1] in NEGATIONS):
        return
    # One on each side, and in the translation a particle that the sentence can do without.
    one = [re.findall(NEGATIONS[language], text) for language, text in zip(languages, (source, target))]
    if len(one[0]) == 1 and len(one[1]) == 1 and one[1][0] in ("nuk", "لا", "لم", "لن"):
        yield re.sub(rf"\b{one[1][0]} ", "", target, count=1)


PLANTS = {
    "digit changed": digit_changed,
    "number dropped": number_dropped,
    "date changed": date_changed,
    "final mark dropped": final_mark_dropped,
    "quote or bracket open": left_open,
    "left untranslated": untranslated,
    "digits mixed": digits_mixed,
    "currency exchanged": currency_exchanged,
    "negation dropped": negation_dropped,
}


def write_po(path, rows, language):
    """Rows of source and target as a PO file; each has its number as its context."""
    def quoted(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    with open(path, "w", encoding="utf-8") as file:
        file.write('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n')
        file.write(f'"Language: {language}\\n"\n')
        for number, (source, target) in enumerate(rows, 1):
            file.write(f"\nmsgctxt {quoted(str(number))}\nmsgid {quoted(source)}\nmsgstr {quoted(target)}\n")


def tarjuman(rows, languages, folder):
    """What `check` says of each row: a list of findings."""
    path = folder / "pairs.po"
    write_po(path, rows, languages[1])
    command = [TARJUMAN, "check", "--format", "json", "--fail-on", "never", "--from", languages[0], "--to", languages[1], str(path)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said = [[] for _ in rows]
    findings = json.loads(output) if output.lstrip().startswith("[") else [json.loads(line) for line in output.splitlines()]
    for finding in findings:
        if finding.get("unit"):
            said[finding["unit"] - 1].append(finding)
    return said


def pofilter(rows, languages, folder):
    """The tests of pofilter that each row fails, with what they say."""
    path, out = folder / "pairs.po", folder / "failed.po"
    write_po(path, rows, languages[1])
    out.unlink(missing_ok=True)
    command = [POFILTER, f"--language={languages[1]}", "--progress=none", "-i", str(path), "-o", str(out)]
    subprocess.run(command, capture_output=True, text=True, check=True)
    said = [[] for _ in rows]
    failed = []
    for line in out.read_text(encoding="utf-8").splitlines() if out.exists() else []:
        if line.startswith("# (pofilter) "):
            name, _, message = line.removeprefix("# (pofilter) ").partition(":")
            failed.append((name, message))
        elif line.startswith("msgctxt "):
            said[int(line.split('"')[1]) - 1] = failed
            failed = []
        elif not line:
            failed = []
    return said


def plant(kind, rows, languages, rng):
    """Everything of a kind that can be planted, as (row, target), the first of every row before the second of any."""
    rounds = collections.defaultdict(list)
    for number, (source, target) in enumerate(rows):
        seen = set()
        planted = [new for new in PLANTS[kind](source, target, languages, rng) if new != target]
        for index, new in enumerate(dict.fromkeys(planted)):
            if new not in seen:
                seen.add(new)
                rounds[index].append((number, new))
    return [rounds[index] for index in sorted(rounds)]


def spread(jobs):
    """The jobs in files: in each of one pair of languages, and no two of them closer than APART, as errors are in good translations."""
    files = collections.defaultdict(list)
    for _, pair, number, new in jobs:
        for planted in files[pair]:
            if all(abs(number - other) >= APART for other, _ in planted):
                planted.append((number, new))
                break
        else:
            files[pair].append([(number, new)])
    return [(pair, sorted(planted)) for pair, all_planted in files.items() for planted in all_planted]


def new_findings(before, after, key):
    """What is said now and was not said before, counted."""
    old = collections.Counter(key(finding) for finding in before)
    fresh = []
    for finding in after:
        if old[key(finding)] > 0:
            old[key(finding)] -= 1
        else:
            fresh.append(finding)
    return fresh


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def is_bad(finding):
    return finding["severity"] in ("error", "warning")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("parallel")
    arguments.add_argument("--list", action="store_true", help="list every error and warning on clean pairs")
    arguments.add_argument("--misses", action="store_true", help="list planted errors that were not found")
    arguments.add_argument("--count", type=int, default=1000, help="how many errors of each kind (1000)")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--pairs", help="pairs of languages, as en-fa,en-sq; else all six")
    arguments = arguments.parse_args()
    lines = Path(arguments.parallel).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    table = [dict(zip(header, line.split("\t"))) for line in lines[1:] if line]
    pairs = list(itertools.combinations(LANGUAGES, 2))
    if arguments.pairs:
        pairs = [tuple(pair.split("-")) for pair in arguments.pairs.split(",")]
    data = {pair: [(row[pair[0]], row[pair[1]]) for row in table] for pair in pairs}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        clean = {pair: (tarjuman(rows, pair, folder), pofilter(rows, pair, folder)) for pair, rows in data.items()}
        tell_clean(data, clean, arguments.list)
        tell_planted(data, clean, arguments, folder)


def tell_clean(data, clean, lists):
    print("| pair | pairs | error | warning | note | pofilter |\n|---|---:|---:|---:|---:|---:|")
    totals = collections.Counter()
    checks, tests = collections.Counter(), collections.Counter()
    for pair, (ours, theirs) in clean.items():
        row = collections.Counter()
        for said, failed in zip(ours, theirs):
            for severity in {finding["severity"] for finding in said}:
                row[severity] += 1
            row["pofilter"] += bool(failed)
            row["pairs"] += 1
            checks.update({(finding["check"], finding["severity"]) for finding in said})
            tests.update({name for name, _ in failed})
        totals.update(row)
        print_clean("–".join(pair), row)
    print_clean("all", totals)
    print("\n| check | severity | clean pairs |\n|---|---|---:|")
    for (check, severity), count in sorted(checks.items(), key=lambda item: (item[0][1], -item[1])):
        print(f"| {check} | {severity} | {count} |")
    print("\n| test of pofilter | clean pairs |\n|---|---:|")
    for name, count in tests.most_common():
        print(f"| {name} | {count} |")
    if lists:
        print()
        for pair, (ours, _) in clean.items():
            for number, said in enumerate(ours):
                for finding in filter(is_bad, said):
                    source, target = data[pair][number]
                    print(f"{'–'.join(pair)} {number + 2} {finding['severity']} {finding['check']}: {finding['reason']}\n  {source}\n  {target}")


def print_clean(name, row):
    shares = " | ".join(f"{row[column]} ({share(row[column], row['pairs'])})" for column in ("error", "warning", "note", "pofilter"))
    print(f"| {name} | {row['pairs']} | {shares} |")


def tell_planted(data, clean, arguments, folder):
    print("\n| planted | of them | found | found, fitting | pofilter | pofilter, fitting | clean pairs flagged, fitting | pofilter |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    rng = random.Random(arguments.seed)
    misses = []
    count = sum(len(rows) for rows in data.values())
    for kind, (fit, fit_theirs) in FITTING.items():
        jobs = []
        for pair, rows in data.items():
            for round_, planted in enumerate(plant(kind, rows, pair, rng)):
                jobs.extend((round_, pair, number, new) for number, new in planted)
        rng.shuffle(jobs)
        # Every pair once before any twice.
        jobs.sort(key=lambda job: job[0])
        jobs = jobs[:arguments.count]
        found = collections.Counter()
        for pair, planted in spread(jobs):
            rows = list(data[pair])
            for number, new in planted:
                rows[number] = (rows[number][0], new)
            ours = tarjuman(rows, pair, folder)
            # pofilter looks at nothing but the pair itself.
            theirs = pofilter([rows[number] for number, _ in planted], pair, folder)
            for (number, _), failed in zip(planted, theirs):
                before, before_theirs = clean[pair][0][number], clean[pair][1][number]
                fresh = new_findings(before, ours[number], lambda finding: (finding["check"], finding["text"], finding["reason"]))
                # A negation is a note only.
                fresh = [finding for finding in fresh if is_bad(finding) or kind == "negation dropped"]
                fresh_theirs = new_findings(before_theirs, failed, lambda failed: failed)
                found["any"] += bool(fresh)
                fits = any(finding["check"] in fit for finding in fresh)
                found["fit"] += fits
                found["theirs"] += bool(fresh_theirs)
                found["fit theirs"] += any(name in fit_theirs for name, _ in fresh_theirs)
                if not fits:
                    misses.append((kind, pair, number, rows[number], data[pair][number][1]))
        planted = len(jobs)
        columns = [f"{found[name]} ({share(found[name], planted)})" for name in ("any", "fit", "theirs", "fit theirs")]
        flagged = sum(any(finding["check"] in fit and is_bad(finding) for finding in said) for ours, _ in clean.values() for said in ours)
        flagged_theirs = sum(any(name in fit_theirs for name, _ in failed) for _, theirs in clean.values() for failed in theirs)
        print(f"| {kind} | {planted} | {' | '.join(columns)} | {share(flagged, count)} | {share(flagged_theirs, count)} |", flush=True)
    if arguments.misses:
        print()
        for kind, pair, number, (source, target), right in misses:
            print(f"{kind}: {'–'.join(pair)} {number + 2}\n  {source}\n  {target}\n  {right}")


main()
