#!/usr/bin/env python3
"""A user's own tables over the built-in ones (--pack DIR), and coverage, which gives the rows to be filled in."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks  # noqa: E402

TEXT = "Blue Marsh Front fighters attacked Tal Wadi on Monday. The Blue Marsh Front was founded in 2021."
c = Checks()
env = dict(os.environ, XDG_CACHE_HOME=str(c.folder / "cache"), BIRUNI_PACKS=str(c.source / "packs"))


def rows(name, head, *lines):
    c.file("mine/" + name, "#" + "\t".join(head.split()) + "\n" + "".join("\t".join(x) + "\n" for x in lines))


def read(*args):
    code, out, err = c.run(*args, "read", "--json", "--lang", "en", "--date", "2022-05-05", "-", stdin=TEXT.encode(), env=env)
    c.equal(code, 0, f"exit status of {args}: {err[:300]}")
    return [json.loads(line) for line in out.splitlines()]


entity = "id type sector country name from to side origin"
rows("world/entities.tsv", entity, ["Blue Marsh Front", "armed_group", "REB", "TCD", "Blue Marsh Front", "2021", "", "", "own"])
rows("world/names.tsv", "id lang name kind from to origin", ["Blue Marsh Front", "ar", "\u062c\u0628\u0647\u0629 \u0627\u0644\u0645\u0633\u062a\u0646\u0642\u0639", "name", "", "", "own"])
rows("world/places.tsv", "id name_en name_ar kind country lat lon population origin", ["tal-wadi-own", "Tal Wadi", "", "town", "TCD", "13.1", "18.2", "", "own"])
rows("world/facts.tsv", "subject property object value unit as_of source origin", ["Blue Marsh Front", "founded", "organisation", "2021", "", "2021", "Statute of the front", "cited"])
records = read("--pack", "mine")
front = [r for r in records if r["kind"] == "entity" and r["id"] == "Blue Marsh Front"]
c.equal([(r["type"], r["country"]) for r in front], [("armed_group", "TCD")], "an actor of the user's own")
c.true(any(r["kind"] == "entity" and r["id"] == "tal-wadi-own" for r in records), "a place of the user's own")
events = [r for r in records if r["kind"] == "event" and r["type"] == "ASSAULT"]
c.true(any(a.get("entity") == "Blue Marsh Front" and a["sector"] == "REB" for e in events for a in e["actors"]), "it takes part in events")
c.equal([r["verdict"] for r in records if r["kind"] == "claim" and r["property"] == "founded"], ["supported"], "a fact of the user's own")
c.true(all(r.get("id") != "Blue Marsh Front" for r in read() if r["kind"] == "entity" and r["type"] == "armed_group"), "the built-in tables do not know it")

# wrong rows are named by file and line, with what to do
rows("world/entities.tsv", entity, ["X", "no_such_type", "", "", "X", "", "", "", "own"])
code, _, err = c.run("--pack", "mine", "fact", "KAZ", env=env)
c.equal(code, 1, "a wrong row")
c.inside("entities.tsv:2", err, "file and line")
rows("world/entities.tsv", entity, ["X", "party", "", "", "X", "", "", ""])
code, _, err = c.run("--pack", "mine", "fact", "KAZ", env=env)
c.inside("no origin", err, "what is missing")
(c.folder / "mine/world/entities.tsv").unlink()
c.file("mine/world/entitys.tsv", "#id\n")
code, _, err = c.run("--pack", "mine", "fact", "KAZ", env=env)
c.equal(code, 1, "a file that is no table")
c.inside("entities", err, "the tables that there are")

# coverage: what no table knows, by frequency, with sentences
c.file("news.txt", "The Zarbo Front attacked the army. The Zarbo Front fled. Soldiers of the Zarbo Front surrendered.")
code, out, _ = c.run("coverage", "--json", "--least", "2", "news.txt")
c.equal(code, 0, "coverage")
found = [json.loads(line) for line in out.splitlines()]
zarbo = [r for r in found if r["kind"] == "unknown_name" and r["name"] == "Zarbo Front"]
c.equal(len(zarbo), 1, "an unknown name")
c.true(zarbo and zarbo[0]["count"] >= 2 and "attacked" in zarbo[0]["sentences"][0], "its count and sentences")
code, out, _ = c.run("coverage", "--least", "2", "news.txt")
row = [line[2:] for line in out.splitlines() if line.startswith("# zarbo-front\torganization")]
c.equal(len(row), 1, "a row to be filled in")
c.equal(len(row[0].split("\t")) if row else 0, len(entity.split()), "with the columns of its table")
c.finish()
