#!/usr/bin/env python3
"""Checks the attribution and factuality corpus in the folder of this file:
schema, that every trigger and holder is found in its text, the enumerations,
the consistency rules of README.md, and the counts. Exit status 0 if all is well.
Python 3, no dependencies."""
import collections
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = set("AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT "
            "THREATEN PROTEST MOBILIZE SANCTION COERCE ASSAULT".split())
STANCES = set("assert claim deny doubt deduce fear hope quote ask threaten promise".split())
FACT = {"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"}
TENSES = {"past", "present", "future", "historical"}
TOP = {"id": str, "lang": str, "date": str, "text": str, "phenomenon": str, "events": list}
EVENT = {"near": str, "type": str, "chain": list, "factuality": str, "author": str,
         "happened": bool, "alleged": bool, "tense": str}
EVENT_OPT = {"occurrence": int, "near_any": list, "any": list, "stance": str, "stance_any": list,
             "factuality_any": list, "tense_any": list, "anonymous": bool, "unsourced": bool,
             "optional": bool}
errors = []


def err(where, msg):
    errors.append("%s: %s" % (where, msg))


def load(name):
    rows = []
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        for n, line in enumerate(f, 1):
            try:
                rows.append(json.loads(line))
            except ValueError as e:
                err("%s:%d" % (name, n), "no JSON: %s" % e)
    return rows


def differ(a, b):
    return a["chain"] != b["chain"] or a["factuality"] != b["factuality"]


def check_event(where, text, e):
    for k, t in EVENT.items():
        if not isinstance(e.get(k), t):
            err(where, "field %s missing or of a wrong type" % k)
            return
    for k, v in e.items():
        if k not in EVENT and not (k in EVENT_OPT and isinstance(v, EVENT_OPT[k])):
            err(where, "unknown field or wrong type: %s" % k)
    n = text.count(e["near"])
    if n == 0:
        err(where, "near not found: %s" % e["near"])
    if n > 1 and "occurrence" not in e:
        err(where, "near found %d times, occurrence missing: %s" % (n, e["near"]))
    if not 1 <= e.get("occurrence", 1) <= max(n, 1):
        err(where, "occurrence out of range: %s" % e["near"])
    for x in e.get("near_any", []):
        if x != e["near"] and text.count(x) != 1:
            err(where, "near_any not found exactly once: %s" % x)
    if "near_any" in e and e["near"] not in e["near_any"]:
        err(where, "near_any lacks near")
    for k, allowed in (("type", TYPES), ("factuality", FACT), ("author", FACT), ("tense", TENSES)):
        if e[k] not in allowed:
            err(where, "%s: %s" % (k, e[k]))
    for k, one, allowed in (("any", "type", TYPES), ("stance_any", "stance", STANCES),
                            ("factuality_any", "factuality", FACT), ("tense_any", "tense", TENSES)):
        if k in e and (not set(e[k]) <= allowed or e.get(one) not in e[k]):
            err(where, "%s: %s" % (k, e[k]))
    chain = e["chain"]
    if not chain or chain[0] != "author":
        err(where, "chain does not begin with the author")
    for h in chain[1:]:
        if h not in text:
            err(where, "holder not in text: %s" % h)
    if (len(chain) > 1) != ("stance" in e):
        err(where, "stance must stand exactly where there is a holder besides the author")
    if "stance" in e and e["stance"] not in STANCES:
        err(where, "stance: %s" % e["stance"])
    f, st = e["factuality"], e.get("stance")
    if e["happened"] and f not in ("CT+", "PR+"):
        err(where, "happened with factuality %s" % f)
    if e["happened"] and e["tense"] == "future":
        err(where, "happened in the future")
    if e["tense"] != "future" and f in ("CT+", "PR+") and not e["happened"]:
        err(where, "%s in the %s but not happened" % (f, e["tense"]))
    if st in ("claim", "doubt") and not e["alleged"]:
        err(where, "%s but not alleged" % st)
    if st in ("deny", "assert", "hope", "fear", "ask") and e["alleged"]:
        err(where, "%s and alleged" % st)
    if st == "deny" and f not in ("CT-", "Uu"):
        err(where, "deny with factuality %s" % f)
    if len(chain) == 1 and e["author"] != f and not e.get("unsourced"):
        err(where, "author differs from factuality though the author alone speaks")


def main():
    files = {n: load(n + ".jsonl") for n in
             ("open_sentences", "locked_sentences", "open_articles", "locked_articles")}
    ids, texts = set(), set()
    for name, rows in files.items():
        art = name.endswith("articles")
        for r in rows:
            where = "%s %s" % (name, r.get("id"))
            bad = [k for k, t in TOP.items() if not isinstance(r.get(k), t)]
            if bad or set(r) - set(TOP) - {"pair"}:
                err(where, "fields: %s %s" % (bad, sorted(set(r) - set(TOP))))
                continue
            if r["id"] in ids or r["text"] in texts:
                err(where, "id or text twice")
            ids.add(r["id"])
            texts.add(r["text"])
            if r["lang"] not in ("ar", "en") or not re.match(
                    r"s%s-%s-\d+$" % ("a" if art else "t", r["lang"]), r["id"]):
                err(where, "lang or id")
            if not re.match(r"\d{4}-\d\d-\d\d$", r["date"]):
                err(where, "date")
            for e in r["events"]:
                check_event(where, r["text"], e)
            ev = r["events"]
            pair = (not art and len(ev) == 2 and not any(e.get("optional") for e in ev)
                    and differ(ev[0], ev[1]))
            if pair != bool(r.get("pair")):
                err(where, "pair")
            if not art and (r["phenomenon"] == "no_event") == bool(ev):
                err(where, "no_event and events do not agree")
    S = files["open_sentences"] + files["locked_sentences"]
    A = files["open_articles"] + files["locked_articles"]
    L, LA = files["locked_sentences"], files["locked_articles"]

    def n(rows, lang):
        return sum(r["lang"] == lang for r in rows)
    for ok, msg in (
            (n(S, "ar") >= 210 and n(S, "en") >= 210, "fewer than 210 sentences in a language"),
            (n(A, "ar") == 10 and n(A, "en") == 10, "not 10 articles in each language"),
            (sum(bool(r.get("pair")) for r in S) >= 90, "fewer than 90 pairs"),
            (sum(not r["events"] for r in S) >= 40, "fewer than 40 sentences without an event"),
            (n(L, "ar") == 50 and n(L, "en") == 50, "locked sentences are not 50 and 50"),
            (sum(bool(r.get("pair")) for r in L) >= 20, "fewer than 20 locked pairs"),
            (len(LA) == 5, "not 5 locked articles")):
        if not ok:
            err("counts", msg)
    for name, rows in files.items():
        print("%-17s ar %3d  en %3d  pairs %3d  without event %2d  events %3d" % (
            name, n(rows, "ar"), n(rows, "en"), sum(bool(r.get("pair")) for r in rows),
            sum(not r["events"] for r in rows), sum(len(r["events"]) for r in rows)))
    E = [e for r in S + A for e in r["events"]]
    for k in ("type", "factuality", "author", "stance", "tense"):
        c = collections.Counter(e.get(k, "-") for e in E)
        print("%-11s" % k, "  ".join("%s %d" % x for x in c.most_common()))
    print("chain length", "  ".join("%d: %d" % x for x in sorted(
        collections.Counter(len(e["chain"]) for e in E).items())))
    for m in errors:
        print("ERROR", m)
    print("errors: %d" % len(errors))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
