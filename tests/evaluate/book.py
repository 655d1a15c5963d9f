#!/usr/bin/env python3
"""Times `tarjuman align` on two editions as long as books, and counts what it finds.

usage: book.py FILE.jsonl[.gz] ... [--langs en,fa] [--lines 5000,10000,20000]

FILE holds an object of language and text a line. Of each side 3 lines in 100 are left out, and a whole passage (100 lines of the first
side, 250 of the second, or a twentieth of the book if that is less), so that what belongs together is known. Prints a Markdown table: segments, seconds,
the most room that was used, and the shares of true pairs found and of found beads that are true pairs. TARJUMAN names the
program, else target/release/tarjuman is run.
"""
import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import tempfile
import time

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--langs", default="en,fa")
    parser.add_argument("--lines", default="5000,10000,20000")
    options = parser.parse_args()
    a, b = options.langs.split(",")
    texts = []
    for file in options.files:
        opener = gzip.open if file.endswith(".gz") else open
        read = map(json.loads, opener(file, "rt", encoding="utf-8"))
        texts += [(unit[a], unit[b]) for unit in read if isinstance(unit.get(a), str) and isinstance(unit.get(b), str)]
    print("| segments | seconds | MiB | pairs found | beads right |\n|---:|---:|---:|---:|---:|")
    for count in map(int, options.lines.split(",")):
        chance = random.Random(count)
        sides, true = ([], []), set()
        gap = min(250, count // 20)
        for number, pair in enumerate(texts[:count]):
            there = [chance.random() > 0.03 for _ in sides]
            there[0] &= not count // 3 < number < count // 3 + min(100, gap)
            there[1] &= not 2 * count // 3 < number < 2 * count // 3 + gap
            if all(there):
                true.add((len(sides[0]), len(sides[1])))
            for side, text, is_there in zip(sides, pair, there):
                if is_there:
                    side.append(" ".join(text.split()))
        with tempfile.TemporaryDirectory() as work:
            files = []
            for language, side in zip((a, b), sides):
                files.append(f"{work}/book.{language}.txt")
                with open(files[-1], "w", encoding="utf-8") as out:
                    out.write("\n\n".join(side) + "\n")
            started = time.monotonic()
            run = subprocess.run([TARJUMAN, "align", "--segmented", "--langs", f"{a},{b}", "--format", "json", *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
            seconds = time.monotonic() - started
        room = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        beads = [json.loads(line)["beads"] for line in run.stdout.splitlines()]
        found = [(bead[a], bead[b]) for bead in beads]
        right = sum(1 for left, other in found if len(left) == len(other) == 1 and (left[0], other[0]) in true)
        print(f"| {len(sides[0])} × {len(sides[1])} | {seconds:.1f} | {room:.0f} | {right / len(true):.3f} | {right / len(found):.3f} |", flush=True)


main()
