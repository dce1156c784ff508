#!/usr/bin/env python3
"""The commands shown in README.md and docs/guide (lines '$ biruni ...' in console blocks) run with exit status 0."""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks  # noqa: E402

c = Checks()
env = dict(os.environ, PATH=f"{c.program.parent}:{os.environ['PATH']}")
for name in ("examples", "eval"):  # a folder of its own: what the commands write stays out of the project
    (c.folder / name).symlink_to(c.source / name)
for page in [c.source / "README.md", *sorted((c.source / "docs" / "guide").glob("*.md"))]:
    if not page.exists():
        continue
    for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.S):
        for line in block.splitlines():
            if not line.startswith("$ ") or "biruni" not in line or "serve" in line:
                continue
            r = subprocess.run(["bash", "-c", line[2:]], cwd=c.folder, env=env, capture_output=True, stdin=subprocess.DEVNULL)
            c.equal(r.returncode, 0, f"{page.name}: {line}: {r.stderr.decode('utf-8', 'replace')[:300]}")
c.finish()
