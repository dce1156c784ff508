#!/usr/bin/env python3
"""Exit status, failed inputs, JSON Lines, standard input, metadata, archives, output in full."""
import io
import json
import pathlib
import sys
import tarfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks  # noqa: E402

SENTENCE = "Turkish jets bombed three villages in northern Iraq on Monday."
c = Checks()

# use and help
code, out, _ = c.run("--version")
c.equal(code, 0, "--version")
c.true(out.startswith("biruni ") and "pack" in out, "--version names program and packs")
for command in ("read", "code", "check", "fact", "eval", "explain"):
    code, out, _ = c.run(command, "--help")
    c.equal(code, 0, command + " --help")
    c.inside("Examples:", out, command + " --help teaches by examples")
for args, word in ((["raed", "x"], "read"), (["read", "--jsno", "x"], "--json")):
    code, _, err = c.run(*args)
    c.equal(code, 2, f"wrong use {args}")
    c.inside(word, err, f"suggestion for {args}")
for args in ([], ["read"], ["read", "--date", "2022-02-30", "x"], ["read", "--lang", "xx", "x"], ["read", "--jobs", "0", "x"],
             ["read", "--layers", "nonsense", "x"], ["code", "x"], ["code", "x", "-o", "out.xyz"], ["fact"]):
    c.equal(c.run(*args)[0], 2, f"wrong use {args}")

# one bad input does not stop the rest
c.file("good.txt", SENTENCE)
c.file("bin.dat", b"\x00\x01\x02abc\xff")
c.file("control.dat", bytes(range(1, 8)) * 40)
c.file("empty.txt", "")
c.file("broken.txt", b"Troops \xff\xfe attacked the capital.\n")
(c.folder / "folder").mkdir()
code, out, err = c.run("read", "--json", "missing.txt", "bin.dat", "control.dat", "folder", "empty.txt", "broken.txt", "good.txt")
c.equal(code, 1, "some inputs failed")
for name, reason in (("missing.txt", "no such file"), ("bin.dat", "binary"), ("control.dat", "binary"), ("folder", "folder")):
    c.true(any(name in line and reason in line for line in err.splitlines()), f"{name} is named with its reason: {err}")
records = [json.loads(line) for line in out.splitlines()]
documents = [r for r in records if r["kind"] == "document"]
c.equal([d["doc"] for d in documents], ["empty.txt", "broken.txt", "good.txt"], "documents in order")
c.equal(documents[0]["sentences"], 0, "empty document")
problems = [r for r in records if r["kind"] == "problem"]
c.equal([(p["doc"], p["start"]) for p in problems], [("broken.txt", 7)], "broken UTF-8 is a problem record")
c.equal(c.run("read", "--json", "empty.txt", "broken.txt")[0], 0, "problems are no failures")

# JSON Lines
lines = [{"id": "a", "text": SENTENCE, "date": "2022-01-09", "title": "Jets bomb Iraq"}, "not json", {"id": "b"}, [1], "",
         {"id": "c", "text": "", "date": "whenever"}, {"text": SENTENCE}, {"id": 7, "text": "x", "lang": None}, {"id": "n", "text": 5}]
c.file("l.jsonl", "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n")
code, out, err = c.run("read", "--json", "l.jsonl")
c.equal(code, 1, "bad lines")
for number in (2, 3, 4, 9):
    c.inside(f"l.jsonl:{number}:", err, "bad line by number")
records = [json.loads(line) for line in out.splitlines()]
c.equal([r["doc"] for r in records if r["kind"] == "document"], ["a", "c", "l.jsonl:7", "7"], "ids come back")
c.equal([r["date"] for r in records if r["kind"] == "document" and "date" in r], ["2022-01-09"], "date of a line")
c.equal([r["doc"] for r in records if r["kind"] == "problem"], ["c"], "a bad date is a problem")
a = [r for r in records if r["kind"] == "document" and r["doc"] == "a"][0]
c.equal((a["title"], a["sentences"]), ("Jets bomb Iraq", 1), "title apart from sentences")

# standard input
r = c.records("read", "--json", "-", stdin=SENTENCE.encode())
c.equal([x["doc"] for x in r if x["kind"] == "document"], ["-"], "standard input")
r = c.records("read", "--json", "-", stdin=(json.dumps({"id": "q", "text": SENTENCE}) + "\n").encode())
c.equal([x["doc"] for x in r if x["kind"] == "document"], ["q"], "JSON Lines on standard input")
r = c.records("read", "--json", "-", stdin=b"\xef\xbb\xbf" + SENTENCE.encode())
c.true(all(e["trigger"]["text"] == SENTENCE[e["trigger"]["start"]:e["trigger"]["end"]] for e in r if e["kind"] == "event"), "byte order mark removed")

# metadata beside a text; the command line goes before it, a line's own data before the command line
c.file("m.txt", SENTENCE)
c.file("m.meta.json", json.dumps({"id": "the-id", "date": "2020-05-06", "title": "T", "author": "A", "publisher": "P"}))
d = c.records("read", "--json", "m.txt")[0]
c.equal([d.get(k) for k in ("doc", "date", "title", "author", "publisher")], ["the-id", "2020-05-06", "T", "A", "P"], "metadata")
c.equal(c.records("read", "--json", "--date", "2021-01-02", "m.txt")[0]["date"], "2021-01-02", "--date goes before metadata")
c.equal([x["date"] for x in c.records("read", "--json", "--date", "2021-01-02", "-", stdin=(json.dumps(lines[0]) + "\n").encode())
         if x["kind"] == "document"], ["2022-01-09"], "a line's own date goes before --date")
c.file("m.meta.json", "{broken")
code, _, err = c.run("read", "--json", "m.txt")
c.true(code == 1 and "m.meta.json" in err, "broken metadata is named")

# too large: refused by name, and the lines behind it are read
c.file("big.jsonl", b'{"id":"big","text":"' + b"word " * 16_000_000 + b'"}\n' + json.dumps({"id": "small", "text": SENTENCE}).encode())
code, out, err = c.run("read", "--json", "big.jsonl")
c.equal(code, 1, "too large")
c.true("big.jsonl:1" in err and "too large" in err, f"too large is said: {err}")
c.inside('"doc":"small"', out, "the line behind it")

# code: folders and archives, output in full or an error
c.file("in/b.txt", SENTENCE)
c.file("in/a.txt", SENTENCE)
c.file("in/sub/c.jsonl", json.dumps({"id": "c", "text": SENTENCE}) + "\n")
c.file("in/x.bin", b"\x00")
with zipfile.ZipFile(c.folder / "in" / "z.zip", "w") as z:
    z.writestr("one.txt", SENTENCE)
    z.writestr("one.meta.json", json.dumps({"date": "2019-03-04"}))
with tarfile.open(c.folder / "in" / "y.tar.gz", "w:gz") as t:
    data = SENTENCE.encode()
    info = tarfile.TarInfo("two.txt")
    info.size = len(data)
    t.addfile(info, io.BytesIO(data))
code, _, err = c.run("code", "in", "-o", "in/out.jsonl")
c.equal(code, 0, "code: " + err)
docs = [json.loads(line) for line in (c.folder / "in/out.jsonl").read_text("utf-8").splitlines()]
c.equal([d["doc"] for d in docs if d["kind"] == "document"], ["in/a.txt", "in/b.txt", "c", "in/y.tar.gz!two.txt", "in/z.zip!one.txt"], "folder in order")
c.equal([d["date"] for d in docs if d["kind"] == "document" and "date" in d], ["2019-03-04"], "metadata in an archive")
first = (c.folder / "in/out.jsonl").read_bytes()
c.equal(c.run("code", "in", "-o", "in/out.jsonl", "--jobs", "3")[0], 0, "the output is no input")
c.equal((c.folder / "in/out.jsonl").read_bytes(), first, "the same again")
c.true(not (c.folder / "in/out.jsonl.part").exists(), "nothing is left over")
code, _, err = c.run("code", "good.txt", "-o", "no/such/folder/out.jsonl")
c.true(code == 1 and "no/such/folder" in err, "output that cannot be written")
if pathlib.Path("/dev/full").exists():
    code, _, err = c.run("code", "good.txt", "-o", "/dev/full")
    c.true(code == 1 and "No space left" in err, "disk full")
c.file("damaged.zip", b"PK\x03\x04 this is none")
c.equal(c.run("code", "damaged.zip", "-o", "out.jsonl")[0], 1, "damaged archive")

# a pipe gets no colour; the other commands
for command in (["read"], ["check"], ["explain"]):
    code, out, err = c.run(*command, "good.txt")
    c.equal(code, 0, f"{command}: {err}")
    c.true("\033" not in out + err, f"{command}: no colour in a pipe")
    for line in out.split("\n"):
        c.equal(line.count("\u2068"), line.count("\u2069"), f"{command}: isolates are closed in their line")
code, out, _ = c.run("explain", "--json", "good.txt")
c.true(all(json.loads(line)["kind"] == "explanation" for line in out.splitlines()), "explain --json")
code, out, _ = c.run("fact", "KAZ", "area")
c.true(code == 0 and "2724900" in out, "fact")
c.equal(c.run("fact", "Nowhereland")[0], 1, "fact that is not there")
c.equal(c.run("fact", "KAZ", "colour")[0], 1, "property that is not there")

# layers
r = c.records("read", "--json", "--layers", "sentences,tokens,times,quantities", "good.txt")
kinds = {x["kind"] for x in r}
c.true({"sentence", "token", "time", "quantity"} <= kinds, f"layers: {kinds}")
c.finish()
