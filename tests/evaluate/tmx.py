#!/usr/bin/env python3
"""Takes TMX files through a memory and compares what comes out with what went in, by a reader that is not tarjuman's (lxml).

usage: tmx.py FILE.tmx...     prints a line a file; exit status 1 if anything was lost

For each file: import, export, import into an empty memory, export again. The two exports must be the same bytes apart from dates;
and everything the file says must be in the export: header, units, variants, notes, properties, attributes, text, codes. Only the
order of attributes, and what names the tool that wrote the file, may differ. TARJUMAN names the program, else
target/release/tarjuman is run.
"""
import os
import re
import subprocess
import sys
import tempfile

from lxml import etree

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")
XML = "{http://www.w3.org/XML/1998/namespace}"
OWN = {"creationtool", "creationtoolversion", "creationdate", "srclang"}


def run(*arguments):
    return subprocess.run([TARJUMAN, *arguments], capture_output=True, text=True)


def name(element):
    return etree.QName(element).localname


def tag(attributes):
    language = attributes.pop(XML + "lang", attributes.pop("lang", None))
    if language is not None:
        attributes["language"] = language.replace("_", "-").lower()
    return attributes


def content(element):
    """An element as plain data that can be compared, with text as it is."""
    inside = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            inside.append(content(child))
        if isinstance(inside[-1], str):
            inside[-1] += child.tail or ""
        else:
            inside.append(child.tail or "")
    return name(element), tuple(sorted(tag(dict(element.attrib)).items())), tuple(inside)


def facts(path):
    """What a TMX file says, as a list of things that must all be found again."""
    tree = etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
    found = []
    for element in tree.getroot().iter():
        if not isinstance(element.tag, str):
            continue
        kind = name(element)
        if kind == "header":
            said = {key: value for key, value in element.attrib.items() if key not in OWN}
            found += [("header", item) for item in sorted(said.items())]
            found += [("header", content(child)) for child in element if isinstance(child.tag, str)]
        if kind == "tu":
            own = [content(child) for child in element if isinstance(child.tag, str) and name(child) in ("note", "prop")]
            variants = [
                (tuple(sorted(tag(dict(variant.attrib)).items())), [content(child) for child in variant if isinstance(child.tag, str)])
                for variant in element.iter("tuv")
            ]
            found.append(("tu", sorted(element.attrib.items()), own, variants))
    return found


def undated(path):
    with open(path, encoding="utf-8") as file:
        return re.sub(r' creationdate="[^"]*"', "", file.read())


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    lost = False
    for path in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as work:
            done = run("import", "-m", f"{work}/1.sqlite", path)
            if done.returncode == 2:
                print(f"refused   {os.path.basename(path)}: {done.stderr.splitlines()[0]}")
                continue
            run("export", "-m", f"{work}/1.sqlite", "-o", f"{work}/1.tmx")
            run("import", "-m", f"{work}/2.sqlite", f"{work}/1.tmx")
            run("export", "-m", f"{work}/2.sqlite", "-o", f"{work}/2.tmx")
            same = undated(f"{work}/1.tmx") == undated(f"{work}/2.tmx")
            after = facts(f"{work}/1.tmx")
            missing = [fact for fact in facts(path) if fact not in after]
            lost |= bool(missing) or not same
            verdict = "whole     " if same and not missing else "NOT WHOLE "
            print(f"{verdict}{os.path.basename(path)}" + (f": {len(missing)} missing, first {missing[0]}" if missing else ""))
    sys.exit(lost)


main()
