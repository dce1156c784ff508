#!/usr/bin/env python3
"""Coding an archive: records, store, two workers; memory at a tenth and at the end. Answers are checked.

  bench/archive.py [--build build] [--documents 20000] [--bytes 600] [--repeats 3]
  bench/archive.py --memory [--documents 1000000] [--bytes 150]

Processor seconds are user and system time of the whole program, best of the repeats; the three kinds of run take turns.
Wall time decides about two workers: it says something only on a machine that has nothing else to do.
"""
import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(program, *args):
    """(processor seconds, wall seconds, peak MB)"""
    start = time.monotonic()
    p = subprocess.Popen([program, *map(str, args), "-q"])
    _, status, usage = os.wait4(p.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {args}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def events_of(path):
    if path.suffix == ".db":
        return sqlite3.connect(path).execute("SELECT count(*) FROM event").fetchone()[0]
    with open(path, encoding="utf-8") as f:
        return sum(line.startswith('{"kind":"event"') for line in f)


def make(folder, documents, size):
    path = folder / "corpus.jsonl"
    with open(path, "wb") as out:
        subprocess.run([sys.executable, str(ROOT / "bench/make_corpus.py"), "--documents", str(documents), "--bytes", str(size), "--copies", "0.03"], stdout=out, check=True)
    return path


def speed(program, folder, o):
    corpus = make(folder, o.documents, o.bytes)
    kinds = {"records, 1 job": ("a.jsonl", "-j1"), "records, 2 jobs": ("b.jsonl", "-j2"), "store, 1 job": ("a.db", "-j1"), "store, no index of text": ("n.db", "-j1", "--no-search")}
    best, answers = {}, set()
    for _ in range(o.repeats):
        for kind, (name, *more) in kinds.items():
            for old in folder.glob(name + "*"):
                old.unlink()
            got = run(program, "code", corpus, "-o", folder / name, *more)
            best[kind] = tuple(map(min, zip(best.get(kind, got), got)))
            answers.add(events_of(folder / name))
    if len(answers) != 1:
        sys.exit(f"answers differ: {answers}")
    texts = sum(len(json.loads(line)["text"].encode()) for line in open(corpus, encoding="utf-8"))
    print(f"{o.documents} documents, {texts / 1e6:.1f} MB of text, {answers.pop()} events; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    for kind, (cpu, wall, peak) in best.items():
        print(f"{kind:24} {cpu:7.2f} processor s  {wall:7.2f} s  {texts / 1e6 / cpu:6.2f} MB/s  peak {peak:5.0f} MB")
    one, two, store, plain = (best[k] for k in kinds)
    print(f"store / records {store[0] / one[0]:.2f} (without index of text {plain[0] / one[0]:.2f}); two jobs {one[1] / two[1]:.2f} times one")


def memory(program, folder, o):
    maker = subprocess.Popen([sys.executable, str(ROOT / "bench/make_corpus.py"), "--documents", str(o.documents), "--bytes", str(o.bytes), "--copies", "0.03"], stdout=subprocess.PIPE)
    store = folder / "m.db"
    p = subprocess.Popen([program, "code", "-", "--from", "jsonl", "-o", str(store), "-q"], stdin=maker.stdout)
    samples, tenth = [], None
    while p.poll() is None:
        time.sleep(2)
        try:
            done = sqlite3.connect(f"file:{store}?mode=ro", uri=True).execute("SELECT max(doc) FROM document").fetchone()[0] or 0
            own = next(int(x.split()[1]) for x in open(f"/proc/{p.pid}/status") if x.startswith("RssAnon"))
        except (sqlite3.Error, OSError, StopIteration):
            continue
        samples.append((done, own))
        if done * 10 >= o.documents and not tenth:
            tenth = (done, own)
    if p.returncode != 0 or not tenth:
        sys.exit("failed")
    done, own = samples[-1]
    print(f"{o.documents} documents: {tenth[1] / 1024:.0f} MB own memory at {tenth[0]}, {own / 1024:.0f} MB at {done}: "
          f"{(own - tenth[1]) * 1024 / (done - tenth[0]):.0f} bytes a document more")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    p.add_argument("--documents", type=int)
    p.add_argument("--bytes", type=int)
    p.add_argument("--repeats", type=int, default=3)
    p.add_argument("--memory", action="store_true")
    o = p.parse_args()
    o.documents = o.documents or (1000000 if o.memory else 20000)
    o.bytes = o.bytes or (150 if o.memory else 600)
    with tempfile.TemporaryDirectory() as folder:
        (memory if o.memory else speed)(str(o.build.resolve() / "biruni"), pathlib.Path(folder), o)


if __name__ == "__main__":
    main()
