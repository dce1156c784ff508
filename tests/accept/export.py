#!/usr/bin/env python3
"""Exports are read by others' readers (python3's csv and json), with the columns, types and rows that the documents say."""
import csv
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks, corpus  # noqa: E402

HEADERS = {
    "polecat": "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, Primary Actor Sector, Actor Sectors, "
               "Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, "
               "Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source, "
               "Publication Date, Story People, Story Organizations, Story Locations, Language, Version",
    "icews": "Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name, Target Sectors, Target Country, Story ID, "
             "Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude",
}
WIDTH = {"polecat": 40, "icews": 20, "gdelt": 61, "gdelt-mentions": 16, "phoenix": 26, "petrarch": 8}
c = Checks()
corpus(c, "c.jsonl", 300, copies=0.1)
c.equal(c.run("code", "c.jsonl", "-o", "s.db", "-q")[0], 0, "store")
c.equal(c.run("code", "c.jsonl", "-o", "s.jsonl", "-q")[0], 0, "records")
db = sqlite3.connect(c.folder / "s.db")


def one(sql):
    return db.execute(sql).fetchone()[0]


def export(form, *more):
    code, _, err = c.run("export", "s.db", "--format", form, "-o", "out." + form, "--dictionary", *more)
    c.equal(code, 0, f"export {form}: {err}")
    with open(c.folder / f"out.{form}.dictionary.csv", encoding="utf-8", newline="") as f:
        columns = list(csv.DictReader(f))
    text = (c.folder / f"out.{form}").read_text("utf-8")
    if form == "geojson":
        return columns, json.loads(text), err
    if form == "csv":
        with open(c.folder / "out.csv", encoding="utf-8", newline="") as f:
            rows = list(csv.reader(f))
    else:
        rows = [line.split("\t") for line in text.split("\n")[:-1]]
    names = [x["column"] for x in columns]
    if form in ("csv", "polecat", "icews"):
        c.equal(rows.pop(0), names, f"{form}: the header is the dictionary")
    c.true(all(len(r) == len(names) for r in rows), f"{form}: {len(names)} columns in every row")
    kinds = {"integer": r"-?\d+", "real": r"-?\d+(\.\d+)?(e-?\d+)?", "date": r"\d{4}-\d\d-\d\d"}
    for i, x in enumerate(columns):
        if x["type"] in kinds:
            bad = [r[i] for r in rows if r[i] and not re.fullmatch(kinds[x["type"]], r[i])]
            c.true(not bad, f"{form}: {x['column']} is {x['type']}: {bad[:3]}")
    return columns, [dict(zip(names, r)) for r in rows], err


c.equal(c.run("export", "s.db", "--format", "jsonl", "-o", "out.jsonl")[0], 0, "jsonl")
c.equal((c.folder / "out.jsonl").read_bytes(), (c.folder / "s.jsonl").read_bytes(), "jsonl: the bytes that 'code -o .jsonl' writes")
code, out, _ = c.run("export", "s.db", "-f", "jsonl", "-o", "-", "-q")
c.equal(out.encode(), (c.folder / "s.jsonl").read_bytes(), "to standard output")

_, rows, _ = export("csv")
c.equal(len(rows), one("SELECT count(*) FROM event"), "csv: every event, with its status")
c.equal(sum(r["happened"] == "1" and r["alleged"] == "0" for r in rows), one("SELECT count(*) FROM happened_event"), "csv: status")
records = {(r["doc"], r["id"]): r for r in map(json.loads, (c.folder / "s.jsonl").read_text("utf-8").splitlines()) if r["kind"] == "event"}
wrong = [r for r in rows if (e := records[r["document"], r["event_id"]]) and (
    r["type"], r["mode"], r["cameo"], r["trigger"], r["factuality"], float(r["confidence"]), r["holder"], r["time_value"], r["contexts"]) != (
    e["type"], e.get("mode", ""), e.get("cameo", ""), e["trigger"]["text"], e["status"]["factuality"], e["confidence"], e["attribution"][-1]["holder"],
    e.get("time", {}).get("value", ""), ";".join(e["contexts"]))]
c.equal(wrong[:1], [], "csv: as the records say")
_, collection, _ = export("geojson")
c.equal((collection["type"], len(collection["features"])), ("FeatureCollection", one("SELECT count(*) FROM event WHERE lat IS NOT NULL")), "geojson")
c.true(all(-180 <= f["geometry"]["coordinates"][0] <= 180 and isinstance(f["properties"]["happened"], int) for f in collection["features"]), "geojson: features")

happened = one("SELECT count(*) FROM happened_event")
pairs = one("SELECT count(*) FROM happened_event h LEFT JOIN event_actor a ON a.event = h.event AND a.role = 'actor' LEFT JOIN event_actor r ON "
            "r.event = h.event AND r.role = 'recipient' WHERE h.cameo IS NOT NULL AND (a.event IS NOT NULL OR r.event IS NOT NULL)")
every = {}
for form, width in WIDTH.items():
    columns, rows, err = export(form)
    every[form] = rows
    c.equal(len(columns), width, f"{form}: columns")
    c.true(len(rows) > 50, f"{form}: rows")
    c.inside("did not happen or are alleged", err, f"{form}: what is left out is said")
    if form in HEADERS:
        c.equal([x["column"] for x in columns], HEADERS[form].split(", "), f"{form}: names of columns")
polecat = every["polecat"]
c.equal(len(polecat), happened, "polecat: a row an event that happened")
scores = {(t, m): s for t, m, s in db.execute("SELECT type, mode, score FROM event_type")}
c.true(all(float(r["Intensity"]) == scores.get((r["Event Type"], r["Event Mode"]), scores[r["Event Type"], ""]) for r in polecat), "polecat: intensity")
c.true(all(r["Actor COW"] == "705" for r in polecat if r["Actor Country"] == "KAZ"), "polecat: COW number")
goldstein = dict(db.execute("SELECT cameo, goldstein FROM cameo"))
icews = every["icews"]
c.equal(len(icews), pairs, "icews: a row a pair")
c.true(all(float(r["Intensity"]) == goldstein[r["CAMEO Code"]] for r in icews if r["Intensity"]), "icews: intensity")
gdelt, mentions = every["gdelt"], every["gdelt-mentions"]
ids = [r["GLOBALEVENTID"] for r in gdelt]
c.equal(len(set(ids)), len(ids), "gdelt: ids are unique")
c.equal({r["GLOBALEVENTID"] for r in mentions}, set(ids), "gdelt: mentions are of the events")
c.equal(len(mentions), pairs, "gdelt: every pair is mentioned")
c.equal(sum(int(r["NumMentions"]) for r in gdelt), pairs, "gdelt: and counted")
c.true(any(int(r["NumMentions"]) > 1 for r in gdelt), "gdelt: one event of a day and pair")
for r in gdelt:
    if r["SQLDATE"]:
        y, m, d = int(r["SQLDATE"][:4]), int(r["SQLDATE"][4:6]), int(r["SQLDATE"][6:])
        c.true((int(r["MonthYear"]), int(r["Year"])) == (y * 100 + m, y) and abs(float(r["FractionDate"]) - (y + (m * 30 + d) / 365)) < 1e-3, "gdelt: dates")
    c.true(r["EventCode"].startswith(r["EventBaseCode"]) and r["EventBaseCode"].startswith(r["EventRootCode"]), "gdelt: codes")
    c.true(r["Actor1Code"] == r["Actor1CountryCode"] + r["Actor1Type1Code"], "gdelt: code of a party")
phoenix = every["phoenix"]
c.equal(len({r["eventID"] for r in phoenix}), len(phoenix), "phoenix: ids are unique")
c.true(all(r["root_code"] == r["code"][:2] and r["date"] == r["year"] + r["month"] + r["day"] for r in phoenix), "phoenix: roots and dates")
petrarch = every["petrarch"]
keys = [(r["ids"].split("_")[0], r["date"], r["source"], r["target"], r["code"]) for r in petrarch]
c.equal(len(set(keys)), len(keys), "petrarch: one row a story, date, source, target and code")
c.true(any(";" in r["ids"] for r in petrarch), "petrarch: sentences joined")
_, rows, _ = export("icews", "--all-statuses")
c.true(len(rows) > len(icews), "--all-statuses")

# tabs and line ends in values
c.file("odd.jsonl", json.dumps({"id": "a\tb", "text": "Police\tarrested \"ten\n people\" in Tunis.", "publisher": "x\ny\t\"z\", w", "date": "2022-01-09"}) + "\n")
c.equal(c.run("code", "odd.jsonl", "-o", "odd.db", "-q")[0], 0, "odd values")
c.equal(c.run("export", "odd.db", "-f", "csv", "-o", "odd.csv")[0], 0, "odd values as csv")
with open(c.folder / "odd.csv", encoding="utf-8", newline="") as f:
    c.equal({r["publisher"] for r in csv.DictReader(f)}, {"x\ny\t\"z\", w"}, "csv: quoted")
c.equal(c.run("export", "odd.db", "-f", "polecat", "-o", "odd.txt")[0], 0, "odd values as polecat")
c.true(all(line.count("\t") == 39 for line in (c.folder / "odd.txt").read_text("utf-8").splitlines()), "polecat: no tab in a value")

# what cannot be done
for args, status, word in ((["s.db", "-f", "nope", "-o", "x"], 2, "no format"), (["none.db", "-f", "csv", "-o", "x"], 1, "no such file"),
                           (["c.jsonl", "-f", "csv", "-o", "x"], 1, "no store"), (["s.db", "-f", "csv", "-o", "no/x"], 1, "no/x")):
    code, _, err = c.run("export", *args)
    c.true(code == status and word in err, f"export {args}: {err}")
c.true(not (c.folder / "x").exists(), "no half of a file")
c.equal(c.run("export", "--help")[0], 0, "--help")

# R, where it is installed
if shutil.which("Rscript"):
    script = 'x <- read.delim("out.polecat", quote = "", check.names = FALSE, colClasses = "character"); stopifnot(ncol(x) == 40, nrow(x) == %d)' % happened
    r = subprocess.run(["Rscript", "-e", script], cwd=c.folder, capture_output=True)
    c.equal(r.returncode, 0, "R reads it: " + r.stderr.decode())
else:
    print("R is not installed: its reader is not tried")
c.finish()
