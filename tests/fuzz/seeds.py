#!/usr/bin/env python3
"""The project's own files as first inputs of a fuzzer: the byte that chooses the kind, then the file's first 6,000 bytes."""
import pathlib
import sys

surface, folder = sys.argv[1], pathlib.Path(sys.argv[2])
root = pathlib.Path(__file__).resolve().parents[2]
kinds = {".html": 7, ".txt": 6, ".warc": 3, ".gz": 4, ".csv": 1, ".tsv": 2}
own = [b'\x00{"id":"a","text":"Iran rejected the proposal."}\n', b'\x01id,text\na,"x ""y"""\n', b"\x05HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
       b'\x08<rss><channel><item><title>t</title><description>&lt;p&gt;x&lt;/p&gt;</description></item></channel></rss>', b"\x09220109 A-1\nx y\n\n", b"\x0a20220109\tA | x y\n"]
if surface == "inputs":
    for n, seed in enumerate(own):
        (folder / f"own{n}").write_bytes(seed)
    for path in (root / "tests/accept/inputs").iterdir():
        if path.suffix in kinds:
            (folder / path.name).write_bytes(bytes([kinds[path.suffix]]) + path.read_bytes()[:6000])
else:
    for n, path in enumerate(sorted((root / "examples").glob("*.txt"))):
        text = path.read_text("utf-8")
        for k in range(0, min(len(text), 6000), 1500):
            (folder / f"{path.stem}-{k}").write_bytes(bytes([n % 3]) + text[k:k + 1500].encode())
