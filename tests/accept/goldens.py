#!/usr/bin/env python3
"""The examples' goldens: no figure falls below what is stored in eval/ratchet.json."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks  # noqa: E402

c = Checks()
gold, ratchet = c.source / "examples" / "gold", c.source / "eval" / "ratchet.json"
code, out, err = c.run("eval", "--json", gold)
c.equal(code, 0, "eval: " + err)
c.true(any(json.loads(line)["kind"] == "measure" for line in out.splitlines()), "figures")
if ratchet.exists():
    code, _, err = c.run("eval", gold, "--ratchet", ratchet)
    c.equal(code, 0, "a figure fell: " + err)
else:
    print("skipped: no eval/ratchet.json")
# the ratchet can fail
c.file("high.json", json.dumps({"figures": {"examples/fields right": {"value": 1.5}}}))
c.equal(c.run("eval", gold, "--ratchet", "high.json")[0], 1, "the ratchet notices a fall")
c.equal(c.run("eval", "missing.json")[0], 1, "a missing gold file")
c.finish()
