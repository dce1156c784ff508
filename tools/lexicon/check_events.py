#!/usr/bin/env python3
"""Checks the event and stance lexicon of one language pack.

    check_events.py PACK_FOLDER [--strict] [--unused]

Reads PACK_FOLDER/events/{events,light}*.tsv, PACK_FOLDER/stance/{reports,cues,evaluative}*.tsv and
PACK_FOLDER/lexicon/classes*.tsv, and the lists of PACK_FOLDER/../common. Prints `file:line: what is wrong, what was
expected`; exit status 1 when there is an error (with --strict also for a warning), else 0. --unused warns of classes that no event row uses.
"""
import collections
import glob
import os
import re
import signal
import sys

COLUMNS = {
    "events": "id lemma tag type mode contexts cameo frame need not magnitude example counter origin".split(),
    "light": "id lemma tag event roles aspect example origin".split(),
    "reports": "id lemma tag stance commit author frame flags example origin".split(),
    "cues": "id lemma tag kind value scope flags example origin".split(),
    "evaluative": "phrase kind note origin".split(),
    "classes": "class lemmas note origin".split(),
}
FOLDER = {"events": "events", "light": "events", "reports": "stance", "cues": "stance", "evaluative": "stance",
          "classes": "lexicon"}
TAGS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN SCONJ SYM VERB X".split())
EVENT_TAGS = {"VERB", "NOUN", "ADJ"}
STANCES = set("assert claim deny doubt deduce fear hope quote ask threaten promise".split())
FACT = set("CT+ PR+ PS+ CT- PR- PS- Uu".split())
ASPECTS = set("begin continue end prevent plan cause repeat resume".split()) | {""}
KINDS = set("neg modal cond counterfactual purpose plan wish duty ask begin end continue almost exceptive presuppose "
            "looks_like fail succeed prevent question".split())
BUILTINS = set("@actor @country @person @org @armed @place @number @event @clause @negated".split())
MAGNITUDES = set("killed wounded arrested participants troops money".split())
FRAME_KEYS = {"events": set("ARPCIV"), "light": set("ARPCIV"), "reports": set("HCTS")}
RELATION = re.compile(r"^(?:[a-z]+[0-9]?|[^\x00-\x7f~=,|!]+)$")      # a relation's name or a preposition


class Checker:
    def __init__(self, pack):
        self.pack, self.errors, self.warnings = pack, 0, 0
        self.used = collections.Counter()
        self.modes, self.contexts, self.cameo, self.classes = {}, set(), {}, {}

    def error(self, where, text):
        self.errors += 1
        print("%s: %s" % (where, text))

    def warn(self, where, text):
        self.warnings += 1
        print("%s: warning: %s" % (where, text))

    def rows(self, paths, columns):
        for path in paths:
            name = os.path.relpath(path, os.path.dirname(os.path.abspath(self.pack)))
            with open(path, encoding="utf-8") as handle:
                try:
                    lines = handle.read().split("\n")
                except UnicodeDecodeError as error:
                    self.error(name, "is not UTF-8 (%s)" % error.reason)
                    continue
            head = lines[0].lstrip("#").strip("\r").split("\t") if lines and lines[0].startswith("#") else []
            if head[:len(columns)] != columns:
                self.error(name + ":1", "columns are '%s', expected '#%s'" % (" ".join(head), " ".join(columns)))
                continue
            for number, line in enumerate(lines[1:], 2):
                if not line.strip() or line.startswith("#"):
                    continue
                where = "%s:%d" % (name, number)
                if "\r" in line or line != line.rstrip(" "):
                    self.error(where, "carriage return or blank at the end of the line")
                cells = line.split("\t")
                if len(cells) > len(head):
                    self.error(where, "%d columns, expected at most %d" % (len(cells), len(head)))
                    continue
                cells += [""] * (len(head) - len(cells))
                row = dict(zip(head, cells))
                for key, value in row.items():
                    if value != value.strip() or "  " in value:
                        self.error(where, "column %s has a superfluous blank" % key)
                    if "\u0640" in value:
                        self.error(where, "column %s has a tatweel" % key)
                if "origin" in head and not row["origin"]:
                    self.error(where, "no origin, expected a key of packs/ORIGINS.md")
                yield where, row

    def table(self, name, required=True):
        folder = os.path.join(self.pack, FOLDER[name])
        paths = sorted(glob.glob(os.path.join(folder, name + ".tsv")) +
                       glob.glob(os.path.join(folder, name + ".*.tsv")))
        if not paths and required:
            self.error("%s/%s.tsv" % (FOLDER[name], name), "missing")
        return self.rows(paths, COLUMNS[name])

    def common(self):
        folder = os.path.join(os.path.abspath(self.pack), "..", "common")
        def load(name, columns):
            path = os.path.join(folder, name)
            if not os.path.exists(path):
                self.error("common/" + name, "missing, run tools/lexicon/make_ontology.py")
                return []
            return list(self.rows([path], columns))
        for _, row in load("ontology.tsv", ["type", "mode", "quad", "score"]):
            self.modes.setdefault(row["type"], set()).add(row["mode"])
        self.contexts = {row["context"] for _, row in load("contexts.tsv", ["context"])}
        self.cameo = {row["cameo"]: row["type"] for _, row in load("cameo.tsv", ["cameo", "type"])}

    def unique(self, seen, key, where, what):
        if key in seen:
            self.error(where, "%s stands already at %s" % (what, seen[key]))
        else:
            seen[key] = where

    def relations(self, where, text, key):
        for relation in text.split("|"):
            if not RELATION.match(relation):
                self.error(where, "'%s' in %s is no relation or preposition" % (relation, key))

    def frame(self, where, text, keys):
        for part in text.split():
            if part == "C!":
                continue
            role, equals, value = part.partition("=")
            if not equals or role not in keys or not value:
                self.error(where, "frame part '%s', expected one of %s with =relation" % (part, " ".join(sorted(keys))))
            else:
                self.relations(where, value, "frame " + role)

    def conditions(self, where, text, column):
        for part in text.split():
            if part.startswith("!"):
                self.relations(where, part[1:], column)
                continue
            relation, tilde, values = part.partition("~")
            self.relations(where, relation, column)
            if tilde and not values:
                self.error(where, "condition '%s' has no value" % part)
            for value in filter(None, values.split(",")) if tilde else ():
                if value.startswith("="):
                    if len(value) < 2:
                        self.error(where, "condition '%s' has an empty lemma" % part)
                elif value.startswith("@"):
                    kind, _, name = value.partition(":")
                    if kind not in BUILTINS or name and (kind != "@event" or name not in self.modes):
                        self.error(where, "'%s' is no builtin, expected one of %s" % (value, " ".join(sorted(BUILTINS))))
                elif value in self.classes:
                    self.used[value] += 1
                else:
                    self.error(where, "class '%s' is not in lexicon/classes.tsv (a lemma is written =%s)" % (value, value))

    def check_classes(self):
        for where, row in self.table("classes", required=False):
            if not re.match(r"^[a-z][a-z0-9_]*$", row["class"]):
                self.error(where, "class name '%s', expected small letters" % row["class"])
            lemmas = row["lemmas"].split("|")
            if "" in lemmas:
                self.error(where, "empty lemma in the list")
            for lemma, count in collections.Counter(lemmas).items():
                if count > 1:
                    self.error(where, "lemma '%s' stands twice" % lemma)
                if "/" in lemma and lemma.rsplit("/", 1)[1] not in TAGS:
                    self.error(where, "tag of '%s' unknown" % lemma)
            if row["class"] in self.classes:
                self.error(where, "class '%s' stands already at %s" % (row["class"], self.classes[row["class"]]))
            self.classes[row["class"]] = where

    def check_events(self):
        ids, keys, counts = {}, {}, collections.Counter()
        for where, row in self.table("events"):
            self.unique(ids, row["id"], where, "id '%s'" % row["id"])
            key = tuple(row[k] for k in ("lemma", "tag", "need", "not"))
            self.unique(keys, key, where, "the same lemma, tag and conditions")
            if not re.match(r"^[a-z]{2,}(\.[a-z0-9_-]+){2,}$", row["id"]):
                self.error(where, "id '%s', expected LANG.type.word" % row["id"])
            if row["tag"] not in EVENT_TAGS:
                self.error(where, "tag '%s', expected VERB, NOUN or ADJ" % row["tag"])
            if not row["lemma"]:
                self.error(where, "no lemma")
            kind = row["type"]
            counts[kind] += 1
            if kind == "-":
                if not row["mode"]:
                    self.error(where, "a row of type - has its reason in mode")
                if row["cameo"] or row["contexts"]:
                    self.error(where, "a row of type - has neither contexts nor cameo")
            elif kind not in self.modes:
                self.error(where, "type '%s' is none of PLOVER's" % kind)
            else:
                if row["mode"] not in self.modes[kind]:
                    self.error(where, "mode '%s' is none of %s (%s)" % (row["mode"], kind,
                               " ".join(sorted(filter(None, self.modes[kind])))))
                for context in filter(None, row["contexts"].split("|")):
                    if context not in self.contexts:
                        self.error(where, "context '%s' is none of PLOVER's" % context)
                if row["cameo"] not in self.cameo:
                    self.error(where, "cameo '%s' is not in common/cameo.tsv" % row["cameo"])
                elif self.cameo[row["cameo"]] != kind and (kind, row["cameo"]) not in KNOWN:
                    self.warn(where, "cameo %s is %s in the table, the row is %s" %
                              (row["cameo"], self.cameo[row["cameo"]], kind))
            self.frame(where, row["frame"], FRAME_KEYS["events"])
            self.conditions(where, row["need"], "need")
            self.conditions(where, row["not"], "not")
            if set(row["need"].split()) & set(row["not"].split()):
                self.error(where, "a condition stands in need and in not")
            for part in row["magnitude"].split():
                what, _, relation = part.partition("=")
                if what not in MAGNITUDES or not relation:
                    self.error(where, "magnitude '%s', expected %s=relation" % (part, "|".join(sorted(MAGNITUDES))))
            if not row["example"]:
                self.warn(where, "no example")
        return counts

    def check_light(self):
        ids, keys, total = {}, {}, 0
        for where, row in self.table("light"):
            total += 1
            self.unique(ids, row["id"], where, "id '%s'" % row["id"])
            self.unique(keys, (row["lemma"], row["tag"], row["event"], row["aspect"]), where, "the same carrier")
            if row["tag"] not in EVENT_TAGS | {"ADP"}:
                self.error(where, "tag '%s', expected VERB or NOUN" % row["tag"])
            self.relations(where, row["event"], "event")
            self.frame(where, row["roles"], FRAME_KEYS["light"])
            if row["aspect"] not in ASPECTS:
                self.error(where, "aspect '%s', expected one of %s" % (row["aspect"], " ".join(sorted(ASPECTS))))
        return total

    def check_reports(self):
        ids, total = {}, 0
        for where, row in self.table("reports"):
            total += 1
            self.unique(ids, row["id"], where, "id '%s'" % row["id"])
            if row["tag"] not in TAGS:
                self.error(where, "tag '%s' is no UD tag" % row["tag"])
            if row["stance"] not in STANCES:
                self.error(where, "stance '%s', expected one of %s" % (row["stance"], " ".join(sorted(STANCES))))
            for column in ("commit", "author"):
                if row[column] not in FACT:
                    self.error(where, "%s '%s', expected one of %s" % (column, row[column], " ".join(sorted(FACT))))
            self.frame(where, row["frame"], FRAME_KEYS["reports"])
            self.flags(where, row["flags"])
        return total

    def check_cues(self):
        ids, keys, total = {}, {}, 0
        for where, row in self.table("cues"):
            total += 1
            self.unique(ids, row["id"], where, "id '%s'" % row["id"])
            self.unique(keys, tuple(row[k] for k in ("lemma", "tag", "kind", "scope", "flags")), where, "the same cue")
            if row["tag"] not in TAGS:
                self.error(where, "tag '%s' is no UD tag" % row["tag"])
            if row["kind"] not in KINDS:
                self.error(where, "kind '%s', expected one of %s" % (row["kind"], " ".join(sorted(KINDS))))
            if row["value"] not in FACT | {"-", ""}:
                self.error(where, "value '%s', expected a factuality or -" % row["value"])
            self.relations(where, row["scope"], "scope")
            self.flags(where, row["flags"])
        return total

    def flags(self, where, text):
        for flag in text.split():
            name, equals, value = flag.partition("=")
            if not re.match(r"^[a-z_]+$", name) or equals and value not in FACT:
                self.error(where, "flag '%s', expected a word or neg=factuality" % flag)

    def check_evaluative(self):
        keys, total = {}, 0
        for where, row in self.table("evaluative"):
            total += 1
            self.unique(keys, row["phrase"], where, "phrase '%s'" % row["phrase"])
            if not row["kind"]:
                self.error(where, "no kind")
        return total


# Differences from the CAMEO table that are meant: (type, cameo). Sanctions are SANCTION (contract of the surface), a
# verdict is SANCTION convict, a signature is AGREE, a refusal that defies is REJECT and so on.
KNOWN = {("SANCTION", "163"), ("SANCTION", "116"), ("SANCTION", "172"), ("AGREE", "057"), ("RETREAT", "080"),
         ("RETREAT", "0831"), ("PROTEST", "145")}


def main(args):
    strict, unused = "--strict" in args, "--unused" in args
    args = [a for a in args if a not in ("--strict", "--unused")]
    if len(args) != 1 or args[0] in ("-h", "--help") or not os.path.isdir(args[0]):
        print(__doc__ if "-h" in args or "--help" in args else "usage: check_events.py PACK_FOLDER [--strict]",
              file=sys.stderr)
        return 0 if "-h" in args or "--help" in args else 2
    checker = Checker(args[0])
    checker.common()
    checker.check_classes()
    counts = checker.check_events()
    light, reports, cues, loaded = (checker.check_light(), checker.check_reports(), checker.check_cues(),
                                    checker.check_evaluative())
    for name in sorted(set(checker.classes) - set(checker.used)):
        if unused:
            checker.warn(checker.classes[name], "class '%s' is not used by events.tsv" % name)
    print("events %d (%s)" % (sum(counts.values()), " ".join("%s %d" % c for c in sorted(counts.items()))))
    print("light %d, reports %d, cues %d, evaluative %d, classes %d" %
          (light, reports, cues, loaded, len(checker.classes)))
    print("%d errors, %d warnings" % (checker.errors, checker.warnings))
    return 1 if checker.errors or strict and checker.warnings else 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
