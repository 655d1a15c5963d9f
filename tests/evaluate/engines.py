#!/usr/bin/env python3
"""Holds the rules of tarjuman against the programs that other tools cut with: are the segments the same?

usage: engines.py FOLDER [LANGUAGETOOL.srx]      prints a Markdown table of segments that differ

FOLDER holds NAME.raw (a paragraph a line); the language of a set is the start of its name (en_, fa_, ar_, sq_). The rules are
written with `tarjuman segment --export-srx` and run by what there is of: OmegaT's own code and the library that LanguageTool
uses (Debian: omegat, libsegment-java), .NET (mono-mcs), ICU (PyICU). `--rules omegat` is held against OmegaT's default rules, and,
given LanguageTool's rules, `--srx` against LanguageTool's library. TARJUMAN names the program, else target/release/tarjuman is run.
"""
import difflib
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

try:
    import icu
except ImportError:
    icu = None

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")
HERE = os.path.dirname(os.path.abspath(__file__))
SRX = "{http://www.lisa.org/srx20}"
JAVA = "/usr/share/java/"
CLASSPATH = ["/usr/share/omegat/OmegaT.jar", "/usr/share/omegat/lib/*"] + [
    JAVA + jar for jar in ("segment.jar", "commons-logging.jar", "commons-io.jar", "jaxb-api.jar", "jaxb-runtime.jar")
]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr[-500:]}")
    return done.stdout.splitlines()


def tarjuman(language, raw, *options):
    return run(TARJUMAN, "segment", *options, "--lang", language, raw)


def icu_segments(srx, language, raw):
    rules = []
    for named in xml.parse(srx).iter(SRX + "languagerule"):
        if named.get("languagerulename") == language:
            for rule in named.iter(SRX + "rule"):
                patterns = [icu.RegexPattern.compile(rule.find(SRX + side).text) for side in ("beforebreak", "afterbreak")]
                rules.append((rule.get("break") == "yes", *patterns))
    found = []
    with open(raw, encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            text = icu.UnicodeString(line)
            decided = {}
            for breaks, before, after in rules:
                starts, matcher = set(), after.matcher(text)
                while matcher.find():
                    starts.add(matcher.start())
                matcher = before.matcher(text)
                while matcher.find():
                    if matcher.end() in starts:
                        decided.setdefault(matcher.end(), breaks)
            cuts = [0, *sorted(at for at, breaks in decided.items() if breaks), text.length()]
            found += [str(icu.UnicodeString(text, start, end - start)) for start, end in zip(cuts, cuts[1:])]
    return [segment.strip() for segment in found if segment.strip()]


def differing(ours, theirs):
    changed = [line for line in difflib.unified_diff(theirs, ours, lineterm="", n=0) if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    for line in changed:
        print("   ", line[:160], file=sys.stderr)
    return str(len(changed))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder, languagetool = sys.argv[1], (sys.argv[2:] or [None])[0]
    with tempfile.TemporaryDirectory() as work:
        srx = f"{work}/tarjuman.srx"
        run(TARJUMAN, "segment", "--export-srx", srx)
        java = shutil.which("javac") and os.path.exists(CLASSPATH[0]) and os.path.exists(JAVA + "segment.jar")
        if java:
            run("javac", "-cp", ":".join(CLASSPATH), "-d", work, f"{HERE}/engines/Cuts.java")
        dotnet = shutil.which("mcs")
        if dotnet:
            run("mcs", f"-out:{work}/Cuts.exe", f"{HERE}/engines/Cuts.cs")
        cuts = lambda *arguments: run("java", "-cp", ":".join([*CLASSPATH, work]), "Cuts", *arguments)
        print("| set | segments | OmegaT | LanguageTool's library | .NET | ICU | `--rules omegat` and OmegaT | LanguageTool's rules |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for raw in sorted(glob.glob(f"{folder}/*.raw")):
            name = os.path.basename(raw)[:-4]
            language = name[:2]
            ours = tarjuman(language, raw)
            row = [name, str(len(ours))]
            row.append(differing(ours, cuts("omegat", srx, language, raw)) if java else "")
            row.append(differing(ours, cuts("segment", srx, language, raw)) if java else "")
            row.append(differing(ours, run("mono", f"{work}/Cuts.exe", srx, language, raw)) if dotnet else "")
            row.append(differing(ours, icu_segments(srx, language, raw)) if icu else "")
            row.append(differing(tarjuman(language, raw, "--rules", "omegat"), cuts("omegat", "default", language, raw)) if java else "")
            # LanguageTool has no Albanian; its rules for languages without any are those it maps Swedish to.
            known = {"sq": "sv"}.get(language, language)
            row.append(differing(tarjuman(known, raw, "--srx", languagetool), cuts("segment", languagetool, known, raw)) if java and languagetool else "")
            print("| " + " | ".join(row) + " |", flush=True)


main()
