#!/usr/bin/env python3
"""The examples with other countries, other years, other verbs of the same kind: the records change with them. What was
written for the examples alone shows here."""
import json
import pathlib
import re
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks, examples  # noqa: E402

c = Checks()
NUMBER = 0


def read(text, meta, lang, layers="times"):
    """Records of a text with its metadata."""
    global NUMBER
    NUMBER += 1
    line = {k: v for k, v in meta.items() if k != "id"} | {"id": str(NUMBER), "text": text, "lang": lang}
    return c.records("read", "--json", "--layers", layers, "-", stdin=(json.dumps(line) + "\n").encode())


def substitute(text, pairs):
    """All pairs at once, whole words where the script has them apart."""
    names = sorted(pairs, key=len, reverse=True)
    return re.sub("|".join(r"\b" + re.escape(n) + r"\b" for n in names), lambda m: pairs[m.group()], text)


def share(right, of):
    return right / of if of else 1.0


# Countries: name and demonym, neither with persons or bodies of its own in the text that is changed.
COUNTRIES = {
    "en": [({"Bulgaria": "Portugal", "Bulgarian": "Portuguese"}, "BGR", "PRT"), ({"Armenia": "Lithuania"}, "ARM", "LTU"),
           ({"Kyrgyzstan": "Mongolia", "Kyrgyz": "Mongolian"}, "KGZ", "MNG"), ({"Chad": "Peru", "Chadian": "Peruvian"}, "TCD", "PER"),
           ({"Mali": "Nepal", "Malian": "Nepalese"}, "MLI", "NPL"), ({"Thailand": "Norway", "Thai": "Norwegian"}, "THA", "NOR")],
    "ar": [({"أرمينيا": "النرويج"}, "ARM", "NOR"), ({"تشاد": "بيرو"}, "TCD", "PER"), ({"قرغيزستان": "منغوليا", "قيرغيزستان": "منغوليا"}, "KGZ", "MNG"),
           ({"الإمارات": "البرتغال"}, "ARE", "PRT"), ({"بيلاروسيا": "ليتوانيا"}, "BLR", "LTU")],
}
kept = moved = mentions = mentions_moved = 0
for path, text, meta in examples(c.source):
    lang = path.name[:2]
    for pairs, old, new in COUNTRIES[lang]:
        changed = substitute(text, pairs)
        if changed == text:
            continue
        before, after = read(text, meta, lang), read(changed, meta, lang)
        count = {k: sum(len(r["mentions"]) for r in rs if r["kind"] == "entity" and r["id"] == k) for k, rs in ((old, before), (new, after))}
        stay = sum(len(r["mentions"]) for r in after if r["kind"] == "entity" and r["id"] == old)
        mentions += count[old]
        mentions_moved += min(count[new], count[old] - min(stay, count[old]))

        def events(records):
            return Counter((e["type"], tuple(sorted({f.get("country", "") for f in e["actors"]})), tuple(sorted({f.get("country", "") for f in e["recipients"]})),
                            e["status"]["happened"]) for e in records if e["kind"] == "event")
        want = Counter()
        for (kind, actors, recipients, happened), n in events(before).items():
            swap = lambda ids: tuple(sorted({new if i == old else i for i in ids}))  # noqa: E731
            want[(kind, swap(actors), swap(recipients), happened)] += n
        kept += sum((want & events(after)).values())
        moved += sum(want.values())
print(f"countries: {mentions_moved} of {mentions} mentions and {kept} of {moved} events follow")
c.true(mentions >= 10, "countries are exchanged at all")
c.true(share(mentions_moved, mentions) >= 0.75, "mentions follow the country")
c.true(share(kept, moved) >= 0.8, "events follow the country")

# Years: the calendar repeats after 28 years, weekdays included.
SHIFT = 28


def shifted(value):
    return re.sub(r"\b(1[89]|20)\d\d\b", lambda m: str(int(m.group()) - SHIFT), value)


right = all_times = 0
for path, text, meta in examples(c.source):
    lang = path.name[:2]
    times = [[r.get("value", "") for r in read(shifted(t), {**meta, "date": d, "title": ""}, lang) if r["kind"] == "time"]
             for t, d in ((text, shifted(meta["date"])),)][0]
    want = [shifted(r.get("value", "")) for r in read(text, {**meta, "title": ""}, lang) if r["kind"] == "time"]
    pairs = list(zip(want, times)) if len(want) == len(times) else []
    all_times += len(want)
    right += sum(a == b for a, b in pairs)
print(f"years: {right} of {all_times} times follow")
c.true(share(right, all_times) >= 0.9, "times follow the year and the publication date")

# Verbs of another type in the place of a trigger.
VERBS = {
    "en": {"killed": "praised", "arrested": "thanked", "detained": "praised", "condemned": "visited", "rejected": "bombed", "attacked": "visited",
           "accused": "praised", "praised": "condemned", "urged": "condemned", "stormed": "visited", "seized": "visited"},
    "ar": {"هاجم": "زار", "قصفت": "أدانت", "اعتقلت": "شكرت", "أوقفت": "شكرت", "أدان": "شكر", "أدانت": "شكرت", "رفض": "قصف", "رفضت": "قصفت",
           "اتهم": "شكر", "اتهمت": "شكرت", "طالب": "قصف", "طالبت": "قصفت", "دعا": "قصف", "دعت": "قصفت"},
}
NEW = {"praised": "SUPPORT", "thanked": "SUPPORT", "visited": "CONSULT", "bombed": "ASSAULT", "condemned": "ACCUSE",
       "زار": "CONSULT", "أدانت": "ACCUSE", "شكرت": "SUPPORT", "شكر": "SUPPORT", "قصف": "ASSAULT", "قصفت": "ASSAULT"}
swapped = became = stuck = 0
for path, text, meta in examples(c.source):
    lang = path.name[:2]
    plain = {**meta, "title": ""}
    for e in [r for r in read(text, plain, lang) if r["kind"] == "event"]:
        word = e["trigger"]["text"]
        if word not in VERBS[lang]:
            continue
        other = VERBS[lang][word]
        start = e["trigger"]["start"]
        changed = text[:start] + other + text[e["trigger"]["end"]:]
        there = {r["type"] for r in read(changed, plain, lang) if r["kind"] == "event" and r["trigger"]["start"] == start}
        swapped += 1
        became += NEW[other] in there
        stuck += e["type"] in there and e["type"] != NEW[other]
print(f"verbs: {became} of {swapped} events become what the new verb says, {stuck} stay what the old one said")
c.true(swapped >= 15, "verbs are exchanged at all")
c.true(share(became, swapped) >= 0.6, "the type follows the verb")
c.true(share(stuck, swapped) <= 0.1, "no type stays behind")
c.finish()
