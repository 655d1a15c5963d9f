#!/usr/bin/env python3
"""Scores `tarjuman align` beside Gale and Church (1993) in the same run, by what it is given to know.

usage: align.py FOLDER [WHAT ...]       prints Markdown tables: strict F1 per pair of languages and level of damage for each WHAT,
and how often beads are right that are said to be so sure. WHAT are any of

  pair            one pair of editions at a time and nothing else (what is run if nothing is said)
  call            the same, all documents of a level in one call
  memory          one pair at a time, with a memory of other domains than the document's
  memory+call     both
  memory+four     all four editions of a document together, with the same memory
  gale-church     lengths alone, after the paper

FOLDER holds score.py and gold-dev/LEVEL/DOC.LANG (a segment a line), DOC.LANG.par (the paragraph of each segment, if that is
known), DOC.A-B.gold (the true beads), and tm/DOMAIN.jsonl or .jsonl.gz (an object of language and text a line). Gale and Church is written here from
the paper: lengths in characters, its six kinds of bead and its constants. TARJUMAN names the program, else
target/release/tarjuman is run.
"""
import collections
import glob
import gzip
import importlib.util
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")
LANGUAGES = ["en", "fa", "ar", "sq"]
PAIRS = ["en-fa", "en-ar", "en-sq", "fa-ar", "fa-sq", "ar-sq"]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")[:-1]


def domain(document):
    """The memory that holds what a document is taken from."""
    modern = ("fdroid", "moz-", "udhr")
    return "quran" if document[:1] == "q" and document[1:].isdigit() else "modern" if document.startswith(modern) else "bible"


def writable(text):
    """A text without the characters that XML forbids."""
    return "".join(character for character in text if character >= " ")


def memory_without(folder, left_out, work):
    """A memory of all domains but one, imported from TMX as a user would do it."""
    path = f"{work}/without-{left_out}.sqlite"
    if os.path.exists(path):
        return path
    tmx = f"{work}/without-{left_out}.tmx"
    with open(tmx, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="align.py" creationtoolversion="1" segtype="sentence" o-tmf="none" adminlang="en" srclang="en" datatype="plaintext"/><body>\n')
        for file in sorted(glob.glob(f"{folder}/tm/*.jsonl*")):
            if os.path.basename(file).startswith(left_out):
                continue
            opener = gzip.open if file.endswith(".gz") else open
            for line in opener(file, "rt", encoding="utf-8"):
                texts = json.loads(line)
                tuvs = "".join(f'<tuv xml:lang="{tag}"><seg>{escape(writable(text))}</seg></tuv>' for tag, text in texts.items() if tag in LANGUAGES and isinstance(text, str))
                out.write(f"<tu>{tuvs}</tu>\n")
        out.write("</body></tmx>\n")
    subprocess.run([TARJUMAN, "import", "-m", path, tmx], check=True, capture_output=True)
    return path


def edition(folder, document, language, work):
    """A file of an edition: a segment a line, an empty line behind a paragraph."""
    segments = lines(f"{folder}/{document}.{language}")
    marks = f"{folder}/{document}.{language}.par"
    paragraphs = lines(marks) if os.path.exists(marks) else [""] * len(segments)
    path = f"{work}/{document}.{language}.txt"
    with open(path, "w", encoding="utf-8") as out:
        for number, segment in enumerate(segments):
            if number and paragraphs[number] != paragraphs[number - 1]:
                out.write("\n")
            out.write(segment + "\n")
    return path


def tarjuman(folder, documents, languages, memory, work):
    """Aligns documents in one call. Returns for each document and each two languages the beads with their confidence."""
    files = [edition(folder, document, language, work) for document in documents for language in languages]
    command = [TARJUMAN, "align", "--segmented", "--langs", ",".join(languages), "--format", "json", *files]
    if memory:
        command += ["-m", memory]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found = {document: collections.defaultdict(list) for document in documents}
    for line in run.stdout.splitlines():
        bead = json.loads(line)
        own = found[bead.get("document", documents[0])]
        for a, b in itertools.combinations(languages, 2):
            whole = [{"beads": [bead["beads"][a], bead["beads"][b]], "confidence": bead["confidence"]}]
            for part in bead.get("pairs", {}).get(f"{a}-{b}", whole):
                sides, sure = part["beads"], part["confidence"]
                if all(sides):
                    own[f"{a}-{b}"].append((tuple(map(tuple, sides)), sure))
                else:
                    own[f"{a}-{b}"] += [(((one,), ()), sure) for one in sides[0]]
                    own[f"{a}-{b}"] += [(((), (one,)), sure) for one in sides[1]]
    return found


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


def aligned(folder, level, documents, what, work):
    """The beads of all documents of a level, for each two languages."""
    here = f"{folder}/gold-dev/{level}"
    if what == "gale-church":
        for document in documents:
            texts = {language: lines(f"{here}/{document}.{language}") for language in LANGUAGES}
            for pair in PAIRS:
                a, b = pair.split("-")
                yield document, pair, [((tuple(left), tuple(right)), 0.0) for left, right in gale_church(texts[a], texts[b])]
        return
    sets = [LANGUAGES] if "four" in what else [pair.split("-") for pair in PAIRS]
    for languages in sets:
        for left_out in ["bible", "modern", "quran"] if "memory" in what else [None]:
            wanted = [document for document in documents if left_out in (None, domain(document))]
            memory = memory_without(folder, left_out, work) if left_out else None
            calls = [documents] if "call" in what else [[document] for document in wanted]
            for call in calls:
                for document, pairs in tarjuman(here, call, languages, memory, work).items():
                    if document in wanted:
                        for pair, beads in pairs.items():
                            yield document, pair, beads


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, whats = sys.argv[1], sys.argv[2:] or ["pair", "gale-church"]
    spec = importlib.util.spec_from_file_location("score", f"{folder}/score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    levels = ["L0", "L1", "L2", "L3"]
    counts = {what: {key: collections.Counter() for key in [*PAIRS, "all", *levels]} for what in whats}
    said, there = {what: [] for what in whats}, collections.Counter()
    with tempfile.TemporaryDirectory() as work:
        for what, level in itertools.product(whats, levels):
            here = f"{folder}/gold-dev/{level}"
            documents = sorted(os.path.basename(path).split(".")[0] for path in glob.glob(f"{here}/*.en-fa.gold"))
            for document, pair, sure in aligned(folder, level, documents, what, work):
                gold = score.read(f"{here}/{document}.{pair}.gold")
                true = {(tuple(left), tuple(right)) for left, right in gold if left and right}
                there[what] += len(true)
                said[what] += [(confidence, bead in true) for bead, confidence in sure if all(bead)]
                for key in (pair, level, "all"):
                    score.add(counts[what][key], gold, [bead for bead, _ in sure])
    print("| | " + " | ".join(whats) + " |\n|---|" + "---:|" * len(whats))
    for key in [*PAIRS, "all", *levels]:
        print(f"| {key} | " + " | ".join(f"{score.result(counts[what][key])['f_strict']:.3f}" for what in whats) + " |")
    for what in whats:
        if what == "gale-church":
            continue
        print(f"\n{what}:\n\n| beads with both sides | said | right |\n|---:|---:|---:|")
        for tenth in range(10):
            own = [(confidence, right) for confidence, right in said[what] if min(9, int(10 * confidence)) == tenth]
            if own:
                mean, right = (sum(values) / len(own) for values in zip(*own))
                print(f"| {len(own)} | {mean:.2f} | {right:.2f} |")
        kept = [right for confidence, right in said[what] if confidence >= 0.95]
        share, wrong = sum(kept) / there[what], 1 - sum(kept) / max(1, len(kept))
        print(f"\nat 0.95 and above: {share:.3f} of the true beads, {wrong:.3f} of them wrong")


main()
