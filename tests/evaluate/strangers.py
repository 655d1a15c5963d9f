#!/usr/bin/env python3
"""Counts how often `tarjuman align` says of two texts that they do not look like editions of one text.

usage: strangers.py FOLDER         prints a Markdown table: for each level of damage, of how many editions of one text it is said, and of
how many texts that are none

FOLDER is that of align.py. The English edition of each document is aligned with its own Persian and Albanian one, and with those of the next
document. TARJUMAN names the program, else target/release/tarjuman is run.
"""
import glob
import os
import subprocess
import sys

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")


def are_strangers(a, b, languages):
    command = [TARJUMAN, "align", "--segmented", "--langs", languages, a, b]
    return "do not look like editions" in subprocess.run(command, capture_output=True, text=True, check=True).stderr


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print("| | editions of one text | none |\n|---|---:|---:|")
    for level in ["L0", "L1", "L2", "L3"]:
        folder = f"{sys.argv[1]}/gold-dev/{level}"
        documents = sorted(os.path.basename(path)[:-len(".en")] for path in glob.glob(f"{folder}/*.en"))
        said, count = [0, 0], 0
        for number, document in enumerate(documents):
            for language in ["fa", "sq"]:
                count += 1
                for kind, other in enumerate([document, documents[(number + 1) % len(documents)]]):
                    said[kind] += are_strangers(f"{folder}/{document}.en", f"{folder}/{other}.{language}", f"en,{language}")
        print(f"| {level} | {said[0]} of {count} | {said[1]} of {count} |", flush=True)


main()
