#!/usr/bin/env python3
"""Scores `tarjuman align`, two editions at a time and nothing else known, beside Gale and Church (1993) in the same run.

usage: align.py FOLDER        prints Markdown tables: strict F1 per level of damage and pair of languages, and how
often beads are right that are said to be so sure

FOLDER holds score.py and gold-dev/LEVEL/DOC.LANG (a segment a line), DOC.LANG.par (the paragraph of each segment, if that is
known) and
DOC.A-B.gold (the true beads). Gale and Church is written here from the paper: lengths in characters, its six kinds of bead and
its constants. TARJUMAN names the program, else target/release/tarjuman is run.
"""
import collections
import glob
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")
PAIRS = ["en-fa", "en-ar", "en-sq", "fa-ar", "fa-sq", "ar-sq"]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")[:-1]


def tarjuman(folder, document, pair):
    files = []
    with tempfile.TemporaryDirectory() as work:
        for language in pair.split("-"):
            segments = lines(f"{folder}/{document}.{language}")
            marks = f"{folder}/{document}.{language}.par"
            paragraphs = lines(marks) if os.path.exists(marks) else [""] * len(segments)
            files.append(f"{work}/{language}.txt")
            with open(files[-1], "w", encoding="utf-8") as out:
                for number, segment in enumerate(segments):
                    if number and paragraphs[number] != paragraphs[number - 1]:
                        out.write("\n")
                    out.write(segment + "\n")
        command = [TARJUMAN, "align", "--segmented", "--langs", pair.replace("-", ","), "--format", "json", *files]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    beads = [json.loads(line) for line in run.stdout.splitlines()]
    return [(tuple(bead["beads"][language] for language in pair.split("-")), bead["confidence"]) for bead in beads]


def gale_church(a, b):
    """Beads of two lists of segments. Mean 1 character for 1, variance 6.8 per character, priors of the paper."""
    priors = {(1, 1): 0.89, (1, 0): 0.00495, (0, 1): 0.00495, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
    x, y = ([len(segment) for segment in side] for side in (a, b))

    def cost(left, right):
        if left == 0 and right == 0:
            return 0.0
        z = abs(right - left) / math.sqrt(6.8 * (left + right) / 2)
        return -math.log(max(math.erfc(z / math.sqrt(2)), 1e-300))

    best = {(0, 0): (0.0, None)}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            for (di, dj), prior in priors.items():
                if (i - di, j - dj) in best:
                    before = best[i - di, j - dj][0]
                    total = before - math.log(prior) + cost(sum(x[i - di:i]), sum(y[j - dj:j]))
                    if (i, j) not in best or total < best[i, j][0]:
                        best[i, j] = (total, (di, dj))
    beads, i, j = [], len(a), len(b)
    while (i, j) != (0, 0):
        di, dj = best[i, j][1]
        beads.append((list(range(i - di, i)), list(range(j - dj, j))))
        i, j = i - di, j - dj
    return beads


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    spec = importlib.util.spec_from_file_location("score", f"{folder}/score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    counts = {key: (collections.Counter(), collections.Counter()) for key in [*PAIRS, "all", "L0", "L1", "L2", "L3"]}
    said, there = [], 0
    for level in ["L0", "L1", "L2", "L3"]:
        here = f"{folder}/gold-dev/{level}"
        for path in sorted(glob.glob(f"{here}/*.gold")):
            document, pair, _ = os.path.basename(path).split(".")
            gold = score.read(path)
            a, b = (lines(f"{here}/{document}.{language}") for language in pair.split("-"))
            sure = tarjuman(here, document, pair)
            found = [bead for bead, _ in sure], gale_church(a, b)
            true = {(tuple(left), tuple(right)) for left, right in gold if left and right}
            there += len(true)
            said += [(confidence, (tuple(left), tuple(right)) in true) for (left, right), confidence in sure if left and right]
            for key in (pair, level, "all"):
                for count, beads in zip(counts[key], found):
                    score.add(count, gold, beads)
    print("| | tarjuman | Gale–Church |\n|---|---:|---:|")
    for key, both in counts.items():
        figures = [score.result(count)["f_strict"] for count in both]
        print(f"| {key} | {figures[0]:.3f} | {figures[1]:.3f} |")
    print("\n| beads with both sides | said | right |\n|---:|---:|---:|")
    for tenth in range(10):
        own = [(confidence, right) for confidence, right in said if min(9, int(10 * confidence)) == tenth]
        if own:
            mean, right = (sum(values) / len(own) for values in zip(*own))
            print(f"| {len(own)} | {mean:.2f} | {right:.2f} |")
    kept = [right for confidence, right in said if confidence >= 0.95]
    print(f"\nat 0.95 and above: {sum(kept) / there:.3f} of the true beads, {1 - sum(kept) / max(1, len(kept)):.3f} of them wrong")


main()
