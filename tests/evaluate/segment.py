#!/usr/bin/env python3
"""Scores `tarjuman segment` on gold sets, beside its peers in the same run.

usage: segment.py FOLDER [LANGUAGETOOL.srx]      prints Markdown tables

FOLDER holds NAME.raw (a paragraph a line), NAME.gold (a segment a line) and score.py, which compares a file of segments with a
gold file; the language of a set is the start of its name (en_, fa_, ar_, sq_). Where there is a file *.jsonl beside them (hard
cases: lang, text, expected), the cases that are fully right are counted. Peers: the sentences of Unicode (UAX #29), OmegaT's default
rules, LanguageTool's if their file is given (both run by tarjuman, which `engines.py` holds against the programs themselves), and
BlingFire and pySBD where they are installed. LanguageTool and pySBD have no Albanian; the rules that LanguageTool has for languages
without any and the English rules of pySBD stand in. TARJUMAN names the program, else target/release/tarjuman is run.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

try:
    import pysbd
except ImportError:
    pysbd = None
try:
    import blingfire
except ImportError:
    blingfire = None

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")


def tarjuman(*options):
    def segments(language, lines):
        run = [TARJUMAN, "segment", *options, "--lang", language, "-"]
        return subprocess.run(run, input="\n".join(lines), capture_output=True, text=True, check=True).stdout.splitlines()

    return segments


def languagetool(rules):
    return lambda language, lines: tarjuman("--srx", rules)({"sq": "sv"}.get(language, language), lines)


def blingfire_segments(_, lines):
    return [segment for line in lines for segment in blingfire.text_to_sentences(line).splitlines()]


def pysbd_segments(language, lines):
    segmenter = pysbd.Segmenter(language={"sq": "en"}.get(language, language), clean=False)
    found = [segment.strip() for line in lines for segment in segmenter.segment(line)]
    return [segment for segment in found if segment]


def score(folder, gold, segments):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".segments") as out:
        out.write("".join(segment + "\n" for segment in segments))
        out.flush()
        run = subprocess.run([sys.executable, f"{folder}/score.py", "--json", gold, out.name], capture_output=True, text=True, check=True)
    result = json.loads(run.stdout)
    return " / ".join(f"{100 * result[kind]['f1']:.1f}" for kind in ("inner", "punct"))


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = sys.argv[1]
    systems = {"tarjuman": tarjuman(), "UAX #29": tarjuman("--rules", "uax29"), "OmegaT": tarjuman("--rules", "omegat")}
    if len(sys.argv) == 3:
        systems["LanguageTool"] = languagetool(sys.argv[2])
    if blingfire:
        systems["BlingFire"] = blingfire_segments
    if pysbd:
        systems["pySBD"] = pysbd_segments
    print("F1 of boundaries within paragraphs: all / those that a mark shows\n")
    row("set", *systems)
    row("---", *["---:"] * len(systems))
    for raw in sorted(glob.glob(f"{folder}/*.raw")):
        name = os.path.basename(raw)[:-4]
        with open(raw, encoding="utf-8") as file:
            lines = [line.strip() for line in file if line.strip()]
        row(name, *(score(folder, raw[:-4] + ".gold", cut(name[:2], lines)) for cut in systems.values()))
    cases = []
    for path in sorted(glob.glob(f"{folder}/*.jsonl")):
        with open(path, encoding="utf-8") as file:
            cases += [json.loads(line) for line in file]
    if cases:
        print("\nHard cases that are fully right\n")
        row("language", *systems)
        row("---", *["---:"] * len(systems))
        for language in sorted({case["lang"] for case in cases}):
            of_it = [case for case in cases if case["lang"] == language]
            right = [sum(cut(language, [case["text"]]) == case["expected"] for case in of_it) for cut in systems.values()]
            row(language, *(f"{count} of {len(of_it)}" for count in right))


main()
