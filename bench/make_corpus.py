#!/usr/bin/env python3
"""Writes many varied documents as JSON Lines, made of the sentences of examples/: for loading and for tests, not for accuracy.

  bench/make_corpus.py --documents 100000 [--bytes 600] [--copies 0.05] [--seed 1] > corpus.jsonl

Sentences are mixed anew, country names and numbers changed, dates spread over twenty years, ten publishers. One document
in `--copies` is a wire copy of one of the last 200: the same text with another byline and a word or two changed. Languages
alternate. The same arguments give the same bytes.
"""
import argparse
import json
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def sentences(lang):
    out = []
    for path in sorted((ROOT / "examples").glob(lang + "-*.txt")):
        for line in path.read_text("utf-8-sig").splitlines():
            out += [s.strip() for s in re.split(r"(?<=[.!?\u061f])\s+", line) if 40 < len(s) < 600]
    return out


def country_names(lang):
    column = {"ar": "ar", "en": "en"}[lang]
    names = []
    for line in (ROOT / "packs/world/names.countries.tsv").read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[1] == column and " " not in cells[2] and len(cells[2]) > 4 and cells[3] in ("", "name"):
            names.append(cells[2])
    return names


class Maker:
    def __init__(self, lang, rnd):
        self.lang, self.rnd = lang, rnd
        self.sentences, self.names = sentences(lang), country_names(lang)
        self.pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(self.names, key=len, reverse=True))) + r")\b|\d+") if self.names else None

    def vary(self, text):
        swap = {}

        def other(m):
            word = m.group()
            if word.isdigit():
                return str(self.rnd.randint(1, 9)) + word[1:] if not word.startswith(("19", "20")) else word
            return swap.setdefault(word, self.rnd.choice(self.names))

        return self.pattern.sub(other, text) if self.pattern else text

    def text(self, size):
        out, have = [], 0
        while have < size:
            s = self.vary(self.rnd.choice(self.sentences))
            out.append(s)
            have += len(s.encode("utf-8"))
        return "\n".join(out) if self.rnd.random() < 0.5 else " ".join(out)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--documents", type=int, default=1000)
    p.add_argument("--bytes", type=int, default=600)
    p.add_argument("--copies", type=float, default=0.0)
    p.add_argument("--lang", default="ar,en")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    rnd = random.Random(a.seed)
    makers = [Maker(lang, rnd) for lang in a.lang.split(",")]
    recent = []
    for n in range(a.documents):
        if recent and rnd.random() < a.copies:
            source = rnd.choice(recent)
            words = source["text"].split(" ")
            words[rnd.randrange(len(words))] = "-"
            d = dict(source, id=f"{source['lang']}-{n}", text=" ".join(words), publisher=f"Paper {rnd.randrange(10)}", copy_of=source["id"])
        else:
            maker = makers[n % len(makers)]
            date = f"{2002 + rnd.randrange(20)}-{rnd.randrange(1, 13):02}-{rnd.randrange(1, 29):02}"
            d = {"id": f"{maker.lang}-{n}", "lang": maker.lang, "date": date, "publisher": f"Paper {rnd.randrange(10)}",
                 "text": maker.text(a.bytes * rnd.uniform(0.5, 1.5))}
            recent = (recent + [d])[-200:]
        sys.stdout.write(json.dumps(d, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
