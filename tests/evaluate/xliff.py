#!/usr/bin/env python3
"""Holds tarjuman's reading of XLIFF against a suite of valid and invalid files, such as that of OASIS for 2.2.

usage: xliff.py FOLDER...     prints what was read though it should not be, or the other way; exit status 1 if a valid file was refused

Files below a folder named `valid` are to be read, files below one named `invalid` to be refused with their line. TARJUMAN names the
program, else target/release/tarjuman is run.
"""
import os
import subprocess
import sys

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")


def main():
    counts = {"valid": [0, 0], "invalid": [0, 0]}
    for folder in sys.argv[1:] or [exit(__doc__)]:
        for place, _, names in sorted(os.walk(folder)):
            wanted = os.path.basename(place)
            for name in sorted(names):
                if wanted not in counts or not name.endswith((".xlf", ".xliff")):
                    continue
                command = [TARJUMAN, "import", "--dry-run", "--from", "en", "--to", "fr", os.path.join(place, name)]
                done = subprocess.run(command, capture_output=True, text=True)
                right = done.returncode == 0 if wanted == "valid" else done.returncode == 2 and name in done.stderr
                counts[wanted][0] += right
                counts[wanted][1] += 1
                if not right:
                    print(f"{wanted}: {os.path.join(place, name)}: {(done.stderr or done.stdout).strip().splitlines()[:1]}")
    for wanted, (right, total) in counts.items():
        print(f"{wanted}: {right} of {total} {'read' if wanted == 'valid' else 'refused'}")
    sys.exit(counts["valid"][0] < counts["valid"][1])


if __name__ == "__main__":
    main()
