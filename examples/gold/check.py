#!/usr/bin/env python3
"""Checks the hand-made goldens of the example articles for their form.

No arguments, no dependencies: python3 examples/gold/check.py
Exit status 0 if all is well, 1 if something is wrong (each fault on a line).
It says nothing about whether a golden is right, only whether it can be used.
"""
import datetime
import json
import pathlib
import re
import sys

GOLD = pathlib.Path(__file__).resolve().parent
ARTICLES = GOLD.parent
MIN_SENTENCES = 25

TYPES = set("AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT "
            "THREATEN PROTEST MOBILIZE SANCTION COERCE ASSAULT".split())
MODES = set("visit third-party multilateral phone withdraw release disarm ceasefire access resign "
            "assist change yield meet disapprove investigate allege restrict arrest relations expel "
            "territory violence demo riot strike hunger boycott obstruct vandalize convict discontinue "
            "troops weapons police militia seize censor curfew martial-law deport withhold "
            "misinformation cyber abduct beat torture sexual targeted destroy primitive firearms "
            "explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional".split())
SECTORS = set("GOV MIL COP SPY JUD LEG PTY OPP PRM REB UAF CVL SOC ELI JRN MED EDU REL BUS AGR LAB "
              "CRM REF UNK PRE IGO NGO ISM IMG MNC".split())
FACTUALITY = set("CT+ PR+ PS+ CT- PR- PS- Uu".split())
TENSES = set("past present future historical".split())
LINKS = set("cause purpose motive phase before analogy part_of same_event".split())
PROPERTIES = set("area area_rank population population_rank border_length borders capital member_of "
                 "members member_count founded independence leader production_rank reserves_rank hosts "
                 "language currency religion weekday distance date_of name".split())
VERDICTS = set("supported contradicted unverifiable".split())
WHATS = set("killed wounded arrested participants troops money".split())
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

faults = []


def as_list(x):
    return [] if x is None else x if isinstance(x, list) else [x]


def value_parses(v):
    """2022-01-02, 2022-01, 2022, 2022-W01"""
    try:
        if re.fullmatch(r"\d{4}-W\d{2}", v):
            datetime.datetime.strptime(v + "-1", "%G-W%V-%u")
        else:
            form = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}[len(v)]
            datetime.datetime.strptime(v, form)
        return True
    except (KeyError, TypeError, ValueError):
        return False


def sentences(text):
    cut = re.split(r"(?<=[.!?؟])[\"'»”]*\s+|\n", text)
    return [s for s in cut if s.strip()]


def check(path):
    name = path.stem

    def fault(*words):
        faults.append(" ".join([name + ":"] + [str(w) for w in words]))

    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        meta = json.loads((ARTICLES / (name + ".meta.json")).read_text(encoding="utf-8"))
        text = (ARTICLES / (name + ".txt")).read_text(encoding="utf-8")
    except (OSError, ValueError) as why:
        fault(why)
        return None

    def once(where, phrase):
        n = text.count(phrase)
        if not phrase or n != 1:
            fault(where, "occurs", n, "times:", phrase)

    def among(where, values, allowed):
        for v in as_list(values):
            if v not in allowed:
                fault(where, "unknown value", v)

    for key in ("lang", "date", "title", "author", "publisher"):
        if not meta.get(key):
            fault("meta lacks", key)
    doc = gold["document"]
    if doc["lang"] != meta["lang"] or doc["date"] != meta["date"]:
        fault("document and meta differ in lang or date")
    if doc["lang"] not in ("ar", "en") or doc["genre"] not in ("opinion", "report"):
        fault("lang or genre")
    if len(meta["date"]) != 10 or not value_parses(meta["date"]):
        fault("date", meta["date"])
    count = len(sentences(text))
    if count < MIN_SENTENCES:
        fault("only", count, "sentences")

    ids = [e["id"] for e in gold["events"]] + [c["id"] for c in gold["claims"]]
    if len(ids) != len(set(ids)):
        fault("an id is used twice")
    events = {e["id"] for e in gold["events"]}

    for e in gold["events"]:
        w = e["id"]
        once(w, e["near"])
        if not e["any"]:
            fault(w, "no type")
        among(w, e["any"], TYPES)
        among(w, e.get("mode"), MODES)
        among(w, e.get("actor_sector"), SECTORS)
        among(w, e.get("recipient_sector"), SECTORS)
        among(w, e.get("factuality"), FACTUALITY)
        among(w, e.get("tense"), TENSES)
        for key in ("date", "end_date"):
            if key in e and not value_parses(e[key]):
                fault(w, key, e[key])
        chain = e.get("chain", ["author", e["holder"]] if e["holder"] != "author" else ["author"])
        if chain[0] != "author" or chain[-1] != e["holder"]:
            fault(w, "chain does not lead from the author to the holder")
        for holder in chain[1:]:
            if holder not in text:
                fault(w, "holder is not in the text:", holder)
        signs = {f[2:] for f in as_list(e.get("factuality")) if f != "Uu"}
        if e.get("happened") and "-" in signs:
            fault(w, "happened, yet negative")
        for m in e.get("magnitudes", []):
            among(w, m["what"], WHATS)
            if not isinstance(m["value"], (int, float)):
                fault(w, "magnitude", m["value"])

    for c in gold["claims"]:
        w = c["id"]
        once(w, c["near"])
        among(w, c["property"], PROPERTIES)
        among(w, c["verdict"], VERDICTS)
        among(w, c.get("comparator"), "=<>~")
        if c["property"] == "weekday":
            among(w, c["value"], WEEKDAYS)
        if c["property"] in ("founded", "independence") and not value_parses(c["value"]):
            fault(w, "value", c["value"])
        if c["property"] != "weekday" and "subject" not in c:
            fault(w, "no subject")

    for link in gold["links"]:
        among("link", link["type"], LINKS)
        once("link", link["text"])
        for key in ("from", "to", "event"):
            if key in link and link[key] not in events:
                fault("link to no event:", link[key])
    for key in ("questions", "none", "unsourced_allegations"):
        for phrase in gold[key]:
            once(key, phrase)

    required = sum(not e.get("optional") for e in gold["events"])
    return (name, doc["lang"], doc["genre"], count, len(gold["events"]), required,
            len(gold["claims"]), len(gold["links"]), len(gold["questions"]), len(gold["none"]))


def main():
    paths = sorted(GOLD.glob("*.json"))
    articles = {p.stem for p in ARTICLES.glob("*.txt")}
    for name in sorted(articles - {p.stem for p in paths}):
        faults.append(name + ": no golden")
    if not paths:
        faults.append("no goldens found")
    print("%-30s %-4s %-8s %5s %6s %8s %6s %5s %9s %5s" % (
        "article", "lang", "genre", "sent.", "events", "required", "claims", "links", "questions", "none"))
    for path in paths:
        row = check(path)
        if row:
            print("%-30s %-4s %-8s %5d %6d %8d %6d %5d %9d %5d" % row)
    for f in faults:
        print("FAULT", f)
    print("%d goldens, %d faults" % (len(paths), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
