#!/usr/bin/env python3
"""Checks packs/ar/lexicon/verbs*.tsv and particles*.tsv.

usage: check_ar_verbs.py [PACK_LEXICON_DIR [CAMEL_PV_CSV]]

Errors (exit 1): columns, root letters, form, vowels (form 1 and only there), masdar letters, flags, gloss, origin,
duplicate rows; for particles: columns, tag, features, duplicates.
With a CAMeL morph PV table as second argument, prints which share of its root+form pairs the rows cover. Only the
number is printed: the table is a measure, nothing is taken from it."""
import collections
import csv
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LETTERS = set('ءبتثجحخدذرزسشصضطظعغفقكلمنهوي')
FORMS3 = {str(i) for i in range(1, 11)}
FORMS4 = {'q1', 'q2', 'q4'}
VOWELS = {'au', 'ai', 'aa', 'ia', 'ii', 'uu'}
FLAGS = set('tipsa')
TAGS = {'ADP', 'CCONJ', 'SCONJ', 'PART', 'PRON', 'DET', 'ADV', 'AUX', 'INTJ'}
WORD = re.compile(r'^[ء-غف-ي\u0651]+$')
FORM = re.compile(r'^(ـ?[ء-غف-ي\u064b-\u0652]+( [ء-غف-ي\u064b-\u0652]+)*|[ء-غف-ي]+ـ)$')
FEATURE = re.compile(r'^[A-Z][A-Za-z]*=[^\s=]+$')

errors = []


def err(path, n, what):
    errors.append('%s:%d: %s' % (os.path.basename(path), n, what))


def rows(directory, name, header):
    for path in sorted(glob.glob(os.path.join(directory, name + '.tsv')) +
                       glob.glob(os.path.join(directory, name + '.*.tsv'))):
        with open(path, encoding='utf-8', newline='') as f:
            for n, line in enumerate(f, 1):
                if not line.endswith('\n'):
                    err(path, n, 'no newline at end of file')
                line = line.rstrip('\n')
                if n == 1:
                    if line != '#' + '\t'.join(header):
                        err(path, n, 'header is %r, expected #%s' % (line, ' '.join(header)))
                    continue
                if not line or line.startswith('#'):
                    continue
                if '\r' in line or line != line.strip(' '):
                    err(path, n, 'carriage return or blanks at the ends')
                cols = line.split('\t')
                if len(cols) != len(header):
                    err(path, n, '%d columns, expected %d' % (len(cols), len(header)))
                    continue
                yield path, n, cols


def check_verbs(directory):
    seen = {}
    count = collections.Counter()
    for path, n, (root, form, vowels, masdar, flags, gloss, origin) in rows(
            directory, 'verbs', ['root', 'form', 'vowels', 'masdar', 'flags', 'gloss', 'origin']):
        bad = [c for c in root if c not in LETTERS]
        if bad:
            err(path, n, 'root %s holds %s: expected consonants, ء for hamza, و or ي for weak letters' % (root, ' '.join(bad)))
        if form in FORMS3:
            if len(root) != 3:
                err(path, n, 'root %s: form %s needs three letters' % (root, form))
        elif form in FORMS4:
            if len(root) != 4:
                err(path, n, 'root %s: form %s needs four letters' % (root, form))
        else:
            err(path, n, 'form %s: expected 1-10, q1, q2, q4' % form)
        if form == '1' and vowels not in VOWELS:
            err(path, n, 'vowels %r of form 1: expected one of %s' % (vowels, ' '.join(sorted(VOWELS))))
        if form != '1' and vowels:
            err(path, n, 'vowels %r: only form 1 has them' % vowels)
        if form == '1' and not masdar:
            err(path, n, 'form 1 without masdar')
        for m in masdar.split('|') if masdar else []:
            parts = m.split(':')
            if len(parts) > 2 or not all(WORD.match(p) for p in parts):
                err(path, n, 'masdar %r: expected an Arabic word or word:plural' % m)
        if len(set(masdar.split('|'))) != len(masdar.split('|')):
            err(path, n, 'a masdar stands twice')
        if not set(flags) <= FLAGS or len(set(flags)) != len(flags) or not set(flags) & set('ti'):
            err(path, n, 'flags %r: expected t and/or i, perhaps p, s, a' % flags)
        if not gloss or not gloss.isascii():
            err(path, n, 'gloss %r: expected one to three English words' % gloss)
        if not origin:
            err(path, n, 'no origin')
        # s (middle weak letter stays: استجوب) is another verb than the same form without it (استجاب)
        key = (root, form, vowels, 's' in flags)
        if key in seen:
            err(path, n, '%s form %s %s stands already at %s' % (root, form, vowels, seen[key]))
        seen[key] = '%s:%d' % (os.path.basename(path), n)
        count[form] += 1
    print('verbs: %d rows, %d roots' % (len(seen), len({k[0] for k in seen})))
    print('  ' + '  '.join('%s: %d' % (f, count[f]) for f in
                           sorted(count, key=lambda f: (f[0] == 'q', len(f), f))))
    return {(r, f) for r, f, _, _ in seen}


def check_particles(directory):
    seen = set()
    tags = collections.Counter()
    for path, n, (form, lemma, tag, features, origin) in rows(
            directory, 'particles', ['form', 'lemma', 'tag', 'features', 'origin']):
        if not FORM.match(form):
            err(path, n, 'form %r: expected Arabic words, or ـ at one end of an attached one' % form)
        if not lemma or tag not in TAGS or not origin:
            err(path, n, 'lemma, tag (%s) or origin missing or wrong: %r' % (' '.join(sorted(TAGS)), tag))
        names = [f.split('=')[0] for f in features.split()]
        if not all(FEATURE.match(f) for f in features.split()) or len(names) != len(set(names)):
            err(path, n, 'features %r: expected Key=Value separated by blanks, each key once' % features)
        if (form, lemma, tag) in seen:
            err(path, n, '%s %s %s stands twice' % (form, lemma, tag))
        seen.add((form, lemma, tag))
        tags[tag] += 1
    print('particles: %d rows' % len(seen))
    print('  ' + '  '.join('%s: %d' % t for t in sorted(tags.items())))


BW = dict(zip(">btvjHxd*rzs$SDTZEgfqklmnhwy'|&}<", 'ءبتثجحخدذرزسشصضطظعغفقكلمنهويءءءءء'))


def camel_pair(row):
    root = ''.join(BW.get(c, '?') for c in row['ROOT'].split('.'))
    size = len(root)
    p = re.sub(r'-[aiu]$', '', row['PATTERN_LEMMA'])
    if size == 4:
        form = 'q2' if p.startswith('ta') else 'q4' if p.startswith('{i') else 'q1'
    elif size != 3:
        return None
    elif p.startswith('{isota'):
        form = '10'
    elif p.startswith('{ino1'):
        form = '7'
    elif re.match(r'\{i1o2a3~$', p):
        form = '9'
    elif re.match(r'\{i1o(ta|Ta|da|tA|tu)|\{i1~|\{it~|\{i1otaA', p):
        form = '8'
    elif p.startswith('{i'):
        return None                                  # forms 11-15: not in the format
    elif re.match(r'ta(1aA2|\|2|12a|12)', p):
        form = '6'
    elif p.startswith('ta1a') or p.startswith('ta1'):
        form = '5'
    elif re.match(r'1a[2y]~a|>a2~a', p):
        form = '2'
    elif re.match(r'1aA2', p):
        form = '3'
    elif re.match(r'>a1|\|2', p):
        form = '4'
    elif p.startswith('12a'):
        form = '4/3'
    elif p.startswith('1a') or p.startswith('13') or p.startswith('|3') or p.startswith('1u'):
        form = '1'
    else:
        return None
    return root, form


def fold(root):
    return root.replace('ي', 'و')


def coverage(table, have):
    want = set()
    skipped = 0
    with open(table, encoding='utf-8-sig', newline='') as f:
        for row in csv.DictReader(f):
            pair = camel_pair(row)
            if pair is None or '?' in pair[0]:
                skipped += 1
            else:
                want.add(pair)
    exact = folded = 0
    loose = {(fold(r), f) for r, f in have}
    by = collections.defaultdict(lambda: [0, 0])
    for root, form in want:
        forms = form.split('/')
        exact += any((root, f) in have for f in forms)
        hit = any((fold(root), f) in loose for f in forms)
        folded += hit
        by[form][0] += hit
        by[form][1] += 1
    roots = {fold(r) for r, _ in want}
    covered = roots & {fold(r) for r, _ in have}
    print('measure: %d root+form pairs; covered %d = %.1f %% (و and ي in roots held equal: %d = %.1f %%); rows not in the format: %d'
          % (len(want), exact, 100.0 * exact / len(want), folded, 100.0 * folded / len(want), skipped))
    print('measure: roots %d, covered %d = %.1f %%' % (len(roots), len(covered), 100.0 * len(covered) / len(roots)))
    print('  ' + '  '.join('%s: %d/%d' % (f, by[f][0], by[f][1]) for f in
                           sorted(by, key=lambda f: (f[0] == 'q', len(f), f))))
    outside = len({(fold(r), f) for r, f in have} - {(fold(r), g) for r, f in want for g in f.split('/')})
    print('measure: %d of our pairs are not in the table' % outside)


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, '..', '..', 'packs', 'ar', 'lexicon')
    have = check_verbs(directory)
    check_particles(directory)
    if len(sys.argv) > 2:
        coverage(sys.argv[2], have)
    for e in errors:
        print(e)
    print('%d errors' % len(errors))
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
