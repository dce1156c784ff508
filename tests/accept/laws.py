#!/usr/bin/env python3
"""Laws of attribution: what an operator does to the asserted event of a main clause, whatever the event, whoever says it.
Sentences are made at random (fixed seed) from verbs of the pack, actors, objects and holders; where the bare sentence is
coded as an event that happened on the author's word, each law must hold for it. Arabic and English."""
import json
import pathlib
import random
import re
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).parent / "support"))
from program import Checks  # noqa: E402

c = Checks()
SEED = 20240229
VERBS = 45          # verbs drawn per language
HELD = 0.9          # share of the cases of each law that must hold
LOST = 0.2          # share of the cases of a law in which the verb may be read as the noun spelt like it


def rows(path):
    """Rows of a table as dictionaries."""
    lines = path.read_text("utf-8").splitlines()
    names = lines[0].lstrip("#").split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:] if line and not line.startswith("#")]


def verbs(lang):
    """Plain transitive event verbs: one word, subject and object, no condition, no content of their own."""
    found = {}
    for path in sorted((c.source / "packs" / lang / "events").glob("events*.tsv")):
        for r in rows(path):
            if r["tag"] != "VERB" or " " in r["lemma"] or r["type"] in ("-", "") or r.get("need"):
                continue
            if re.fullmatch(r"(A=subj R=obj)?( [IP]=\S+)?", r["frame"].strip()) and r["type"] not in ("THREATEN", "REQUEST"):
                found[r["lemma"]] = r["type"]
    return sorted(found)


# ---- English ---------------------------------------------------------------------------------------------------------

def english_forms():
    forms = {}
    for path in (c.source / "packs/en/lexicon").glob("verbs*.tsv"):
        for r in rows(path):
            v, past, part, double = r["lemma"], r.get("past", ""), r.get("participle", ""), "d" in r.get("flags", "")
            regular = v + "d" if v.endswith("e") else v[:-1] + "ied" if re.search("[^aeiou]y$", v) else v + (v[-1] if double else "") + "ed"
            forms[v] = ((past or regular).split("|")[0], (part or past or regular).split("|")[0])
    return forms


EN = {
    "subjects": ["the army", "the rebels", "Turkey", "the Iranian navy", "the militia", "Ethiopian troops", "the coast guard", "Serbia"],
    "objects": ["the rebels", "the town", "the opposition leader", "the convoy", "Sudan", "the delegation", "the village", "the journalists"],
    "holders": ["the governor", "the Kenyan interior ministry", "Amnesty International", "a Turkish official", "the opposition", "the mayor of Izmir",
                "Reuters", "the bishop", "Norway", "the union", "state television", "the Polish president", "residents", "a hospital doctor"],
    "base": "{S} {V} {O}.",
    "laws": {
        "denied": ("{H} denied that {S} had {P} {O}.", dict(factuality="CT-", happened=False, holder="H", chain=2, author="Uu")),
        "denies": ("{H} denies that {S} {V} {O}.", dict(factuality="CT-", happened=False, holder="H", chain=2)),
        "did not deny": ("{H} did not deny that {S} had {P} {O}.", dict(factuality="Uu", happened=False, holder="H", chain=2)),
        "said": ("{H} said that {S} had {P} {O}.", dict(factuality="CT+", happened=True, alleged=False, holder="H", chain=2, author="Uu")),
        "said, bare": ("{H} said {S} {V} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2, author="Uu")),
        "said, behind": ("{S} {V} {O}, {H} said.", dict(factuality="CT+", happened=True, holder="H", chain=2, author="Uu")),
        "said, it did not": ("{H} said that {S} had not {P} {O}.", dict(factuality="CT-", happened=False, holder="H", chain=2)),
        "claimed": ("{H} claimed that {S} had {P} {O}.", dict(factuality="CT+", happened=True, alleged=True, holder="H", chain=2)),
        "according to": ("According to {H}, {S} {V} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "two sayings": ("{H} said that {G} claimed that {S} had {P} {O}.", dict(factuality="CT+", alleged=True, holder="G", chain=3)),
        "reported denial": ("{H} reported that {G} denied that {S} had {P} {O}.", dict(factuality="CT-", happened=False, holder="G", chain=3)),
        "denied saying": ("{H} doubts that {S} {V} {O}.", dict(factuality="PR-", happened=False, holder="H", chain=2)),
        "admitted": ("{H} admitted that {S} had {P} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2, author="CT+")),
        "quotation": ("\u201c{S} {V} {O},\u201d {H} said.", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "he added": ("{H} said that talks were going well. He added that {S} had {P} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "allegedly": ("{S} allegedly {V} {O}.", dict(happened=True, alleged=True, author="Uu", chain=1)),
        "reportedly": ("{S} reportedly {V} {O}.", dict(happened=True, alleged=False, author="Uu", chain=1, unsourced=True)),
        "if": ("If {S} {V} {O}, {H} will resign.", dict(factuality="Uu", happened=False)),
        "if they": ("{H} will resign if {S} {I} {O}.", dict(factuality="Uu", happened=False)),
        "not": ("{S} did not {I} {O}.", dict(factuality="CT-", happened=False, chain=1)),
        "never": ("{S} never {V} {O}.", dict(factuality="CT-", happened=False, chain=1)),
        "failed": ("{S} failed to {I} {O}.", dict(factuality="CT-", happened=False)),
        "question": ("Did {S} {I} {O}?", dict(happened=False)),
        "plans": ("{S} planned to {I} {O}.", dict(factuality="Uu", happened=False)),
        "will": ("{S} will {I} {O}.", dict(factuality="CT+", happened=False, tense="future")),
        "may": ("{S} may {I} {O}.", dict(factuality="PS+", happened=False)),
        "should": ("{S} should {I} {O}.", dict(factuality="Uu", happened=False)),
        "would have": ("{S} would have {P} {O} if {H} had resigned.", dict(factuality="CT-", happened=False)),
        "almost": ("{S} almost {V} {O}.", dict(factuality="CT-", happened=False)),
        "not only": ("Not only did {S} {I} {O}, but {H} resigned.", dict(factuality="CT+", happened=True)),
        "after": ("{H} resigned after {S} {V} {O}.", dict(factuality="CT+", happened=True, chain=1)),
        "did not condemn": ("{H} did not know that {S} had {P} {O}.", dict(factuality="CT+", happened=True)),
    },
}

# ---- Arabic ----------------------------------------------------------------------------------------------------------

WEAK = set("اوىيءأإؤئآ")


def arabic_imperfect(lemma):
    """Third person masculine of a sound verb in its ordinary spelling; None for the others."""
    bare = lemma.replace("\u0651", "")
    stem = bare[1:] if bare[0] in "اأ" else bare
    middle_alef = len(stem) == 4 and stem[1] == "ا" and bare[0] not in "اأ"     # فاعل
    letters = stem.replace("ا", "", 1) if middle_alef else stem
    if set(letters) & WEAK or lemma.endswith("\u0651") or len(letters) < 3:
        return None
    return "ي" + lemma[1:] if bare[0] in "اأ" else "ي" + lemma


AR = {
    "subjects": ["الجيش", "الحزب الحاكم", "الحرس الثوري", "المجلس العسكري", "السودان", "التنظيم", "الأسطول الروسي", "العراق"],
    "objects": ["المتمردين", "البلدة", "زعيم المعارضة", "القافلة", "الوفد", "السودان", "القرية", "الصحفيين"],
    "holders": ["المحافظ", "مسؤول تركي", "الرئيس البولندي", "التلفزيون الرسمي", "وزير الداخلية الكيني", "المتحدث باسم الجيش الليبي", "رئيس بلدية إزمير",
                "المرصد السوري لحقوق الإنسان", "الحزب الشيوعي", "العراق", "طبيب في المستشفى", "الاتحاد الأوروبي"],
    "base": "{V} {S} {O}.",
    "laws": {
        "denied": ("نفى {H} أن يكون {S} قد {V} {O}.", dict(factuality="CT-", happened=False, holder="H", chain=2, author="Uu")),
        "did not deny": ("لم ينف {H} أن {S} {V} {O}.", dict(factuality="Uu", happened=False, holder="H", chain=2)),
        "said": ("قال {H} إن {S} {V} {O}.", dict(factuality="CT+", happened=True, alleged=False, holder="H", chain=2, author="Uu")),
        "announced": ("أعلن {H} أن {S} {V} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "said, it did not": ("أكد {H} أن {S} لم {I} {O}.", dict(factuality="CT-", happened=False, holder="H", chain=2)),
        "claimed": ("زعم {H} أن {S} {V} {O}.", dict(factuality="CT+", happened=True, alleged=True, holder="H", chain=2)),
        "according to": ("وبحسب {H}، {V} {S} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "according to, behind": ("{V} {S} {O}، وفق {H}.", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "two sayings": ("قال {H} إن {G} زعم أن {S} {V} {O}.", dict(factuality="CT+", alleged=True, holder="G", chain=3)),
        "reported denial": ("ذكر {H} أن {G} نفى أن يكون {S} قد {V} {O}.", dict(factuality="CT-", happened=False, holder="G", chain=3)),
        "quoted": ("نقل {H} عن {G} قوله إن {S} {V} {O}.", dict(factuality="CT+", happened=True, holder="G", chain=3)),
        "doubted": ("شكك {H} في أن يكون {S} قد {V} {O}.", dict(factuality="PR-", happened=False, holder="H", chain=2)),
        "admitted": ("أقر {H} بأن {S} {V} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2, author="CT+")),
        "quotation": ("قال {H}: «{V} {S} {O}».", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "he added": ("قال {H} إن المحادثات تسير جيدا. وأضاف أن {S} {V} {O}.", dict(factuality="CT+", happened=True, holder="H", chain=2)),
        "no truth": ("ليس صحيحا أن {S} {V} {O}.", dict(factuality="CT-", happened=False)),
        "it is alleged": ("يُزعم أن {S} {V} {O}.", dict(happened=True, alleged=True, author="Uu", chain=1)),
        "if": ("إذا {V} {S} {O} فسيستقيل {H}.", dict(factuality="Uu", happened=False)),
        "if only": ("لو {V} {S} {O} لاستقال {H}.", dict(factuality="CT-", happened=False)),
        "not": ("لم {I} {S} {O}.", dict(factuality="CT-", happened=False, chain=1)),
        "will not": ("لن {I} {S} {O}.", dict(factuality="CT-", happened=False, tense="future")),
        "question": ("هل {V} {S} {O}؟", dict(happened=False)),
        "perhaps": ("ربما {V} {S} {O}.", dict(factuality="PS+", happened=False)),
        "has": ("لقد {V} {S} {O}.", dict(factuality="CT+", happened=True)),
        "may": ("قد {I} {S} {O}.", dict(factuality="PS+", happened=False)),
        "will": ("س{I} {S} {O}.", dict(factuality="CT+", happened=False, tense="future")),
        "plans": ("يعتزم {S} أن {I} {O}.", dict(factuality="Uu", happened=False)),
        "almost": ("كاد {S} {I} {O}.", dict(factuality="CT-", happened=False)),
        "must": ("يجب أن {I} {S} {O}.", dict(factuality="Uu", happened=False)),
        "without": ("استقال {H} دون أن {I} {S} {O}.", dict(factuality="CT-", happened=False)),
        "after": ("استقال {H} بعد أن {V} {S} {O}.", dict(factuality="CT+", happened=True, chain=1)),
        "hardly": ("ما إن {V} {S} {O} حتى استقال {H}.", dict(factuality="CT+", happened=True)),
        "did not know": ("لم يعلم {H} أن {S} {V} {O}.", dict(factuality="CT+", happened=True)),
    },
}


def cap(text):
    at = re.search(r"\w", text)
    return text if not at else text[:at.start()] + text[at.start()].upper() + text[at.start() + 1:]


def words_of(lang, verb):
    if lang == "en":
        return {"I": verb, "V": FORMS[verb][0], "P": FORMS[verb][1]}
    return {"V": verb, "I": arabic_imperfect(verb)}


def judge(record, trigger, law, fill):
    """What of the law does not hold for the record."""
    s, chain, wrong = record["status"], record["attribution"], []
    for key in ("factuality", "happened", "alleged", "author", "tense"):
        if key in law and s[key] != law[key]:
            wrong.append(f"{key} {s[key]}")
    if "unsourced" in law and record["unsourced"] != law["unsourced"]:
        wrong.append("unsourced")
    if "chain" in law and len(chain) != law["chain"]:
        wrong.append(f"{len(chain) - 1} holders")
    if "holder" in law:
        said = chain[-1].get("text", "")
        if not said or re.sub("^(the|a) ", "", said.lower()) not in fill[law["holder"]].lower():
            wrong.append(f"holder {said!r}")
    return wrong


FORMS = english_forms()
draw = random.Random(SEED)
for lang, table in (("en", EN), ("ar", AR)):
    known = [v for v in verbs(lang) if lang == "ar" or v in FORMS]
    if lang == "ar":
        known = [v for v in known if arabic_imperfect(v)]
    chosen = draw.sample(known, min(VERBS, len(known)))
    cases, lines = [], []

    def add(name, verb, template, law, fill):
        text = cap(template.format(**fill, **words_of(lang, verb)))
        cases.append((name, verb, text, law, fill))
        lines.append(json.dumps({"id": str(len(cases) - 1), "text": text, "lang": lang, "date": "2024-05-10"}, ensure_ascii=False))

    for verb in chosen:
        fills = []
        while len(fills) < 2:
            h, g = draw.sample(table["holders"], 2)
            s, o = draw.choice(table["subjects"]), draw.choice(table["objects"])
            if len({h, g, s, o}) == 4:
                fills.append({"H": h, "G": g, "S": s, "O": o})
        for fill in fills:
            base = len(cases)
            add("base", verb, table["base"], None, fill)
            for name, (template, law) in sorted(table["laws"].items()):
                add(name, verb, template, law | {"base": base}, fill)
    found = {}
    for r in c.records("read", "--json", "-", stdin=("\n".join(lines) + "\n").encode()):
        if r["kind"] == "event":
            found.setdefault(int(r["doc"]), []).append(r)
    asserted, total, held, lost, faults = {}, Counter(), Counter(), Counter(), {}
    for i, (name, verb, text, law, fill) in enumerate(cases):
        form = set(words_of(lang, verb).values())
        events = [e for e in found.get(i, []) if e["trigger"]["text"].removeprefix("س") in form and not re.search(r"_n(\.\d+)?$", e["rules"][0])]
        if law is None:
            one = len(events) == 1 and events[0]["status"]["happened"] and events[0]["status"]["factuality"] == "CT+" and len(events[0]["attribution"]) == 1
            asserted[i] = events[0]["type"] if one else None
            continue
        if not asserted[law["base"]]:
            continue
        total[name] += 1
        if not events:
            lost[name] += 1
            faults.setdefault(name, []).append(f"no event: {text}")
            continue
        wrong = judge(events[0], verb, law, fill)
        held[name] += not wrong
        if wrong:
            faults.setdefault(name, []).append(f"{', '.join(wrong)}: {text}")
    bases = sum(t is not None for t in asserted.values())
    c.true(bases >= 30, f"{lang}: {bases} asserted sentences of {len(asserted)}")
    for name in sorted(table["laws"]):
        ok = held[name] >= HELD * (total[name] - lost[name]) and lost[name] <= LOST * total[name]
        c.true(ok, f"{lang} {name}: {held[name]} of {total[name]} hold, {lost[name]} without event; " + " | ".join(faults.get(name, [])[:4]))
    print(f"{lang}: {bases} sentences, {sum(held.values())} of {sum(total.values())} cases hold, {sum(lost.values())} without event")
c.finish()
