#!/usr/bin/env python3
"""Answers of 'biruni query' against counts made by hand from the records: filters, dimensions, zeros, denominators, one-a-day,
full text."""
import csv
import io
import json
import pathlib
import subprocess
import sys
from collections import Counter, defaultdict

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks, corpus  # noqa: E402

c = Checks()
corpus(c, "c.jsonl", 300, copies=0.1)
c.equal(c.run("code", "c.jsonl", "-o", "s.db", "-q")[0], 0, "store")
c.equal(c.run("code", "c.jsonl", "-o", "s.jsonl", "-q")[0], 0, "records")
inputs = {d["id"]: d for d in map(json.loads, (c.folder / "c.jsonl").read_text("utf-8").splitlines())}
records = [json.loads(x) for x in (c.folder / "s.jsonl").read_text("utf-8").splitlines()]
documents = {r["doc"]: r for r in records if r["kind"] == "document"}
every = [r for r in records if r["kind"] == "event"]
happened = [e for e in every if e["status"]["happened"] and not e["status"]["alleged"]]


def ask(*args, status=0):
    code, out, err = c.run("query", "s.db", "--format", "json", *args)
    c.equal(code, status, f"query {args}: {err}")
    return json.loads(out) if code == 0 else err


def parties(e, field, *roles):
    return {f[field] for role in roles for f in e[role] if f.get(field)}


def month(e):
    """Month of an event by the rules of docs/formats/store.md."""
    if "time" in e:
        v = e["time"].get("value", "")
        end = e["time"].get("end_value", v)
        if len(v) == 8 or e["time"].get("granularity") in ("decade", "century"):
            return "week"  # needs a calendar
        return v[:7] if len(v) >= 7 and v[:7] == end[:7] else None
    return documents[e["doc"]]["date"][:7] if e["status"]["tense"] in ("past", "present") else None


def same(got, want, what):
    c.true(got == want, f"{what}: {len(got)} rows, should be {len(want)}; differ: {list((got.items() ^ want.items()))[:4]}")


both = ("actors", "recipients")
c.equal(sum(r["events"] for r in ask("--count-by", "type")), len(happened), "what happened and is not alleged, if nothing else is asked")
same({r["type"]: r["events"] for r in ask("--all-statuses", "--count-by", "type")}, Counter(e["type"] for e in every), "types")
same({r["type"]: r["documents"] for r in ask("--count-by", "type")}, {t: len({e["doc"] for e in happened if e["type"] == t}) for t in {e["type"] for e in happened}}, "documents")
c.equal({r["published"] for r in ask("--count-by", "type")}, {300}, "denominator: all documents")
same({r["country"]: r["events"] for r in ask("--count-by", "country")}, Counter(x for e in happened for x in parties(e, "country", *both)), "countries")
same({r["sector"]: r["events"] for r in ask("--count-by", "sector")}, Counter(x for e in happened for x in parties(e, "sector", *both)), "sectors")
dyads = Counter((a, r) for e in happened for a in parties(e, "country", "actors") for r in parties(e, "country", "recipients"))
same({(r["actor_country"], r["recipient_country"]): r["events"] for r in ask("--count-by", "dyad")}, dyads, "dyads")
(a, r), n = dyads.most_common(1)[0]
rows = ask("--dyad", f"{a}:{r}", "--count-by", "dyad")
c.equal([(x["actor_country"], x["recipient_country"], x["events"]) for x in rows], [(a, r, n)], "one dyad")
c.equal(len(ask("--dyad", f"{a}:{r}")), n, "its events")
same({r["factuality"]: r["events"] for r in ask("--all-statuses", "--count-by", "factuality")}, Counter(e["status"]["factuality"] for e in every), "factuality")
c.equal(len(ask("--factuality", "CT-")), sum(e["status"]["factuality"] == "CT-" for e in every), "--factuality CT-")
c.equal(len(ask("--alleged", "yes", "--happened", "any")), sum(e["status"]["alleged"] for e in every), "--alleged yes")
c.equal(len(ask("--happened", "no")), sum(not e["status"]["happened"] for e in every), "--happened no")
c.equal(len(ask("--confidence", "0.8")), sum(e["confidence"] >= 0.8 for e in happened), "--confidence")
c.equal(len(ask("--holder", "author")), sum(len(e["attribution"]) == 1 for e in happened), "--holder author")
c.equal(len(ask("--type", "protest,Assault")), len(ask("--type", "PROTEST,ASSAULT")), "names of types in either case")
c.equal(len(ask("--type", "PROTEST,ASSAULT", "--mode", "demo,aerial")), sum(e["type"] in ("PROTEST", "ASSAULT") and e.get("mode") in ("demo", "aerial") for e in happened), "types and modes")
c.equal(len(ask("--cameo", "14")), sum(e.get("cameo", "").startswith("14") for e in happened), "--cameo 14 and below")
for name in ("KAZ", "kazakhstan", "كازاخستان"):
    c.equal(len(ask("--country", name)), sum("KAZ" in parties(e, "country", *both) for e in happened), "--country " + name)
c.equal(len(ask("--actor-country", "RUS", "--sector", "MIL")), sum("RUS" in parties(e, "country", "actors") and "MIL" in parties(e, "sector", *both) for e in happened), "actor's country and sector")
c.equal(len(ask("--party", "Vladimir Putin")), sum("vladimir-putin" in parties(e, "entity", *both) for e in happened), "--party by name")
c.equal(len(ask("--place-country", "KAZ")), sum(e.get("place", {}).get("country") == "KAZ" for e in happened), "--place-country")
c.equal(len(ask("--publisher", "Paper 3", "--language", "ar")), sum(inputs[e["doc"]]["publisher"] == "Paper 3" and documents[e["doc"]]["lang"] == "ar" for e in happened), "publisher and language")
c.equal({r["published"] for r in ask("--publisher", "Paper 3", "--count-by", "type")}, {sum(d["publisher"] == "Paper 3" for d in inputs.values())}, "denominator: of that publisher")
c.equal(len(ask("--originals")), sum("duplicate_of" not in documents[e["doc"]] for e in happened), "--originals")

# months, with zeros and denominators
known = [e for e in happened if month(e) != "week"]
months = Counter((x, month(e)) for e in known for x in parties(e, "country", *both) if month(e))
published = Counter(d["date"][:7] for d in inputs.values())
weeks = {(x, None) for e in happened if month(e) == "week" for x in parties(e, "country", *both)}
rows = ask("--count-by", "country,month")
have = {(r["country"], r.get("month")): r for r in rows}
c.true(sum(months.values()) <= sum(r["events"] for k, r in have.items() if k[1]) and all(have[k]["events"] >= n for k, n in months.items()), "country-months")
exact = [k for k in months if k[0] not in {w[0] for w in weeks}]
c.true(len(exact) > 20 and all(have[k]["events"] == months[k] for k in exact), "country-months to the number")
c.true(all(r["published"] == published.get(r["month"], 0) for r in rows if "month" in r), "denominator: documents of the month")
rows = ask("--count-by", "dyad,month", "--zeros", "--from", "2005-01-01", "--to", "2006-12-31")
cells = defaultdict(set)
for x in rows:
    cells[x["actor_country"], x["recipient_country"]].add(x["month"])
c.true(rows and all(len(m) == 24 for m in cells.values()) and len(rows) == 24 * len(cells), "dyad-months with zeros: every month of the period")
c.true(any(x["events"] == 0 for x in rows) and any(x["events"] for x in rows), "zeros and others")

# one a day: a copy tells nothing new
plain = {r["type"]: r["events"] for r in ask("--count-by", "type")}
day = {r["type"]: r["events"] for r in ask("--count-by", "type", "--one-a-day")}
c.true(all(day[t] <= plain[t] for t in plain) and sum(day.values()) < sum(plain.values()), "--one-a-day counts fewer")

# full text: folded, behind prefixes, phrases, not
texts = {i: d["text"] for i, d in inputs.items()}


def found(words):
    return {r["document"] for r in ask("--all-statuses", "--text", words)}


with_events = {e["doc"] for e in every}
c.equal(found("Bishkek"), {i for i, t in texts.items() if "bishkek" in t.lower()} & with_events, "a word")
c.equal(found("bishkek denied"), {i for i, t in texts.items() if "bishkek" in t.lower() and "denied" in t.lower()} & with_events, "two words")
c.equal(found('"Bishkek denied"'), {i for i, t in texts.items() if "bishkek denied" in t.lower()} & with_events, "a phrase")
c.equal(found("Bishkek -denied"), {i for i, t in texts.items() if "bishkek" in t.lower() and "denied" not in t.lower()} & with_events, "without a word")
c.true(found("جيش") >= {i for i, t in texts.items() if " الجيش " in t or " والجيش " in t or " للجيش " in t} & with_events, "a word behind its prefixes")
c.equal(found("الجَيْش"), found("الجيش"), "vowel marks do not count")
c.equal(found("امريكا"), found("أمريكا"), "seats of hamza do not count")

# a changed document is found by its new words alone
lines = (c.folder / "c.jsonl").read_text("utf-8").splitlines()
first = json.loads(lines[0])
first.update(lang="en", text="Police in Lilongwe arrested ten demonstrators on Monday, a spokesman said.")
c.file("c.jsonl", "\n".join([json.dumps(first)] + lines[1:]) + "\n")
c.equal(c.run("code", "c.jsonl", "-o", "s.db", "-q")[0], 0, "a change")
c.equal(found("Lilongwe"), {first["id"]}, "new words")
old = next(w for w in texts[first["id"]].split() if len(w) > 5 and w.isalpha())
c.true(first["id"] not in found(f'"{old}"'), "no old words")

# the three forms of output; wrong use
code, out, _ = c.run("query", "s.db", "--count-by", "type", "--format", "csv")
c.equal({r["type"]: int(r["events"]) for r in csv.DictReader(io.StringIO(out))}, {r["type"]: r["events"] for r in ask("--count-by", "type")}, "csv")
code, out, err = c.run("query", "s.db", "--limit", "5")
c.true(code == 0 and len(out.splitlines()) == 6 and "first 5 rows" in err, "table: " + out[:200])
for args, status, word in ((["--count-by", "nonsense"], 2, "no dimension"), (["--country", "Atlantis"], 1, "Atlantis"), (["--dyad", "USA"], 2, "no dyad"),
                           (["--from", "2022-13-01"], 2, "no date"), (["--type", "'; DROP TABLE event; --"], 0, ""), (["--zeros"], 2, "--count-by")):
    code, _, err = c.run("query", "s.db", *args)
    c.true(code == status and word in err, f"query {args}: {code} {err}")
c.equal(c.run("code", "c.jsonl", "-o", "n.db", "-q", "--no-search")[0], 0, "--no-search")
code, _, err = c.run("query", "n.db", "--text", "Bishkek")
c.true(code == 1 and "no full-text index" in err, "no index: " + err)
c.equal(c.run("code", "c.jsonl", "-o", "n.db", "-q")[0], 0, "a later run")
c.equal(c.run("query", "n.db", "--text", "Bishkek", "-q")[0], 0, "builds it")

# the example of the guide
guide = (c.source / "docs/guide/querying.md").read_text("utf-8")
example = guide.split("```python\n")[1].split("```")[0]
c.equal(c.run("code", c.source / "examples", "-o", "coded.db", "-q")[0], 0, "the store of the guide")
code = subprocess.run([sys.executable, "-c", example + "\nassert rows and denied, (rows, denied)"], cwd=c.folder, capture_output=True)
c.equal(code.returncode, 0, "the example of the guide: " + code.stderr.decode())
c.finish()
