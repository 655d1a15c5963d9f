"""The workload, the truth by characters and the row of a peer, for the scripts beside it.

It needs Python 3.9 and, by pip, rapidfuzz.
"""
import argparse
import os
import subprocess
import time
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

SLACK = 1e-9


def arguments(description, queries):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with tm.tsv and queries.tsv")
    parser.add_argument("--from", dest="source", default="en", help="the language of the queries")
    parser.add_argument("--to", dest="target", default="fa", help="the language of the targets")
    parser.add_argument("--threshold", type=int, default=70)
    parser.add_argument("--limit", type=int, default=5)
    parser.add_argument("--queries", type=int, default=queries)
    parser.add_argument("--beside", metavar="PROGRAM", help="the built tarjuman-measure: tarjuman answers the same queries in this run")
    return parser


def columns(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


class Workload:
    def __init__(self, options):
        self.options = options
        self.units = [(source, target) for _, source, target in columns(options.folder / "tm.tsv")]
        self.sources = [source for source, _ in self.units]
        self.queries = [row[3] for row in columns(options.folder / "queries.tsv")][: options.queries]
        self.cutoff = options.threshold / 100 - SLACK
        self.ours = tarjuman(options) if options.beside else []

    def best(self, query, texts):
        """The best scores by characters among some texts, the best first."""
        found = process.extract(
            query, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=self.cutoff,
            limit=self.options.limit, processor=None,
        )
        return [score for _, score, _ in found]

    def truth(self):
        """What there is to be found, for each query."""
        return [self.best(query, self.sources) for query in self.queries]


def tarjuman(options):
    """What tarjuman takes for each query, in seconds of the processor."""
    command = [
        options.beside, "peer", "tarjuman", options.folder, "--index", options.folder, "--from", options.source,
        "--to", options.target, "--threshold", str(options.threshold), "--limit", str(options.limit),
    ]
    subprocess.run([*command, "--build"], check=True, stdout=subprocess.DEVNULL)
    command += ["--queries", str(options.queries)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    rows = (line.split("\t") for line in said.splitlines())
    return [int(row[1]) / 1e9 for row in rows if row[0] == "query"]


def memory(process_id="self"):
    """What a process has in main memory, in bytes."""
    with open(f"/proc/{process_id}/status") as lines:
        for line in lines:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0


def processor(process_id):
    """Seconds that the first thread of another process has had the processor."""
    with open(f"/proc/{process_id}/schedstat") as line:
        return int(line.read().split()[0]) / 1e9


def percentile(times, percent):
    ranked = sorted(times)
    return ranked[max(1, -(-len(ranked) * percent // 100)) - 1]


def heading():
    print("| peer | queries | p50 ms | p99 ms | mean ms | p50 × tarjuman | p99 × tarjuman | recall | build s | index MB | memory MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)


def row(name, work, times, truth, found, build=None, index=None, resident=None):
    """Prints what is known of a peer. Times are seconds of the processor."""
    attained = sum(sum(g >= w - SLACK for w, g in zip(wanted, got)) for wanted, got in zip(truth, found))
    everything = sum(len(wanted) for wanted, _ in zip(truth, found))
    ours = work.ours[: len(times)]
    same = len(ours) == len(times)
    print_row(
        name,
        len(times),
        *(f"{1000 * value:.4g}" for value in (percentile(times, 50), percentile(times, 99), sum(times) / len(times))),
        *(f"{percentile(times, part) / percentile(ours, part):.0f}" if same else None for part in (50, 99)),
        f"{1000 * attained // max(everything, 1) / 1000:.3f} of {everything}",
        None if build is None else f"{build:.1f}",
        None if index is None else f"{index / 1e6:.0f}",
        None if resident is None else f"{resident / 1e6:.0f}",
    )


def print_row(*cells):
    print("| " + " | ".join("–" if cell is None else str(cell) for cell in cells) + " |", flush=True)


def clock():
    """Seconds that this thread has had the processor."""
    return time.clock_gettime(time.CLOCK_THREAD_CPUTIME_ID)


def free_of_root(command, user):
    """A command line that is run by a user of a system program where this is the superuser's process."""
    return ["runuser", "-u", user, "--", *command] if os.geteuid() == 0 else list(command)
