#!/usr/bin/env python3
"""The records of all examples: every span's text is the slice of the decoded document, ids hold together, values are of
the contract, and the bytes are the same for any number of jobs."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks, examples  # noqa: E402

TYPES = set("AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST MOBILIZE SANCTION COERCE ASSAULT".split())
FACTUALITY = {"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"}
STANCES = set("assert claim deny doubt deduce fear hope quote ask threaten promise".split())
ENTITY_TYPES = set("country region organization armed_group person group place".split())
LINKS = set("cause purpose motive phase before analogy part_of same_event".split())
PROPERTIES = set("""area area_rank population population_rank border_length borders capital member_of members member_count founded
independence leader production_rank reserves_rank hosts language currency religion weekday distance date_of name""".split())
c = Checks()


def spans(node, text, title, where):
    if isinstance(node, dict):
        if "start" in node and "end" in node and "text" in node:
            whole = title if node.get("in") == "title" else text
            c.equal(whole[node["start"]:node["end"]], node["text"], f"span of {where}")
        for key, value in node.items():
            spans(value, text, title, f"{where}.{key}")
    elif isinstance(node, list):
        for value in node:
            spans(value, text, title, where)


def event(e, where):
    c.true(e["type"] in TYPES, f"{where}: type {e['type']}")
    s = e["status"]
    c.true(s["factuality"] in FACTUALITY and s["author"] in FACTUALITY, f"{where}: factuality")
    c.true(s["tense"] in ("past", "present", "future", "historical"), f"{where}: tense")
    c.equal(s["polarity"], "negative" if s["factuality"].endswith("-") else "positive", f"{where}: polarity")
    if s["factuality"].endswith("-"):
        c.true(not s["happened"], f"{where}: a denied event has not happened")
    c.true(len(e["attribution"]) > 0 and e["attribution"][0] == {"holder": "author"}, f"{where}: the chain begins with the author")
    for h in e["attribution"][1:]:
        c.true("holder" in h and h.get("stance", "assert") in STANCES, f"{where}: holder")
    for f in e["actors"] + e["recipients"]:
        c.true("text" in f and len(f.get("country", "KAZ")) == 3, f"{where}: filler {f}")
    c.true(0 <= e["confidence"] <= 1 and e["rules"], f"{where}: confidence and rules")


paths = []
for path, text, meta in examples(c.source):
    paths.append(path)
    records = c.records("read", "--json", "--layers", "sentences,tokens,times,quantities", path)
    title = meta.get("title", "")
    c.equal([r["kind"] for r in records].count("document"), 1, f"{path.name}: one document record")
    c.equal(records[0]["kind"], "document", f"{path.name}: the document comes first")
    c.equal({r["doc"] for r in records}, {meta.get("id", str(path))}, f"{path.name}: doc")
    entities = {r["id"] for r in records if r["kind"] == "entity"}
    events = {r["id"]: r for r in records if r["kind"] == "event"}
    c.equal(len(events), sum(r["kind"] == "event" for r in records), f"{path.name}: ids of events are one")
    for r in records:
        where = f"{path.name} {r['kind']} {r.get('id', '')}"
        spans(r, text, title, where)
        c.true(None not in r.values(), f"{where}: fields without a value are left out")
        if "sentence" in r:
            c.true(0 <= r["sentence"] < records[0]["sentences"], f"{where}: sentence")
        if r["kind"] == "event":
            event(r, where)
            for f in r["actors"] + r["recipients"]:
                c.true(f.get("entity") is None or f["entity"] in entities, f"{where}: entity {f.get('entity')} has a record")
        elif r["kind"] == "entity":
            c.true(r["type"] in ENTITY_TYPES and r["mentions"], f"{where}: entity type {r['type']}")
        elif r["kind"] == "link":
            c.true(r["type"] in LINKS and all(r.get(k) in events for k in ("from", "to") if k in r), f"{where}: link {r}")
        elif r["kind"] == "claim":
            c.true(r["property"] in PROPERTIES and r["verdict"] in ("supported", "contradicted", "unverifiable"), f"{where}: claim {r['property']}")
            if r["verdict"] == "contradicted":
                c.true("reference" in r, f"{where}: the reference is shown")
    tokens = [r for r in records if r["kind"] == "token" and r.get("in") != "title"]
    c.true(all(a["end"] <= b["start"] for a, b in zip(tokens, tokens[1:])), f"{path.name}: tokens in order")
    for t in tokens:
        for s in t.get("segments", []):
            c.true(t["start"] <= s["start"] and s["end"] <= t["end"], f"{path.name}: segment within its token")

outputs = [c.run("read", "--json", "--jobs", jobs, *paths, *paths)[1] for jobs in (1, 2, 5)]
c.true(outputs[0] == outputs[1] == outputs[2], "the same bytes for any number of jobs")
c.true(outputs[0].count("\n") > 0, "there are records")

# one document's records do not depend on what was read before
alone = c.run("read", "--json", paths[-1])[1]
c.true(c.run("read", "--json", *paths)[1].endswith(alone), "a document alone and behind others")

# line ends, marks and odd characters keep their places
odd = "Line one.\r\n\r\nTurkish jets bombed \U0001F600 villages\u0300 in Iraq.\rEnd\u2028of it. \u0643\u0640\u0640\u062a\u0650\u0628 troops attacked Kabul."
c.file("odd.jsonl", json.dumps({"id": "odd", "text": odd, "title": "\u0639\u0646\u0648\u0627\u0646 a"}) + "\n")
for r in c.records("read", "--json", "--layers", "sentences,tokens", "odd.jsonl"):
    spans(r, odd, "\u0639\u0646\u0648\u0627\u0646 a", "odd " + r["kind"])
c.finish()
