#!/usr/bin/env python3
"""Takes TMX files through a memory and compares what comes out with what went in, by a reader that is not tarjuman's (lxml).

usage: tmx.py FILE.tmx|FOLDER...     prints a line a file; exit status 1 if anything was lost

Of a folder every .tmx, .tmx.gz and .tmx.zip below it is taken. For each file: import, export, import into an empty memory, export
again. The two exports must be the same bytes apart from dates; and everything the file says must be in the export: header, units,
variants, notes, properties, attributes, text, codes. What tarjuman keeps in properties of its own, since TMX has no place for it,
counts as what it was. Only the order of attributes, what names the tool that wrote the file, and the spelling of languages
may differ. Files that tarjuman refuses are named and count as nothing.

Three losses are meant, and said by a warning each time: a variant that does not say its language, a unit or variant
without a segment, and a noncharacter (U+FFFE, U+FFFF), which becomes U+FFFD. TARJUMAN names the program, else
target/release/tarjuman is run.
"""
import gzip
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree

TARJUMAN = os.environ.get("TARJUMAN", "target/release/tarjuman")
XML = "{http://www.w3.org/XML/1998/namespace}"
TMX = "http://www.lisa.org/tmx14"
OWN = {"creationtool", "creationtoolversion", "creationdate", "srclang"}
OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "per": "fa", "pes": "fa", "ara": "ar", "sqi": "sq", "alb": "sq", "eng": "en"}


def run(*arguments):
    return subprocess.run([TARJUMAN, *arguments], capture_output=True, text=True)


def name(element):
    """The name of an element; that of another namespace keeps it."""
    qualified = etree.QName(element)
    return qualified.localname if qualified.namespace in (None, TMX) else element.tag


def code(tag):
    parts = tag.strip().replace("_", "-").lower().split("-")
    return "-".join([OLD_CODES.get(parts[0], parts[0]), *parts[1:]])


def labelled(attributes):
    language = attributes.pop(XML + "lang", attributes.pop("lang", None))
    if language is not None:
        attributes["language"] = code(language)
    return {key: good(value) for key, value in attributes.items()}


def good(text):
    return re.sub("[\ufffe\uffff]", "\ufffd", text)


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
    if name(element) in ("prop", "note"):
        # Markup in a property is kept as text.
        inside = [etree_text(element)]
    inside = [good(part) if isinstance(part, str) else part for part in inside]
    return name(element), tuple(sorted(labelled(dict(element.attrib)).items())), tuple(inside)


def etree_text(element):
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            text += etree.tostring(child, encoding="unicode", with_tail=False)
        text += child.tail or ""
    return text


def restored(attributes, children):
    """Attributes and children with tarjuman's own properties as what they stand for."""
    attributes, kept = dict(attributes), []
    for child in children:
        kind = child.get("type", "") if name(child) == "prop" else ""
        if kind.startswith("x-tarjuman-attribute-"):
            key = kind.removeprefix("x-tarjuman-attribute-")
            if ":" in key and not key.startswith("xmlns:"):
                key = next((long for long in [clark(key, children)] if long), key)
            attributes[key] = child.text or ""
        elif kind == "x-tarjuman-element":
            kept.append(content(etree.fromstring(child.text or "")))
        elif kind not in ("x-tarjuman-previous", "x-tarjuman-next"):
            kept.append(content(child))
    return {key: value for key, value in attributes.items() if not key.startswith("xmlns")}, kept


def clark(key, children):
    """The full name of an attribute with a prefix, which another property binds."""
    prefix, local = key.split(":", 1)
    for child in children:
        if child.get("type") == f"x-tarjuman-attribute-xmlns:{prefix}":
            return f"{{{child.text}}}{local}"
    return None


def elements(element):
    return [child for child in element if isinstance(child.tag, str)]


def variant_facts(variant):
    """A variant's attributes, segment and what is said of it; None if it has no language or no segment."""
    segments = [child for child in elements(variant) if name(child) == "seg"]
    others = [child for child in elements(variant) if child is not (segments or [None])[0]]
    attributes, said = restored(labelled(dict(variant.attrib)), others)
    if not segments or not attributes.get("language"):
        return None
    return tuple(sorted(attributes.items())), content(segments[0]), said


def bytes_of(path):
    """What is in a file, packed or not."""
    raw = open(path, "rb").read()
    if raw[:2] == b"\x1f\x8b":
        return [gzip.decompress(raw)]
    if raw[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(raw))
        return [archive.read(member) for member in archive.namelist() if member.lower().endswith(".tmx")]
    return [raw]


def parsed(raw):
    """A tree, from bytes that may be a little ill: a blank before the declaration, a declaration that is wrong."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False, huge_tree=True)
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if raw.startswith(mark):
            raw = raw.decode(encoding).encode()
            break
    try:
        raw.decode("utf-8")
        raw = re.sub(rb"^(<\?xml[^>]*?)\s+encoding=(\"[^\"]*\"|'[^']*')", rb"\1", raw.removeprefix(b"\xef\xbb\xbf").lstrip())
        raw = raw.replace(b"\xef\xbf\xbe", b"\xef\xbf\xbd").replace(b"\xef\xbf\xbf", b"\xef\xbf\xbd")
    except UnicodeDecodeError:
        pass
    return etree.fromstring(raw, parser)


def facts(path):
    """What a TMX file says, as a list of things that must all be found again."""
    found = []
    for root in map(parsed, bytes_of(path)):
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            if name(element) == "header":
                attributes, said = restored(element.attrib, elements(element))
                found += [("header", item) for item in sorted(attributes.items()) if item[0] not in OWN]
                found += [("header", child) for child in said]
            if name(element) == "tu":
                variants = [variant_facts(child) for child in elements(element) if name(child) == "tuv"]
                variants = [variant for variant in variants if variant]
                attributes, said = restored(element.attrib, [child for child in elements(element) if name(child) != "tuv"])
                if variants:
                    found.append(("tu", sorted(attributes.items()), said, variants))
    return found


def undated(path):
    with open(path, encoding="utf-8") as file:
        return re.sub(r' creationdate="[^"]*"', "", file.read())


def files(arguments):
    for argument in arguments:
        if not os.path.isdir(argument):
            yield argument
        for folder, _, names in sorted(os.walk(argument)):
            for own in sorted(names):
                if own.lower().endswith((".tmx", ".tmx.gz", ".tmx.zip")):
                    yield os.path.join(folder, own)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    lost = whole = refused = 0
    for path in files(sys.argv[1:]):
        shown = os.path.relpath(path, sys.argv[1]) if os.path.isdir(sys.argv[1]) else os.path.basename(path)
        with tempfile.TemporaryDirectory() as work:
            done = run("import", "-m", f"{work}/1.sqlite", path)
            if done.returncode not in (0, 1):
                refused += 1
                errors = [line for line in done.stderr.splitlines() if line.startswith("error")] or ["no error"]
                print(f"refused   {shown}: {errors[0]}")
                lost += not errors[0].startswith("error") or done.returncode != 2
                continue
            exported = run("export", "-m", f"{work}/1.sqlite", "-o", f"{work}/1.tmx")
            if exported.returncode == 2:
                lost += 1
                print(f"NOT WHOLE {shown}: {exported.stderr.strip()}")
                continue
            run("import", "-m", f"{work}/2.sqlite", f"{work}/1.tmx")
            run("export", "-m", f"{work}/2.sqlite", "-o", f"{work}/2.tmx")
            empty = done.returncode == 1
            same = empty or undated(f"{work}/1.tmx") == undated(f"{work}/2.tmx")
            after = facts(f"{work}/1.tmx") if os.path.exists(f"{work}/1.tmx") else []
            before = facts(path)
            missing = [fact for fact in before if fact not in after and not (empty and fact[0] == "header")]
            ok = same and not missing
            lost += not ok
            whole += ok
            verdict = "whole     " if ok else "NOT WHOLE "
            print(
                f"{verdict}{shown}"
                + ("" if same else ": the second export differs")
                + (f": {len(missing)} missing, first {missing[0]}" if missing else "")
            )
    print(f"{whole} whole, {lost} not, {refused} refused")
    sys.exit(lost > 0)


main()
