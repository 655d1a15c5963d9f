#!/usr/bin/env python3
"""Two tables of the Solar Hijri calendar that know nothing of each other or of tarjuman, held against one another.

usage: calendar.py            prints a line a year and a checksum of all days; exit status 1 if the two disagree
       calendar.py --write    writes fixtures/dates/solar-hijri.tsv, which `cargo test` compares with every day of the program

The first is astronomy: the year begins on the day at whose noon in Tehran (true solar time is not used; standard time is, UTC+3:30)
the vernal equinox has passed, as the law of 1304 says. The instant of the equinox is by J. Meeus, Astronomical Algorithms, chapter 27
(tables 27.B and 27.C, better than a minute for our centuries), the difference of dynamical and universal time by the polynomials of
Espenak and Meeus.

The second is arithmetic: leap years by the breaks of the cycle (K. Borkowski, The Persian calendar for 3000 years, Earth, Moon, and
Planets 74, 1996, as used in the public-domain jalaali algorithm), and day numbers by counting days of Gregorian years.
"""
import math
import sys
import zlib
from pathlib import Path

FIRST, LAST = 1299, 1456
FIXTURE = Path(__file__).resolve().parents[2] / "fixtures/dates/solar-hijri.tsv"
# The Julian day at the midnight before the first of January of the year 1, which is day 1, is one more.
EPOCH = 1721424.5

PERIODIC = [
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112),
    (156, 73.14, 45036.886), (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906),
    (70, 243.58, 9037.513), (58, 119.81, 33718.147), (52, 297.17, 150.678), (50, 21.02, 2281.226),
    (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417), (18, 155.12, 67555.328),
    (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
]


def delta_t(year):
    """Seconds by which dynamical time is ahead."""
    t = year - 2000
    if year < 1920:
        t = year - 1900
        return -2.79 + 1.494119 * t - 0.0598939 * t**2 + 0.0061966 * t**3 - 0.000197 * t**4
    if year < 1941:
        t = year - 1920
        return 21.20 + 0.84493 * t - 0.076100 * t**2 + 0.0020936 * t**3
    if year < 1961:
        t = year - 1950
        return 29.07 + 0.407 * t - t**2 / 233 + t**3 / 2547
    if year < 1986:
        t = year - 1975
        return 45.45 + 1.067 * t - t**2 / 260 - t**3 / 718
    if year < 2005:
        return 63.86 + 0.3345 * t - 0.060374 * t**2 + 0.0017275 * t**3 + 0.000651814 * t**4 + 0.00002373599 * t**5
    return 62.92 + 0.32217 * t + 0.005589 * t**2


def equinox(year):
    """Julian day (universal time) of the vernal equinox of a Gregorian year."""
    y = (year - 2000) / 1000
    jde0 = 2451623.80984 + 365242.37404 * y + 0.05169 * y**2 - 0.00411 * y**3 - 0.00057 * y**4
    t = (jde0 - 2451545) / 36525
    w = math.radians(35999.373 * t - 2.47)
    lam = 1 + 0.0334 * math.cos(w) + 0.0007 * math.cos(2 * w)
    s = sum(a * math.cos(math.radians(b + c * t)) for a, b, c in PERIODIC)
    return jde0 + 0.00001 * s / lam - delta_t(year) / 86400


def astronomical(year):
    """The day number of 1 Farvardin."""
    tehran = equinox(year + 621) + 3.5 / 24
    # A day begins at midnight, and its noon is half a day later: past noon, the next day is the first.
    return math.floor(tehran - EPOCH + 0.5)


BREAKS = [-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178]


def gregorian(year, month, day):
    """The day number of a Gregorian date, by counting."""
    y = year - 1
    days = 365 * y + y // 4 - y // 100 + y // 400
    lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if year % 4 == 0 and (year % 100 or year % 400 == 0):
        lengths[1] = 29
    return days + sum(lengths[: month - 1]) + day


def arithmetical(year):
    leap, before = -14, BREAKS[0]
    for at in BREAKS[1:]:
        jump = at - before
        if year < at:
            break
        leap += jump // 33 * 8 + jump % 33 // 4
        before = at
    n = year - before
    leap += n // 33 * 8 + (n % 33 + 3) // 4
    if jump % 33 == 4 and jump - n == 4:
        leap += 1
    civil = year + 621
    leaps = civil // 4 - (civil // 100 + 1) * 3 // 4 - 150
    return gregorian(civil, 3, 20 + leap - leaps)


def days(first, leap):
    """A checksum of all days of a year: number, month, day."""
    text, number = [], first
    for month in range(1, 13):
        for day in range(1, (31 if month < 7 else 30 if month < 12 else 29 + leap) + 1):
            text.append(f"{number} {month} {day}\n")
            number += 1
    return zlib.crc32("".join(text).encode()), number


def main():
    lines, wrong = [], 0
    for year in range(FIRST, LAST + 1):
        first, after = arithmetical(year), arithmetical(year + 1)
        if (first, after) != (astronomical(year), astronomical(year + 1)):
            print(f"{year}: the tables disagree: {first} {astronomical(year)}", file=sys.stderr)
            wrong = 1
        leap = after - first == 366
        check, end = days(first, leap)
        assert end == after, year
        lines.append(f"{year}\t{first}\t{'leap' if leap else 'common'}\t{check:08x}")
    if "--write" in sys.argv:
        head = "# Solar Hijri year, day number of its first day (1 is the first of January 1), its kind, CRC-32 of its days. Made by tests/evaluate/calendar.py.\n"
        FIXTURE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    else:
        print("\n".join(lines))
    total = zlib.crc32("\n".join(lines).encode())
    print(f"{len(lines)} years, checksum {total:08x}", file=sys.stderr)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
