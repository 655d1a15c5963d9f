#!/usr/bin/env python3
"""Makes the units that are hardest on an index: a few templates, each said many times with other numbers.

usage: templates.py FOLDER [UNITS]      writes tm.tsv, tm.tmx and queries.tsv; 1,000,000 units of 500 templates unless told

Every query is a template with numbers of its own, so that it is like 2,000 units at once.
"""
import os
import random
import sys

WHAT = "chairs lamps letters tables loaves books keys baskets ladders jars stools blankets cups ropes boxes".split()
WHERE = "the old mill|the green room|the reading hall|the garden|the station|the school yard|the upper floor".split("|")
WHO = "the gardener|the baker|our neighbour|the librarian|the carpenter|the cook|the teacher".split("|")
VERBS = "brought counted lent mended painted found sold stored".split()


def main():
    folder, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    draw = random.Random(1)
    templates = set()
    while len(templates) < 500:
        templates.add(
            f"On day {{a}} {draw.choice(WHO)} {draw.choice(VERBS)} {{b}} {draw.choice(WHAT)} from {draw.choice(WHERE)} "
            f"to {draw.choice(WHERE)}, page {{c}}."
        )
    templates = sorted(templates)

    def say(template, number):
        return template.format(a=number % 365, b=number // 7 % 1000, c=number)

    os.makedirs(folder, exist_ok=True)
    units = [say(templates[number % 500], number) for number in range(count)]
    draw.shuffle(units)
    with open(f"{folder}/tm.tsv", "w", encoding="utf-8") as tsv, open(f"{folder}/tm.tmx", "w", encoding="utf-8") as tmx:
        tmx.write('<tmx version="1.4"><header srclang="en" segtype="sentence" adminlang="en" datatype="plaintext" '
                  'creationtool="templates" creationtoolversion="1" o-tmf="tsv"/><body>\n')
        for number, text in enumerate(units):
            target = f"#{number}: {text}"
            tsv.write(f"{number}\t{text}\t{target}\n")
            tmx.write(f'<tu><tuv xml:lang="en"><seg>{text}</seg></tuv><tuv xml:lang="fa"><seg>{target}</seg></tuv></tu>\n')
        tmx.write("</body></tmx>\n")
    with open(f"{folder}/queries.tsv", "w", encoding="utf-8") as queries:
        for number in range(1000):
            text = say(templates[draw.randrange(500)], count + draw.randrange(count))
            queries.write(f"{number}\ttemplate\t-1\t{text}\n")


main()
