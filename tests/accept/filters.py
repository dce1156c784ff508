#!/usr/bin/env python3
"""The filters of read and code give exactly the records they promise: compared with the unfiltered ones of the examples."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks  # noqa: E402

c = Checks()
FOLDER = c.source / "examples"
PATHS = sorted(FOLDER.glob("*.txt"))


def negative(s):
    return s["factuality"] in ("CT-", "PR-", "PS-")


def denied(e):
    s, last = e["status"], e["attribution"][-1]
    return len(e["attribution"]) > 1 and negative(s) and (last["stance"] == "deny" or s["tense"] != "future")


WANT = {
    "--happened": lambda e: e["status"]["happened"] and not e["status"]["alleged"],
    "--alleged": lambda e: e["status"]["alleged"],
    "--denied": denied,
    "--unsourced": lambda e: e["unsourced"],
}


def split(records):
    events = [r for r in records if r["kind"] == "event"]
    return events, [r for r in records if r["kind"] not in ("event", "link")], [r for r in records if r["kind"] == "link"]


for path in PATHS:
    events, others, links = split(c.records("read", "--json", path))
    cases = [([flag], want) for flag, want in WANT.items()]
    cases.append((["--alleged", "--denied"], lambda e: WANT["--alleged"](e) or denied(e)))
    cases.append((["--holder", "author"], lambda e: len(e["attribution"]) == 1))
    holders = {h["entity"] for e in events for h in e["attribution"] if "entity" in h}
    for holder in sorted(holders)[:2]:
        cases.append((["--denied", "--holder", holder.lower()],
                      lambda e, holder=holder: denied(e) and any(h.get("entity") == holder for h in e["attribution"])))
    for flags, want in cases:
        have, rest, kept_links = split(c.records("read", "--json", *flags, path))
        ids = {e["id"] for e in have}
        wanted = [e for e in events if want(e)]
        if "--holder" in flags and flags[-1] != "author":  # a name may stand in other words too
            c.true({e["id"] for e in wanted} <= ids and all(denied(e) for e in have), f"{path.name} {flags}: {sorted(ids)}")
        else:
            c.equal(have, wanted, f"{path.name} {flags}")
        c.equal(rest, others, f"{path.name} {flags}: the other records")
        c.true(all({link.get("from"), link.get("to")} - {None} <= ids for link in kept_links), f"{path.name} {flags}: links among what is kept")

out = c.folder / "happened.jsonl"
c.equal(c.run("code", "--quiet", "--happened", "-o", out, FOLDER)[0], 0, "code --happened")
coded = sum(line.startswith('{"kind":"event"') for line in out.read_text("utf-8").splitlines())
c.equal(coded, sum(len(split(c.records("read", "--json", "--happened", p))[0]) for p in PATHS), "code and read keep the same events")

text = c.file("note.txt", "The governor denied that troops had shelled the village. Kenya said rebels had attacked the port.")
code, report, err = c.run("read", "--lang", "en", "--denied", text)
c.equal(code, 0, err)
c.inside("Events denied: 1 of 2", report, "how many")
c.inside("The governor (denied); denied: did not happen", " ".join(report.replace("the governor", "The governor").split()), "who denies it, and how sure")
c.equal(c.run("read", "--holder")[0], 2, "a holder needs a name")
c.finish()
