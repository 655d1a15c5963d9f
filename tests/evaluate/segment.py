#!/usr/bin/env python3
"""Scores `tarjuman segment` on gold sets, beside the plain sentences of Unicode (UAX #29) and pySBD in the same run.

usage: segment.py FOLDER      prints a Markdown table

FOLDER holds NAME.raw (a paragraph a line), NAME.gold (a segment a line) and score.py, which compares a file of segments with a
gold file; the language of a set is the start of its name (en_, fa_, ar_, sq_). pySBD is left out where it is not installed; it
has no Albanian, for which its English rules are used. TARJUMAN names the program, else target/release/tarjuman is run.
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

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")


def tarjuman(language, raw):
    run = subprocess.run([TARJUMAN, "segment", "--lang", language, raw], capture_output=True, text=True, check=True)
    return run.stdout


def pysbd_segments(language, raw):
    segmenter = pysbd.Segmenter(language={"sq": "en"}.get(language, language), clean=False)
    with open(raw, encoding="utf-8") as lines:
        found = [segment.strip() for line in lines for segment in segmenter.segment(line.strip())]
    return "".join(segment + "\n" for segment in found if segment)


def score(folder, gold, segments):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".segments") as out:
        out.write(segments)
        out.flush()
        run = subprocess.run([sys.executable, f"{folder}/score.py", "--json", gold, out.name], capture_output=True, text=True, check=True)
    result = json.loads(run.stdout)
    return [100 * result[kind]["f1"] for kind in ("inner", "punct")]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    print("| set | tarjuman inner | punct | UAX #29 inner | punct |", "pySBD inner | punct |" if pysbd else "")
    print("|---|---:|---:|---:|---:|" + ("---:|---:|" if pysbd else ""))
    for raw in sorted(glob.glob(f"{folder}/*.raw")):
        name = os.path.basename(raw)[:-4]
        language = name[:2]
        # "und" (undetermined) has no profile, so that Unicode's boundaries are used.
        systems = [tarjuman(language, raw), tarjuman("und", raw)]
        if pysbd:
            systems.append(pysbd_segments(language, raw))
        figures = [figure for system in systems for figure in score(folder, raw[:-4] + ".gold", system)]
        print(f"| {name} | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |")


main()
