#!/usr/bin/env python3
"""countries.src, metonyms.src -> entities.countries.tsv, names.countries.tsv, demonyms.countries.tsv.

usage: gen_countries.py [REFERENCE_FOLDER]   (the folder is only used to report names of CLDR that no row has)
"""
import json, os, re, sys
from common import *

PRE = {'ar': {'ج': 'جمهورية ', 'م': 'مملكة '}, 'en': {'R': 'Republic of ', 'K': 'Kingdom of '}}


def names(eid, lang, field, out, where):
    first = None
    for p in parts(field):
        kind, m = 'name', re.match(r'([osaxme?]):(.+)$', p)
        if m:
            kind, p = KINDS[m.group(1)], m.group(2).strip()
        if kind == 'official' and p in PRE[lang]:
            p = PRE[lang][p] + first
        if first is None:
            first = p
        out.append([eid, lang, p, kind, '', '', 'own'])
    if first is None:
        raise SystemExit('%s: %s has no %s name' % (where, eid, lang))
    return first


def main():
    ents, nms, dems, merged = [], [], [], []
    for no, r in src('countries.src'):
        r += [''] * (6 - len(r))
        eid, en, ar, den, dar, opt = r[:6]
        o = dict(x.split('=', 1) for x in opt.split())
        first = names(eid, 'en', en, nms, 'countries.src:%d' % no)
        names(eid, 'ar', ar, nms, 'countries.src:%d' % no)
        typ = o.get('type', 'country')
        ctry = o.get('country', '' if typ == 'region' else eid)
        ents.append([eid, typ, o.get('sector', ''), ctry, first, o.get('from', ''), o.get('to', ''), o.get('side', ''), 'own'])
        for lang, f in (('en', den), ('ar', dar)):
            for p in parts(f):
                a, _, pl = p.partition('=')
                dems.append([eid, lang, a.strip(), pl.strip(), 'own'])
    oids, onames = others()
    for no, r in src('metonyms.src'):
        eid, sec, ctry, en, ar = r[:5]
        hit = [onames.get(('en', n)) for n in parts(en)] + [onames.get(('ar', n)) for n in parts(ar)]
        hit = [x for x in hit if x and oids.get(x) not in (None, 'person', 'place', 'media')]
        if hit:                       # the body stands in the table of organisations: only further names are added
            mine = []
            names(hit[0], 'en', en, mine, '')
            names(hit[0], 'ar', ar, mine, '')
            nms += [n for n in mine if (n[1], n[2]) not in onames and tuple(n[:3]) not in THEIRS]
            merged.append((eid, hit[0]))
            continue
        first = names(eid, 'en', en, nms, 'metonyms.src:%d' % no)
        names(eid, 'ar', ar, nms, 'metonyms.src:%d' % no)
        ents.append([eid, 'organization', sec, ctry, first, '', '', ctry, 'own'])
    print('bodies that stand in the table of organisations already:', merged)
    # one row a name and entity; the first kind wins
    seen, u = set(), []
    for n in nms:
        k = (n[0], n[1], n[2])
        if k not in seen:
            seen.add(k)
            u.append(n)
    # names in no article and lower-case 'the ' stay as written
    write('entities.countries.tsv', 'id type sector country name from to side origin'.split(), ents)
    write('names.countries.tsv', 'id lang name kind from to origin'.split(), u)
    write('demonyms.countries.tsv', 'id lang adjective noun_pl origin'.split(), dems)
    if len(sys.argv) > 1:
        ml = load_mledoze(sys.argv[1])
        ids = {e[0] for e in ents}
        print('codes of mledoze without a row:', sorted(set(ml) - ids))


if __name__ == '__main__':
    main()
