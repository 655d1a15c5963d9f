#!/usr/bin/env python3
"""Times the search of OmegaT (its class FindMatches) over a TMX file, with its own tokenizer and its own score.

usage: omegat.py FOLDER [--queries N] [--beside PROGRAM]

It needs Debian's packages omegat and a JDK (javac), and by pip rapidfuzz (for the truth). OmegatPeer.java beside it loads the
memory as a project's external TMX and asks; the matches that come back are scored by characters here, so that recall is that of
the other peers. OmegaT's own threshold is fixed at 30 %.
"""
import subprocess
import tempfile
from pathlib import Path

import workload as w

JAR = "/usr/share/omegat/OmegaT.jar"


def main():
    options = w.arguments(__doc__, 100).parse_args()
    work = w.Workload(options)
    with tempfile.TemporaryDirectory() as room:
        source = Path(__file__).with_name("OmegatPeer.java")
        subprocess.run(["javac", "-nowarn", "-cp", JAR, "-d", room, source], check=True)
        asked = Path(room) / "queries.txt"
        asked.write_text("\n".join(work.queries) + "\n", encoding="utf-8")
        command = [
            "java", "-Xmx4g", "-Djava.awt.headless=true", "-cp", f"{JAR}:{room}", "OmegatPeer", room,
            options.folder / "tm.tmx", asked, options.source, options.target, str(options.limit),
        ]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    times, found, facts = [], [], {}
    for line in said.splitlines():
        name, *rest = line.split("\t")
        if name == "query":
            times.append(int(rest[0]) / 1e9)
            found.append(rest[1:])
        elif name in ("load", "memory"):
            facts[name] = int(rest[0])
    found = [work.best(query, texts) for query, texts in zip(work.queries, found)]
    w.heading()
    w.row("OmegaT FindMatches", work, times, work.truth(), found, facts["load"] / 1e9, None, facts["memory"])


if __name__ == "__main__":
    main()
