#!/usr/bin/env python3
"""The tables of packs/world against the reference folder: areas, capitals, neighbours, memberships agree in 99 per cent.

The folder is $BIRUNI_REFERENCE or ../shared/reference beside the project; without it the test says that it is skipped."""
import argparse
import collections
import glob
import json
import os
import pathlib
import re
import sys
import unicodedata

parser = argparse.ArgumentParser()
parser.add_argument("--source", required=True, type=pathlib.Path)
parser.add_argument("--build", required=True, type=pathlib.Path)
parser.add_argument("--show", action="store_true", help="print every difference")
options = parser.parse_args()
folder = pathlib.Path(os.environ.get("BIRUNI_REFERENCE") or options.source.resolve() / ".." / "shared" / "reference")
if not (folder / "countries_mledoze.json").exists():
    print(f"skipped: no reference folder at {folder} (BIRUNI_REFERENCE names it)")
    sys.exit(0)

facts = collections.defaultdict(list)
for name in sorted(glob.glob(str(options.source / "packs/world/facts*.tsv"))):
    for line in open(name, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if not line.startswith("#") and len(cells) > 6 and cells[-1] != "unverified":
            facts[cells[0], cells[1]].append(cells)
place_names = collections.defaultdict(set)
for name in glob.glob(str(options.source / "packs/world/places*.tsv")):
    for line in open(name, encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 2 and not line.startswith("#"):
            place_names[cells[0]].update(cells[1].split("|"))


# Differences whose reason is known; docs/design/reference.md says it.
KNOWN = {"capital PSE", "capital SWZ", "membership ECU", "membership QAT", "membership GBR", "membership RUS", "membership SAU"}


def town(s):
    """Djibouti City, City of San Marino, Kingston (Norfolk Island): the bare name."""
    s = fold(s)
    return re.sub(r"(norfolkisland|city|town)$", "", re.sub(r"^cityof", "", s))


def fold(s):
    s = unicodedata.normalize("NFD", s)
    return "".join(ch for ch in s.lower() if ch.isalnum() and not unicodedata.combining(ch))


tally, differences = collections.Counter(), []


def compare(what, code, ok, detail):
    tally[what, ok] += 1
    tally[what, "known"] += not ok and f"{what} {code}" in KNOWN
    if not ok:
        differences.append(f"{what} {code}: {detail}")


for country in json.load(open(folder / "countries_mledoze.json", encoding="utf-8")):
    code = country["cca3"].replace("UNK", "XKX")
    areas = [float(c[3]) for c in facts[code, "area"] if c[2] == "total"]
    if areas and country["area"] > 0:
        compare("area", code, any(abs(a - country["area"]) <= 0.05 * country["area"] + 2 for a in areas), f"{areas} against {country['area']}")
    capitals = {town(n) for c in facts[code, "capital"] for n in [c[3], c[2], *place_names[c[2]]]}
    if capitals and country.get("capital"):
        compare("capital", code, any(town(n) in capitals for n in country["capital"]), f"{sorted(capitals)} against {country['capital']}")
    if code in {k[0] for k in facts if k[1] == "area"}:
        have = {c[2] for c in facts[code, "borders"]}
        for other in (x.replace("UNK", "XKX") for x in country["borders"]):
            compare("neighbour", code, other in have, f"{other} is not in the tables")

members = collections.defaultdict(set)
for name in glob.glob(str(options.source / "packs/world/members*.tsv")):
    for line in open(name, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if not line.startswith("#") and len(cells) > 4 and not cells[3] and cells[4] in ("member", "founder", "suspended"):
            members[cells[0]].add(cells[1])
codes = {}
for country in json.load(open(folder / "countries_mledoze.json", encoding="utf-8")):
    for n in (country["name"]["common"], country["name"]["official"]):
        codes[fold(n)] = country["cca3"]
names = {"AU": "AU", "NATO": "NATO", "OPEC": "OPEC", "EU": "EU", "LAS": "Arab League", "GCC": "GCC", "OIC": "OIC", "ASEAN": "ASEAN", "SCO": "SCO",
         "CSTO": "CSTO", "EAEU": "EAEU", "ECOWAS": "ECOWAS", "SADC": "SADC", "G-7": "G7", "AMU": "AMU", "CE": "Council of Europe", "BRICS": "BRICS"}
for path in glob.glob(str(folder / "factbook/*/*.json")):
    book = json.load(open(path, encoding="utf-8"))
    about = book.get("Government", {}).get("Country name", {})
    short = about.get("conventional short form", {}).get("text", "")
    code = codes.get(fold(re.sub(r"\(.*", "", short))) or codes.get(fold(about.get("conventional long form", {}).get("text", "")))
    text = book.get("Government", {}).get("International organization participation", {}).get("text", "")
    if not code or not text:
        continue
    for item in re.split(r"[,;] ", text):
        m = re.fullmatch(r"([A-Za-z-]+)( \(([^)]*)\))?", item.strip())
        if not m or m.group(1) not in names or (m.group(3) and "suspended" not in m.group(3)):
            continue
        org = names[m.group(1)]
        if members[org]:
            compare("membership", code, code in members[org], f"not a member of {org}")

failed = False
for what in ("area", "capital", "neighbour", "membership"):
    right, all_ = tally[what, True], tally[what, True] + tally[what, False]
    share = right / all_ if all_ else 0
    known = tally[what, "known"]
    print(f"{what}: {right} of {all_} agree ({share:.3f}); {known} differences have a known reason")
    failed = failed or (right + known) / max(all_, 1) < 0.99
for line in differences if failed or options.show else []:
    print("  " + line)
sys.exit(1 if failed else 0)
