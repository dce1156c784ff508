#!/usr/bin/env python3
"""'biruni code -o NAME.jsonl' is killed, stopped and refused room at random moments: what is there is whole, the next run goes on,
and the bytes at the end are those of a run that was left alone."""
import json
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks, corpus  # noqa: E402

KILLS = 4
c = Checks()
random.seed(7)
corpus(c, "c.jsonl", 1500)
with open(c.folder / "c.jsonl", "a") as f:
    f.write("no json\n")


def start(*args, **more):
    return subprocess.Popen([str(c.program), *map(str, args)], cwd=c.folder, stderr=subprocess.PIPE, **more)


t = time.monotonic()
code, _, err = c.run("code", "c.jsonl", "-o", "whole.jsonl")
took = time.monotonic() - t
c.equal(code, 1, "one line is no document")
c.inside("1500 documents coded", err, "summary: documents")
c.inside("1 failed", err, "summary: failed")
c.true("events: " in err and "PROTEST" in err, "summary: events by type")
c.true("\033" not in err and "\r" not in err, "no progress in a pipe")
whole = (c.folder / "whole.jsonl").read_bytes()
problems = [json.loads(line) for line in (c.folder / "whole.jsonl.problems").read_text("utf-8").splitlines()]
c.equal([(p["kind"], p["input"]) for p in problems], [("failure", "c.jsonl:1501")], "problems file")
c.equal(c.run("code", "c.jsonl", "-o", "two.jsonl", "-j", "2", "--quiet", "--problems", "p")[2].count("\n"), 1, "quiet: only the failed input is named")
c.equal((c.folder / "two.jsonl").read_bytes(), whole, "any number of jobs gives the same bytes")
c.true((c.folder / "p").exists(), "--problems")

# kill -9: go on
for i in range(KILLS):
    p = start("code", "c.jsonl", "-o", "k.jsonl")
    time.sleep(took * random.uniform(0.1, 0.9) / KILLS * 2)
    p.send_signal(signal.SIGKILL)
    err = p.communicate()[1].decode()
    if p.returncode == -signal.SIGKILL:
        c.true(not (c.folder / "k.jsonl").exists(), "a run that was killed leaves no output under its name")
    else:  # it was through
        (c.folder / "k.jsonl").unlink()
code, _, err = c.run("code", "c.jsonl", "-o", "k.jsonl")
c.equal(code, 1, "the failed line is still told: " + err)
c.equal((c.folder / "k.jsonl").read_bytes(), whole, "after kills the same bytes")
c.equal((c.folder / "k.jsonl.problems").read_bytes(), (c.folder / "whole.jsonl.problems").read_bytes(), "and the same problems file")
c.equal(sorted(x.name for x in c.folder.glob("k.jsonl*")), ["k.jsonl", "k.jsonl.problems"], "nothing is left over")

# Ctrl-C: in order, and how to go on is said
p = start("code", "c.jsonl", "-o", "s.jsonl")
time.sleep(took * 0.5)
p.send_signal(signal.SIGINT)
err = p.communicate()[1].decode()
if p.returncode != 1:  # not through already
    c.equal(p.returncode, 130, "stopped")
    c.inside("goes on from there", err, "how to go on is said")
    part = (c.folder / "s.jsonl.part").read_bytes()
    c.true(whole.startswith(part) and part.endswith(b"\n") and len(part) > 0, "the part is whole documents")
    # other inputs: not mixed with what is there
    corpus(c, "d.jsonl", 20, seed=5)
    code, _, err = c.run("code", "d.jsonl", "-o", "s.jsonl")
    c.equal(code, 0, "other inputs: begins anew: " + err)
    c.inside("beginning anew", err, "and says so")
    c.equal(sum(json.loads(x)["kind"] == "document" for x in (c.folder / "s.jsonl").read_text("utf-8").splitlines()), 20, "only the new inputs")

# no room: a clear error, and the run goes on when there is room
limit = len(whole) // 2 + 12345
p = start("code", "c.jsonl", "-o", "f.jsonl", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
err = p.communicate()[1].decode()
c.equal(p.returncode, 1, "no room")
c.true("f.jsonl.part: cannot be written: " in err, "which file and why: " + err)
code, _, err = c.run("code", "c.jsonl", "-o", "f.jsonl")
c.inside("going on behind", err, "goes on where there was room")
c.equal((c.folder / "f.jsonl").read_bytes(), whole, "the same bytes")

# two runs on one output
p = start("code", "c.jsonl", "-o", "w.jsonl")
while not (c.folder / "w.jsonl.resume").exists() and p.poll() is None:
    time.sleep(0.002)
p.send_signal(signal.SIGSTOP)
code, _, err = c.run("code", "c.jsonl", "-o", "w.jsonl")
p.send_signal(signal.SIGCONT)
p.communicate()
c.true(code == 1 and "another run is writing it" in err, "the second run is refused: " + err)
c.equal((c.folder / "w.jsonl").read_bytes(), whole, "and the first is not harmed")
c.finish()
