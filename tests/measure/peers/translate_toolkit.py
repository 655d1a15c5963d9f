#!/usr/bin/env python3
"""Times the translation memory of translate-toolkit (TMDB: SQLite and a Levenshtein distance in Python).

usage: translate_toolkit.py FOLDER [--queries N] [--patience SECONDS] [--beside PROGRAM]

It needs, by pip, translate-toolkit 3.8.4 (later ones have no TMDB), levenshtein (its fast distance) and rapidfuzz (for the truth).
It is timed as shipped, where FTS3 picks the candidates of queries of more than three long words, and without FTS3, where only
lengths do. As shipped, the plan that SQLite chooses may ask FTS3 anew for every row; a query that takes longer than the patience
ends the attempt.
"""
import logging
import tempfile
import threading
from pathlib import Path
from sqlite3 import OperationalError

from translate.storage.tmdb import TMDB

import workload as w


def main():
    parser = w.arguments(__doc__, 100)
    parser.add_argument("--patience", type=float, default=120, help="seconds for a query")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    work = w.Workload(options)
    truth = work.truth()
    w.heading()
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "tm.sqlite"
        memory = TMDB(path, max_candidates=options.limit, min_similarity=options.threshold)
        start = w.clock()
        units = [{"source": source, "target": target, "context": ""} for source, target in work.units]
        memory.add_list(units, options.source, options.target)
        build = w.clock() - start
        size = path.stat().st_size

        def ask(queries):
            times, found = [], []
            for query in queries:
                timer = threading.Timer(options.patience, memory.connection.interrupt)
                timer.start()
                start = w.clock()
                try:
                    rows = memory.translate_unit(query, options.source, options.target)
                finally:
                    timer.cancel()
                times.append(w.clock() - start)
                found.append(work.best(query, [one["source"] for one in rows]))
            return times, found

        memory.fulltext = False
        ask(work.queries)
        times, found = ask(work.queries)
        w.row("translate-toolkit TMDB, without FTS3", work, times, truth, found, build, size, w.memory())
        memory.fulltext = True
        try:
            few = [query for query in work.queries if len(query.split()) > 8][:5]
            times, found = ask(few)
            few_truth = [truth[work.queries.index(query)] for query in few]
            # Other queries than those that tarjuman was timed with.
            work.ours = []
            w.row("translate-toolkit TMDB, as shipped", work, times, few_truth, found, build, size, w.memory())
        except OperationalError:
            more = f"more than {1000 * options.patience:.0f}"
            w.print_row("translate-toolkit TMDB, as shipped", 1, more, *[None] * 5, f"{build:.1f}", f"{size / 1e6:.0f}", None)


if __name__ == "__main__":
    main()
