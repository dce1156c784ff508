#!/usr/bin/env python3
"""Checks the organisation, group, role and place tables of the packs.

usage: tools/world/check_orgs.py [project root]

Prints `file:line: what is wrong` for each fault, then row counts; exit status 1 if there was a fault.
Other tables of packs/world (countries, leaders, capitals) are read, if present, for references only.
"""
import collections
import glob
import os
import re
import sys

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
WORLD = os.path.join(ROOT, "packs", "world")

ISO3 = set("""ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM
BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU
DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL
GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT
LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS
MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU
ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK
TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE XKX""".split())
TYPES = set("country region organization armed_group party movement media person group place".split())
SECTORS = set("""GOV MIL COP SPY JUD LEG PTY OPP PRM REB UAF CVL SOC ELI JRN MED EDU REL BUS AGR LAB CRM REF UNK PRE IGO NGO
ISM IMG MNC""".split())
KINDS = set("name official short acronym old metonym evaluative ambiguous".split())
ROLES = set("member observer partner associate suspended founder permanent".split())
PLACES = set("capital city town province region base strait river sea mountain island camp border_crossing facility".split())
DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
LANGS = {"ar", "en"}
ARABIC = re.compile(r"[\u0600-\u06ff]")

faults = 0
counts = collections.OrderedDict()


def fault(path, line, what):
    global faults
    faults += 1
    print("%s:%d: %s" % (os.path.relpath(path, ROOT), line, what))


def table(path, columns, needed, count=True):
    """Rows of a table as (line number, dict)."""
    rows = []
    if not os.path.exists(path):
        if count:
            fault(path, 0, "missing file")
        return rows
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    if lines[0] != "#" + "\t".join(columns):
        fault(path, 1, "header is %r, expected %r" % (lines[0], "#" + "\t".join(columns)))
    if lines[-1]:
        fault(path, len(lines), "no newline at the end")
    for n, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(columns):
            fault(path, n, "%d columns, expected %d" % (len(cells), len(columns)))
            continue
        if any(c != c.strip() or "  " in c for c in cells):
            fault(path, n, "stray blanks")
        row = dict(zip(columns, cells + [""] * (len(columns) - len(cells))))
        for k in needed:
            if not row[k]:
                fault(path, n, "empty %s" % k)
        if "\u0640" in line or re.search("[\u064b-\u0650\u0652]", line):
            fault(path, n, "tatweel or vowel mark")
        rows.append((n, row))
    if count:
        counts[os.path.relpath(path, ROOT)] = len(rows)
    return rows


def dates(path, n, row):
    for k in ("from", "to"):
        if row[k] and not DATE.match(row[k]):
            fault(path, n, "%s %r is not a date" % (k, row[k]))
    a, b = row["from"], row["to"]
    if a and b and a[:min(len(a), len(b))] > b[:min(len(a), len(b))]:
        fault(path, n, "from %s after to %s" % (a, b))


def unique(path, rows, keys, what):
    seen = {}
    for n, r in rows:
        k = tuple(r[x] for x in keys)
        if k in seen:
            fault(path, n, "%s %s already in line %d" % (what, "/".join(k), seen[k]))
        seen.setdefault(k, n)


ENT = "id type sector country name from to side origin".split()
NAM = "id lang name kind from to origin".split()
OFF = "person office body country from to origin".split()
MEM = "org member from to role origin".split()
FAC = "subject property object value unit as_of source origin".split()
PLA = "id name_en name_ar kind country lat lon population origin".split()
ROL = "lemma type sector number flags origin".split()

ids = {}
kinds = {}
persons = set()
for part in ("orgs", "groups"):
    path = os.path.join(WORLD, "entities.%s.tsv" % part)
    for n, r in table(path, ENT, ("id", "type", "name", "origin")):
        if r["id"] in ids:
            fault(path, n, "id %s already in %s" % (r["id"], ids[r["id"]]))
        ids[r["id"]] = "%s:%d" % (os.path.basename(path), n)
        kinds[r["id"]] = r["type"]
        if r["id"] in ISO3:
            fault(path, n, "id %s is a country code" % r["id"])
        if r["type"] not in TYPES:
            fault(path, n, "type %r" % r["type"])
        if r["sector"] not in SECTORS:
            fault(path, n, "sector %r" % r["sector"])
        if r["country"] and r["country"] not in ISO3:
            fault(path, n, "country %r is no alpha-3 code" % r["country"])
        if r["type"] == "person":
            persons.add(r["id"])
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", r["id"]):
                fault(path, n, "id of a person is no slug: %s" % r["id"])
        dates(path, n, r)

others = set()
for path in glob.glob(os.path.join(WORLD, "entities*.tsv")):
    if os.path.basename(path) not in ("entities.orgs.tsv", "entities.groups.tsv"):
        with open(path, encoding="utf-8") as f:
            for line in f:
                if line.strip() and line[0] != "#":
                    cell = line.split("\t", 1)[0]
                    others.add(cell)
                    if cell in ids:
                        fault(path, 0, "id %s is also in %s" % (cell, ids[cell]))

owner = collections.defaultdict(set)
for part in ("orgs", "groups"):
    path = os.path.join(WORLD, "names.%s.tsv" % part)
    rows = table(path, NAM, ("id", "lang", "name", "kind", "origin"))
    unique(path, rows, ("id", "lang", "name"), "name")
    have = collections.defaultdict(set)
    for n, r in rows:
        if r["id"] not in ids:
            fault(path, n, "no entity %s" % r["id"])
        if r["lang"] not in LANGS:
            fault(path, n, "lang %r" % r["lang"])
        if r["kind"] not in KINDS:
            fault(path, n, "kind %r" % r["kind"])
        if r["lang"] == "ar" and not ARABIC.search(r["name"]):
            fault(path, n, "no Arabic letter in %r" % r["name"])
        if r["lang"] == "en" and ARABIC.search(r["name"]):
            fault(path, n, "Arabic letter in %r" % r["name"])
        dates(path, n, r)
        have[r["id"]].add(r["lang"])
        if r["kind"] != "ambiguous":
            owner[(r["lang"], r["name"])].add(r["id"])
    for i, where in ids.items():
        if where.startswith("entities.%s." % part) and "en" not in have[i]:
            fault(path, 0, "no English name for %s" % i)
for (lang, name), who in sorted(owner.items()):
    if len(who) > 1:
        fault(os.path.join(WORLD, "names.groups.tsv"), 0,
              "%s name %r belongs to %s: mark it ambiguous" % (lang, name, ", ".join(sorted(who))))

path = os.path.join(WORLD, "members.tsv")
rows = table(path, MEM, ("org", "member", "role", "origin"))
unique(path, rows, ("org", "member", "from", "role"), "membership")
spans = collections.defaultdict(list)
for n, r in rows:
    if r["org"] not in ids:
        fault(path, n, "no organisation %s" % r["org"])
    if r["member"] not in ISO3 and r["member"] not in ids:
        fault(path, n, "member %s is neither country nor organisation" % r["member"])
    if r["role"] not in ROLES:
        fault(path, n, "role %r" % r["role"])
    dates(path, n, r)
    if r["role"] in ("member", "founder", "permanent"):
        spans[(r["org"], r["member"])].append((r["from"] or "0000", r["to"] or "9999", n))
for key, s in spans.items():
    s.sort()
    for a, b in zip(s, s[1:]):
        m = min(len(a[1]), len(b[0]))
        if a[1][:m] > b[0][:m]:
            fault(path, b[2], "membership of %s in %s overlaps with line %d" % (key[1], key[0], a[2]))

path = os.path.join(WORLD, "offices.groups.tsv")
rows = table(path, OFF, ("person", "office", "origin"))
unique(path, rows, ("person", "office", "body", "from"), "office")
place_ids = set()
for p in glob.glob(os.path.join(WORLD, "places*.tsv")):
    with open(p, encoding="utf-8") as f:
        place_ids |= {x.split("\t", 1)[0] for x in f if x.strip() and x[0] != "#"}
for n, r in rows:
    if r["person"] not in persons:
        fault(path, n, "no person %s" % r["person"])
    if r["body"] and r["body"] not in ids and r["body"] not in ISO3 and r["body"] not in place_ids:
        fault(path, n, "no body %s" % r["body"])
    if r["country"] and r["country"] not in ISO3:
        fault(path, n, "country %r" % r["country"])
    dates(path, n, r)

path = os.path.join(WORLD, "facts.orgs.tsv")
rows = table(path, FAC, ("subject", "property", "value", "source", "origin"))
unique(path, rows, ("subject", "property", "object", "value"), "fact")
for n, r in rows:
    if r["subject"] not in ids:
        fault(path, n, "no entity %s" % r["subject"])
    if r["property"] == "founded" and not DATE.match(r["value"]):
        fault(path, n, "founded %r is not a date" % r["value"])
    if r["property"] == "seat" and r["object"] and r["object"] not in ISO3:
        fault(path, n, "seat in %r, no alpha-3 code" % r["object"])

path = os.path.join(WORLD, "places.tsv")
rows = table(path, PLA, ("id", "name_en", "name_ar", "kind", "lat", "lon", "origin"))
unique(path, rows, ("id",), "id")
unique(path, rows, ("name_en", "kind", "country"), "place")
for n, r in rows:
    if r["kind"] not in PLACES:
        fault(path, n, "kind %r" % r["kind"])
    if r["country"] and r["country"] not in ISO3:
        fault(path, n, "country %r" % r["country"])
    if r["id"] in ids or r["id"] in others:
        fault(path, n, "id %s is also an entity" % r["id"])
    try:
        if abs(float(r["lat"])) > 90 or abs(float(r["lon"])) > 180:
            fault(path, n, "coordinates out of range")
    except ValueError:
        fault(path, n, "coordinates are no numbers")
    if len(set(r["name_ar"].split("|"))) != len(r["name_ar"].split("|")):
        fault(path, n, "Arabic name twice")
    if len(set(r["name_en"].split("|"))) != len(r["name_en"].split("|")):
        fault(path, n, "English name twice")
    if not all(ARABIC.search(x) for x in r["name_ar"].split("|")) or ARABIC.search(r["name_en"]):
        fault(path, n, "names in the wrong script")

for lang in ("ar", "en"):
    path = os.path.join(ROOT, "packs", lang, "lexicon", "roles.tsv")
    rows = table(path, ROL, ("lemma", "type", "sector", "number", "origin"))
    unique(path, rows, ("lemma",), "role")
    for n, r in rows:
        if r["type"] not in ("person", "group", "body"):
            fault(path, n, "type %r" % r["type"])
        if r["sector"] not in SECTORS:
            fault(path, n, "sector %r" % r["sector"])
        if r["number"] not in ("sg", "pl"):
            fault(path, n, "number %r" % r["number"])
        if r["flags"] and set(r["flags"].split("|")) - {"title", "head", "armed"}:
            fault(path, n, "flags %r" % r["flags"])
        if (lang == "ar") != bool(ARABIC.search(r["lemma"])):
            fault(path, n, "lemma in the wrong script")

for name, n in counts.items():
    print("%6d  %s" % (n, name))
print("%d faults" % faults)
sys.exit(1 if faults else 0)
