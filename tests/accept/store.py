#!/usr/bin/env python3
"""A store holds what the records say, survives kills and full disks with whole documents only, codes again what is new or
changed and nothing else, and is written by one run at a time."""
import json
import os
import pathlib
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks, corpus  # noqa: E402

KILLS = int(os.environ.get("BIRUNI_KILLS", "3"))
DOCUMENTS = int(os.environ.get("BIRUNI_DOCUMENTS", "600"))
TABLES = ("entity entity_name document text record document_entity event event_actor event_holder event_magnitude claim link "
          "question problem").split()
c = Checks()
random.seed(11)
corpus(c, "c.jsonl", DOCUMENTS, copies=0.05)


def start(*args, **more):
    return subprocess.Popen([str(c.program), *map(str, args)], cwd=c.folder, stderr=subprocess.PIPE, **more)


def open_store(name):
    return sqlite3.connect(f"file:{c.folder / name}?mode=ro", uri=True)


def content(name):
    """All that a store says of its documents, but for which run wrote it."""
    db = open_store(name)
    out = {}
    for table in TABLES:
        columns = ",".join(f'"{r[1]}"' for r in db.execute(f"PRAGMA table_info({table})") if r[1] != "run")
        out[table] = sorted(map(repr, db.execute(f"SELECT {columns} FROM {table}")))
    return out


def whole(name, what):
    """Intact, no row without its document, every document complete. Gives the ids."""
    db = open_store(name)
    c.equal(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)], what + ": integrity")
    if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'document'").fetchone()[0]:
        return set()  # killed before its first commit
    c.equal(db.execute("PRAGMA foreign_key_check").fetchall(), [], what + ": foreign keys")
    c.equal(db.execute("SELECT count(*) FROM document d WHERE events <> (SELECT count(*) FROM event e WHERE e.doc = d.doc)").fetchone()[0], 0,
            what + ": every document has all its events")
    c.equal(db.execute("SELECT count(*) FROM document LEFT JOIN record USING(doc) LEFT JOIN text USING(doc) WHERE records IS NULL OR text IS NULL").fetchone()[0], 0,
            what + ": every document has its records and text")
    return {r[0] for r in db.execute("SELECT id FROM document")}


t = time.monotonic()
code, _, err = c.run("code", "c.jsonl", "-o", "a.db", "-j", "1")
took = time.monotonic() - t
c.equal(code, 0, "code into a store: " + err)
c.equal(c.run("code", "c.jsonl", "-o", "b.db", "-j", "3", "-q")[0], 0, "three jobs")
c.equal(c.run("code", "c.jsonl", "-o", "a.jsonl", "-q")[0], 0, "the same as records")
a = content("a.db")
c.true(a == content("b.db"), "any number of jobs gives the same content")
c.equal(len(whole("a.db", "whole run")), DOCUMENTS, "all documents")
c.equal(sorted(p.name for p in c.folder.glob("a.db*")), ["a.db"], "one file is left")

# the store says what the records say
db = open_store("a.db")
records = [json.loads(line) for line in (c.folder / "a.jsonl").read_text("utf-8").splitlines()]
events = [r for r in records if r["kind"] == "event"]
c.equal(db.execute("SELECT count(*) FROM event").fetchone()[0], len(events), "events")
for kind in ("claim", "link", "question", "problem"):
    c.equal(db.execute(f"SELECT count(*) FROM {kind}").fetchone()[0], sum(r["kind"] == kind for r in records), kind)
stored = {(r[0], r[1]): r[2:] for r in db.execute(
    "SELECT document, event_id, type, mode, cameo, contexts, sentence, factuality, happened, alleged, holder, confidence, "
    "place_country, time_value FROM event_document")}
wrong = 0
for e in events:
    s = e["status"]
    want = (e["type"], e.get("mode"), e.get("cameo"), ";".join(e["contexts"]) or None, e.get("sentence"), s["factuality"], int(s["happened"]), int(s["alleged"]),
            e["attribution"][-1]["holder"], e["confidence"], e.get("place", {}).get("country"), e.get("time", {}).get("value"))
    wrong += stored.get((e["doc"], e["id"])) != want
c.equal(wrong, 0, "every event is stored as its record says")
c.equal(db.execute("SELECT count(*) FROM event_actor").fetchone()[0], sum(len(e["actors"]) + len(e["recipients"]) for e in events), "actors and recipients")
texts = {json.loads(x)["id"]: json.loads(x)["text"] for x in (c.folder / "c.jsonl").read_text("utf-8").splitlines()}
c.true(all(texts[i] == x for i, x in db.execute("SELECT id, text FROM document JOIN text USING(doc)")), "texts")
c.true(all(texts[i][s:e] == x for i, s, e, x in db.execute(
    "SELECT d.id, trigger_start, trigger_end, \"trigger\" FROM event JOIN document d USING(doc)")), "offsets are of the text")
for view in "happened_event event_document event_dyad document_month country_month dyad_month event_day".split():
    c.true(len(db.execute(f"SELECT * FROM {view} LIMIT 1").fetchall()) == 1, "view " + view)

# copies are marked, kept, and name an original
pairs = db.execute("SELECT c.id, o.id, c.similarity FROM document c JOIN document o ON o.doc = c.duplicate_of").fetchall()
made = {x["id"]: x["copy_of"] for x in map(json.loads, (c.folder / "c.jsonl").read_text("utf-8").splitlines()) if "copy_of" in x}
found = {x: y for x, y, _ in pairs}
c.true(len(made.items() & found.items()) >= 0.9 * len(made) > 10, f"copies found: {len(made.items() & found.items())} of {len(made)}")
c.true(len(found.keys() - made.keys()) <= 0.05 * len(made) + 1, f"marked and no copies: {found.keys() - made.keys()}")
c.equal(db.execute("SELECT count(*) FROM document c JOIN document o ON o.doc = c.duplicate_of WHERE o.duplicate_of IS NOT NULL").fetchone()[0], 0, "an original is no copy")
c.equal({r["doc"]: (r["duplicate_of"], r["similarity"]) for r in records if "duplicate_of" in r}, {x: (y, float(f"{s:.3g}")) for x, y, s in pairs},
        "records say so too")

# again: nothing to do; one changed, one new
code, _, err = c.run("code", "c.jsonl", "-o", "a.db")
c.true(code == 0 and f"0 documents coded, {DOCUMENTS} done before" in err, "nothing new: " + err)
lines = (c.folder / "c.jsonl").read_text("utf-8").splitlines()
changed = json.loads(lines[3])
changed["text"] = "Turkish jets bombed three villages in northern Iraq on Monday."
new = {"id": "new", "text": "Police arrested ten demonstrators in Tunis."}
c.file("d.jsonl", "\n".join(lines[:3] + [json.dumps(changed), json.dumps(new)] + lines[4:]) + "\n")
code, _, err = c.run("code", "d.jsonl", "-o", "a.db")
c.inside(f"2 documents coded (1 of them changed), {DOCUMENTS - 1} done before", err, "what is new or changed")
db = open_store("a.db")
c.equal(db.execute("SELECT text FROM text JOIN document USING(doc) WHERE id = ?", (changed["id"],)).fetchone()[0], changed["text"], "the changed text")
c.equal(db.execute("SELECT DISTINCT doc FROM document WHERE id = ?", (changed["id"],)).fetchone()[0], 4, "keeps its number")
c.equal(len(whole("a.db", "after a change")), DOCUMENTS + 1, "one more")
c.equal(c.run("code", "d.jsonl", "-o", "c.db", "-q")[0], 0, "coded at once")
db2 = open_store("c.db")
query = "SELECT d.id, type, cameo, first_day, actor, recipient FROM event JOIN document d USING(doc) ORDER BY 1, event"
c.true(db.execute(query).fetchall() == db2.execute(query).fetchall(), "the same events as coded at once")

# one id, two texts: both are kept, and again there is nothing to do
c.file("twice.jsonl", "\n".join(json.dumps({"id": "x", "text": f"Police arrested {n} people in Tunis."}) for n in ("two", "ten", "two")) + "\n")
code, _, err = c.run("code", "twice.jsonl", "-o", "t.db")
c.true(code == 0 and "kept as x#2" in err, "an id that comes again with another text: " + err)
c.equal({r[0] for r in open_store("t.db").execute("SELECT id FROM document")}, {"x", "x#2"}, "both are kept")
c.inside("0 documents coded", c.run("code", "twice.jsonl", "-o", "t.db")[2], "and stay")

# kill -9
for i in range(KILLS):
    p = start("code", "c.jsonl", "-o", "k.db")
    time.sleep(took * random.uniform(0.05, 1.05) / (1 if i % 2 else 2))
    p.send_signal(signal.SIGKILL)
    p.communicate()
    if (c.folder / "k.db").exists() and (c.folder / "k.db").stat().st_size:
        whole("k.db", f"kill {i}")
code, _, err = c.run("code", "c.jsonl", "-o", "k.db")
c.equal(code, 0, "goes on after kills: " + err)
c.true(content("k.db") == content("b.db"), "after kills the same content")

# Ctrl-C
p = start("code", "c.jsonl", "-o", "s.db")
time.sleep(took * 0.4)
p.send_signal(signal.SIGINT)
err = p.communicate()[1].decode()
if p.returncode == 130:
    done = int(err.split(" documents coded")[0].split()[-1])
    c.equal(len(whole("s.db", "stopped")), done, "what is reported as done is there")
c.equal(c.run("code", "c.jsonl", "-o", "s.db", "-q")[0], 0, "goes on")
c.true(content("s.db") == content("b.db"), "the same content")

# no room
limit = (c.folder / "b.db").stat().st_size // 2
p = start("code", "c.jsonl", "-o", "f.db", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
err = p.communicate()[1].decode()
c.true(p.returncode == 1 and "f.db: " in err and ("no space" in err or "cannot be written" in err), "no room: " + err)
done = int(err.split(" documents coded")[0].split()[-1])
c.true(len(whole("f.db", "no room")) >= done, "what is reported as done is there")
c.equal(c.run("code", "c.jsonl", "-o", "f.db", "-q")[0], 0, "goes on when there is room")
c.true(content("f.db") == content("b.db"), "the same content")

# two writers
p = start("code", "c.jsonl", "-o", "w.db")
while not (c.folder / "w.db-lock").exists() and p.poll() is None:
    time.sleep(0.002)
time.sleep(0.05)
p.send_signal(signal.SIGSTOP)
code, _, err = c.run("code", "c.jsonl", "-o", "w.db")
p.send_signal(signal.SIGCONT)
c.true(code == 1 and "another run is writing it" in err, "the second is refused: " + err)
p.communicate()
c.true(content("w.db") == content("b.db"), "and the first not harmed")

# options; what is no store is not touched
c.equal(c.run("code", "c.jsonl", "-o", "n.db", "-q", "--no-text", "--no-duplicates")[0], 0, "--no-text")
db = open_store("n.db")
c.equal([db.execute(q).fetchone()[0] for q in ("SELECT count(*) FROM text", "SELECT count(*) FROM document WHERE duplicate_of IS NOT NULL")], [0, 0], "no texts, no copies")
other = sqlite3.connect(c.folder / "other.db")
other.execute("CREATE TABLE x(y)")
other.commit()
before = (c.folder / "other.db").read_bytes()
code, _, err = c.run("code", "c.jsonl", "-o", "other.db")
c.true(code == 1 and "another program" in err, "another program's database: " + err)
c.file("text.db", "no database at all, but a text that is long enough to be looked at")
code, _, err = c.run("code", "c.jsonl", "-o", "text.db")
c.true(code == 1 and "no store" in err, "a file that is no database: " + err)
c.inside("long enough", (c.folder / "text.db").read_text(), "is left as it was")
code, _, err = c.run("code", "c.jsonl", "-o", "no/such/x.db")
c.true(code == 1 and "no/such/x.db" in err, "no such folder")
c.finish()
