#!/usr/bin/env python3
"""Writes packs/common/{ontology,contexts,sectors,cameo}.tsv from the folder that holds the PLOVER ontology.

    make_ontology.py ONTOLOGY_FOLDER OUTPUT_FOLDER

Reads plover.md (types, quad classes, modes, scores, contexts, sectors), CAMEO2PLOVER-2021.txt and goldstein.tsv.
The meanings in one line are this project's own words; everything else has the origin `plover`.
"""
import os
import re
import sys

MEANING_CONTEXT = {
    "military": "armed forces, war and weapons",
    "intelligence": "secret services and espionage",
    "executive": "government, policy and who leads it",
    "legislative": "parliaments and law-making",
    "election": "elections and campaigns",
    "political_institutions": "constitution, institutions, kind of regime",
    "pro_democracy": "towards democracy",
    "pro_autocracy": "towards autocracy: coups, bans, emergency",
    "economic": "economy, trade, money, work",
    "legal": "courts, police procedure, law",
    "reparations": "compensation for wrongs",
    "human_rights": "rights of the person, and their abuse",
    "rights_freedoms": "civil and political freedoms",
    "repression": "a state's force against its people",
    "human_security": "relief, food, shelter, civilians in need",
    "gender": "women and gender",
    "lgbt": "sexual minorities",
    "religion_ethnicity": "religious and ethnic groups",
    "inequality": "inequality and discrimination",
    "diplomatic": "relations between states",
    "territory": "land, borders, annexation",
    "peacekeeping": "peacekeepers and military protection",
    "health": "health and epidemics",
    "asylum": "asylum and refuge",
    "migration": "migration and displacement",
    "disasters": "natural and other disasters",
    "natural_resource": "water, oil, minerals, fish",
    "environment": "environment and climate",
    "technology": "technology and science",
    "terrorism": "terrorism",
    "cbrn": "chemical, biological, radiological, nuclear",
    "cyber": "networks and computers",
    "misinformation": "false information",
    "crime": "common crime",
    "corruption": "corruption",
    "illegal_drugs": "illegal drugs",
    "trafficking": "trade in people and forbidden goods",
}
MEANING_SECTOR = {
    "GOV": "government, executive", "MIL": "armed forces of a state", "COP": "police and internal security",
    "SPY": "secret services", "JUD": "courts and prosecution", "LEG": "parliament and its members",
    "PTY": "political party", "OPP": "opposition", "PRM": "pro-government militia", "REB": "rebels",
    "UAF": "armed, unidentified", "CVL": "civilians", "SOC": "civil society", "ELI": "former officials and notables",
    "JRN": "journalists and media", "MED": "health workers and bodies", "EDU": "schools and universities",
    "REL": "clergy and religious bodies", "BUS": "business", "AGR": "farmers and farming", "LAB": "workers and unions",
    "CRM": "criminals", "REF": "refugees and displaced people", "UNK": "unknown", "PRE": "partly recognized entities",
    "IGO": "organization of states", "NGO": "international non-governmental organization",
    "ISM": "international social movement", "IMG": "transnational armed group", "MNC": "multinational company",
}
# Names of the CAMEO table that plover.md does not list, and what they become.
MODE_FIX = {
    ("THREATEN", "ban"): "restrict", ("THREATEN", "political"): "restrict", ("RETREAT", "return"): "release",
    ("RETREAT", "ease"): "", ("COERCE", "ban"): "restrict", ("ASSAULT", "seize"): "destroy",
    ("ASSAULT", "assassinate"): "targeted", ("ASSAULT", "cleansing"): "", ("ASSAULT", "massacre"): "",
}
# What the engine has to know of a type (src/event/ontology.h): swallows = its complement is no event of its own;
# cooperative = in the future tense it is a promise, coded as the type marked promise; recipient = needs one;
# accuses = its complement is an event on the accuser's word; yields = announced by its doer it is a promise, refused it is
# coded as the type marked refusal; hostile = announced by its doer it is coded as the type marked threat;
# grounded = where no recipient is named the place of the act stands for it.
FLAGS = {
    "AGREE": "swallows|promise", "REQUEST": "swallows", "REJECT": "swallows|refusal", "THREATEN": "swallows|threat",
    "CONSULT": "cooperative", "SUPPORT": "cooperative", "COOPERATE": "cooperative|recipient",
    "AID": "cooperative|recipient|grounded", "SANCTION": "recipient|hostile|grounded", "ACCUSE": "accuses",
    "CONCEDE": "yields", "RETREAT": "yields|grounded", "MOBILIZE": "hostile|grounded", "COERCE": "hostile|grounded",
    "ASSAULT": "hostile",
}
CONTEXT_FIX = {"democracy": "pro_democracy", "humanitarian": "human_security"}


def die(message):
    sys.exit("make_ontology.py: " + message)


def read(folder, name):
    path = os.path.join(folder, name)
    try:
        with open(path, encoding="utf-8") as handle:
            return handle.read()
    except OSError as error:
        die("%s: %s" % (name, error.strerror))


def parse_plover(text):
    types, scores = {}, []
    for line in text.splitlines():
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if len(cells) != 4 or not re.match(r"[A-Z]+\b", cells[0]):
            continue
        kind, quad, score = cells[0].split()[0], cells[1].replace(" ", "_"), cells[3]
        types[kind] = [""]
        scores.append((kind, "", quad, score))
        for part in filter(None, (p.strip() for p in cells[2].split(","))):
            name, _, value = part.partition(" ")
            types[kind].append(name)
            scores.append((kind, name, quad, value or score))
    contexts = re.search(r"^Contexts: (.*?)\.$", text, re.M)
    sectors = re.search(r"^Sectors: (.*)$", text, re.M)
    if len(types) != 16 or not contexts or not sectors:
        die("plover.md: expected 16 types, a line 'Contexts:' and a line 'Sectors:'")
    return types, scores, contexts.group(1).split(), re.findall(r"\b[A-Z]{3}\b", sectors.group(1))


def parse_cameo(text, types, contexts, goldstein):
    rows, seen, notes = [], set(), []
    for line in text.splitlines():
        match = re.match(r"(\d{3,4}):\s*([A-Z]+)\s*,([^,#]*),([^#]*)#\s*(.*)", line)
        if not match:
            continue
        code, kind, mode, context, label = (g.strip() for g in match.groups())
        if code in seen:
            continue
        seen.add(code)
        if mode not in types[kind] and mode in contexts:      # 175: the context stands in the column of the mode
            context, mode = mode + ";" + context, ""
        fixed = MODE_FIX.get((kind, mode), mode)
        if fixed not in types[kind]:
            die("CAMEO %s: mode '%s' is none of %s" % (code, mode, kind))
        if fixed != mode:
            notes.append("# %s: the table's mode '%s' is written '%s'" % (code, mode, fixed or "none"))
        names = []
        for name in filter(None, (c.strip() for c in context.split(";"))):
            name = CONTEXT_FIX.get(name, name)
            name = name if name in contexts else {"democracy": "pro_democracy"}.get(name, name)
            if name not in contexts:
                die("CAMEO %s: unknown context '%s'" % (code, name))
            names.append(name)
        gold = goldstein.get(code, goldstein.get(code[:3], ("", "")))
        rows.append((code, kind, fixed, "|".join(names), gold[0], gold[1], label.replace("Apolgize", "Apologize"), "plover"))
    return sorted(rows), notes


def write(folder, name, header, rows, notes=()):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as out:
        out.write("#" + "\t".join(header) + "\n")
        out.write("# Generated by tools/lexicon/make_ontology.py; do not edit by hand.\n")
        for note in notes:
            out.write(note + "\n")
        for row in rows:
            out.write("\t".join(row) + "\n")
    print("%s: %d rows" % (name, len(rows)))


def main(args):
    if len(args) != 2 or args[0] in ("-h", "--help"):
        sys.exit(__doc__)
    source, target = args
    types, scores, contexts, sectors = parse_plover(read(source, "plover.md"))
    goldstein = {}
    for line in read(source, "goldstein.tsv").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[0].isdigit():
            goldstein[cells[0]] = (cells[1], cells[2])
    rows, notes = parse_cameo(read(source, "CAMEO2PLOVER-2021.txt"), types, contexts, goldstein)
    os.makedirs(target, exist_ok=True)
    write(target, "ontology.tsv", ("type", "mode", "quad", "score", "flags"),
          [s + ("" if s[1] else FLAGS.get(s[0], ""),) for s in scores], ("# origin of all rows: plover (flags: own)",))
    write(target, "contexts.tsv", ("context",), [(c,) for c in contexts],
          ["# origin of all rows: plover; meanings in our words:"] +
          ["#   %s: %s" % (c, MEANING_CONTEXT.get(c, "")) for c in contexts])
    write(target, "sectors.tsv", ("sector", "meaning"), [(s, MEANING_SECTOR.get(s, "")) for s in sectors],
          ("# origin of all rows: plover (meanings: own)",))
    write(target, "cameo.tsv", ("cameo", "type", "mode", "context", "goldstein", "quad", "label", "origin"), rows, notes)


main(sys.argv[1:])
