#!/usr/bin/env python3
"""Words, numbers and times: one case a line of support/words.tsv, positive and negative, for each phenomenon. Every text is a
document; the records of --layers tokens,times,quantities are compared with what the line expects."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks  # noqa: E402

c = Checks()
MARKS = re.compile("[\u064b-\u0652\u0640]")
cases = []
for line in (pathlib.Path(__file__).parent / "support" / "words.tsv").read_text("utf-8").splitlines():
    if line and not line.startswith("#"):
        cases.append((line.split("\t") + [""] * 6)[:6])
lines = [json.dumps({"id": str(i), "lang": lang, "text": text, **({"date": date} if date else {})}, ensure_ascii=False)
         for i, (_, lang, date, text, _, _) in enumerate(cases)]
c.file("words.jsonl", "\n".join(lines) + "\n")
code, out, err = c.run("read", "--json", "--quiet", "--layers", "tokens,times,quantities", "words.jsonl")
c.equal(code, 0, "read: " + err)
records = {}
for line in out.splitlines():
    r = json.loads(line)
    records.setdefault(r["doc"], []).append(r)


def number(x):
    return f"{x:.10g}" if isinstance(x, (int, float)) else x


for i, (phenomenon, _, _, text, check, expected) in enumerate(cases):
    of = {kind: [r for r in records.get(str(i), []) if r["kind"] == kind] for kind in ("token", "time", "quantity")}
    what, _, form = check.partition(" ")
    where = f"{phenomenon}: {text}"
    if what in ("word", "cut", "whole"):
        tokens = [t for t in of["token"] if t["text"] == form]
        if not tokens:
            c.true(False, where + ": no token " + form)
            continue
        t = tokens[0]
        parts = [s["text"] for s in t.get("segments", [])]
        if what == "cut":
            c.equal("+".join(parts), expected, where)
            continue
        lemma, _, tag = expected.partition("/")
        if what == "whole":
            c.equal(parts, [], where + ": cut")
        if lemma:
            c.equal(MARKS.sub("", t["lemma"]), lemma, where + ": lemma")
        if tag:
            c.equal(t["tag"], tag, where + ": tag")
    elif what == "quantity":
        value, _, unit = expected.partition(" ")
        have = [(number(q.get("value")), q.get("unit", "")) for q in of["quantity"]]
        right = any(v == number(float(value)) and (not unit or u == unit) for v, u in have)
        c.true(right, f"{where}: {expected} expected, found {have}")
    elif what == "time":
        have = [t.get("value", "") + (".." + t["end_value"] if "end_value" in t else "") for t in of["time"]]
        have += [t.get("value", "") for t in of["time"]]
        c.true(expected in have, f"{where}: {expected or 'a time without value'} expected, found {have}")
    elif what == "no_quantity":
        c.equal([q["text"] for q in of["quantity"]], [], where)
    elif what == "no_time":
        c.equal([t["text"] for t in of["time"]], [], where)
    else:
        c.true(False, where + ": unknown check " + check)
c.finish()
