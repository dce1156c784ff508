#!/usr/bin/env python3
"""Checks the tables of packs/world.   usage: check_world.py [REFERENCE_FOLDER]   exit status 1 if something is wrong

With the reference folder the Arabic and English names of CLDR are compared too."""
import collections, glob, json, os, re, sys
from common import WORLD, load_mledoze

COLS = {'entities': 'id type sector country name from to side origin', 'names': 'id lang name kind from to origin',
        'demonyms': 'id lang adjective noun_pl origin', 'members': 'org member from to role origin',
        'offices': 'person office body country from to origin', 'places': 'id name_en name_ar kind country lat lon population origin',
        'facts': 'subject property object value unit as_of source origin'}
TYPES = set('country region organization armed_group party movement media person group place'.split())
SECTORS = set('GOV MIL COP SPY JUD LEG PTY OPP PRM REB UAF CVL SOC ELI JRN MED EDU REL BUS AGR LAB CRM REF UNK PRE IGO NGO ISM IMG MNC'.split()) | {''}
KINDS = set('name official short acronym old metonym evaluative ambiguous'.split())
PLACES = set('capital city town province region base strait river sea mountain island camp border_crossing facility'.split())
ORIGINS = set('own factbook mledoze reign geonames cldr plover cited unverified'.split())
PROPS = set('''area population border_length borders capital founded independence language currency religion government gdp production_rank
    reserves_rank production reserves hosts direction date_of name neighbour_direction'''.split())
DATE = re.compile(r'^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$')
bad, warn = [], []


def table(kind):
    for f in sorted(glob.glob(os.path.join(WORLD, kind + '.tsv')) + glob.glob(os.path.join(WORLD, kind + '.*.tsv'))):
        head = COLS[kind].split()
        for no, line in enumerate(open(f, encoding='utf-8'), 1):
            line = line.rstrip('\n')
            at = '%s:%d' % (os.path.basename(f), no)
            if no == 1:
                if line.lstrip('#').split('\t') != head:
                    bad.append('%s: header %r' % (at, line))
                continue
            if not line.strip() or line.startswith('#'):
                continue
            r = line.split('\t')
            if len(r) > len(head):
                bad.append('%s: %d columns, expected %d' % (at, len(r), len(head)))
                continue
            r += [''] * (len(head) - len(r))
            if r[-1] not in ORIGINS:
                warn.append('%s: origin %r' % (at, r[-1]))
            if any(x != x.strip() or '  ' in x for x in r):
                bad.append('%s: blanks at an end or doubled: %r' % (at, line))
            yield at, dict(zip(head, r)), line


def dates(at, *ds):
    for d in ds:
        if d and not DATE.match(d):
            bad.append('%s: date %r' % (at, d))
    if len(ds) == 2 and all(ds) and ds[1] < ds[0][:len(ds[1])]:
        bad.append('%s: ends %s before it begins %s' % (at, ds[1], ds[0]))


def fold(s):
    s = re.sub('[\u064b-\u0652\u0640]', '', s)
    return re.sub('[أإآٱ]', 'ا', s).replace('ى', 'ي').replace('ة', 'ه')


ents, counts = {}, collections.Counter()
for at, r, line in table('entities'):
    counts[at.split(':')[0]] += 1
    if r['id'] in ents:
        bad.append('%s: id %s also at %s' % (at, r['id'], ents[r['id']]['at']))
    ents[r['id']] = dict(r, at=at)
    if r['type'] not in TYPES:
        bad.append('%s: type %r' % (at, r['type']))
    if r['sector'] not in SECTORS:
        bad.append('%s: sector %r' % (at, r['sector']))
    if not r['name']:
        bad.append('%s: no name' % at)
    dates(at, r['from'], r['to'])
for e in ents.values():
    if e['country'] and e['country'] not in ents:
        bad.append('%s: country %s is no entity' % (e['at'], e['country']))
places = {}
for at, r, line in table('places'):
    counts[at.split(':')[0]] += 1
    if r['id'] in places:
        bad.append('%s: place %s also at %s' % (at, r['id'], places[r['id']]))
    places[r['id']] = at
    if r['kind'] not in PLACES:
        bad.append('%s: kind %r' % (at, r['kind']))
    if r['country'] and any(c not in ents for c in r['country'].split('|')):
        bad.append('%s: country %r' % (at, r['country']))
    for k, m in (('lat', 90), ('lon', 180)):
        if r[k] and not (-m <= float(r[k]) <= m):
            bad.append('%s: %s %s' % (at, k, r[k]))
seen, by, folded = {}, collections.defaultdict(set), collections.defaultdict(set)
for at, r, line in table('names'):
    counts[at.split(':')[0]] += 1
    if r['id'] not in ents:
        bad.append('%s: %s is no entity' % (at, r['id']))
    if r['kind'] not in KINDS:
        bad.append('%s: kind %r' % (at, r['kind']))
    if r['lang'] not in ('ar', 'en'):
        bad.append('%s: lang %r' % (at, r['lang']))
    if r['lang'] == 'ar' and not re.search('[\u0600-\u06ff]', r['name']):
        bad.append('%s: %r is not Arabic' % (at, r['name']))
    if r['lang'] == 'en' and re.search('[\u0600-\u06ff]', r['name']):
        bad.append('%s: %r is Arabic' % (at, r['name']))
    k = (r['id'], r['lang'], r['name'])
    if k in seen:
        bad.append('%s: duplicate of %s' % (at, seen[k]))
    seen[k] = at
    by[r['id'], r['lang']].add(r['name'])
    if r['kind'] in ('name', 'official', 'old') and r['id'] in ents:
        folded[r['lang'], fold(r['name']) if r['lang'] == 'ar' else r['name']].add(r['id'])
    dates(at, r['from'], r['to'])
for (lang, n), v in sorted(folded.items()):
    if len(v) > 1:
        warn.append('name %s %r stands for %s (none marked ambiguous)' % (lang, n, ', '.join(sorted(v))))
dem, seen = collections.defaultdict(set), set()
for at, r, line in table('demonyms'):
    counts[at.split(':')[0]] += 1
    if r['id'] not in ents:
        bad.append('%s: %s is no entity' % (at, r['id']))
    k = (r['id'], r['lang'], r['adjective'])
    if k in seen:
        bad.append('%s: duplicate' % at)
    seen.add(k)
    dem[r['id'], r['lang']].add(r['adjective'])
for e in ents.values():
    for lang in ('ar', 'en'):
        if not by[e['id'], lang]:
            (bad if '.countries.' in e['at'] or '.leaders.' in e['at'] else warn).append('%s: %s has no %s name' % (e['at'], e['id'], lang))
        if e['type'] == 'country' and not dem[e['id'], lang]:
            bad.append('%s: %s has no %s demonym' % (e['at'], e['id'], lang))
lines = set()
for kind in ('members', 'offices', 'facts'):
    for at, r, line in table(kind):
        counts[at.split(':')[0]] += 1
        if (kind, line) in lines:
            bad.append('%s: duplicate row' % at)
        lines.add((kind, line))
        if kind == 'members':
            for k in ('org', 'member'):
                if r[k] not in ents:
                    bad.append('%s: %s %s is no entity' % (at, k, r[k]))
            dates(at, r['from'], r['to'])
        elif kind == 'offices':
            if ents.get(r['person'], {}).get('type') != 'person':
                bad.append('%s: %s is no person' % (at, r['person']))
            if r['body'] and r['body'] not in ents:
                bad.append('%s: body %s is no entity' % (at, r['body']))
            if r['country'] and r['country'] not in ents:
                bad.append('%s: country %s is no entity' % (at, r['country']))
            dates(at, r['from'], r['to'])
        else:
            if r['property'] not in PROPS:
                warn.append('%s: property %s' % (at, r['property']))
            if r['subject'] not in ents and r['property'] != 'date_of':
                warn.append('%s: subject %s is no entity' % (at, r['subject']))
            if r['property'] in ('borders', 'neighbour_direction') and r['object'] not in ents:
                bad.append('%s: object %s is no entity' % (at, r['object']))
            if r['property'] in ('area', 'population', 'border_length', 'gdp', 'production_rank', 'reserves_rank') and not re.match(r'^[\d.]+$', r['value']):
                bad.append('%s: value %r' % (at, r['value']))
            if r['property'] in ('date_of', 'founded', 'independence'):
                dates(at, r['value'])
            if r['origin'] not in ('unverified',) and not r['source']:
                bad.append('%s: no source' % at)
            if r['as_of']:
                dates(at, r['as_of'])
if len(sys.argv) > 1:
    ml = load_mledoze(sys.argv[1])
    two = {x['cca2']: k for k, x in ml.items()}
    for lang in ('ar', 'en'):
        f = os.path.join(sys.argv[1], 'cldr_territories_%s.json' % lang)
        d = json.load(open(f, encoding='utf-8'))['main'][lang]['localeDisplayNames']['territories']
        for k, n in sorted(d.items()):
            c = two.get(k[:2])
            if not c or len(k) > 2 and k[2] != '-':
                continue
            norm = fold if lang == 'ar' else lambda s: s.replace('’', "'").replace('St. ', 'Saint ').replace('&', 'and').lower()
            if norm(n) not in {norm(x) for x in by[c, lang]}:
                warn.append('CLDR %s %s: %r is no name of %s' % (lang, k, n, c))
for x in warn:
    print('note:', x)
for x in bad:
    print('WRONG:', x)
for k, v in sorted(counts.items()):
    print('%-28s %6d' % (k, v))
print('%d wrong, %d notes' % (len(bad), len(warn)))
sys.exit(1 if bad else 0)
