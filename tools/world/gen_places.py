#!/usr/bin/env python3
"""Cities of world-cities.csv (GeoNames, names only) that packs/world/places*.tsv lack -> places.geonames.tsv.

usage: gen_places.py REFERENCE_FOLDER.  A city gets the coordinates of its province, which the tables have from elsewhere: they are
good to the size of a province, and rows of origin geonames are never used for distances. Left out: names that are also words of
the lexicon, names of persons, bodies and peoples, or of another place, and one-word names of English-speaking countries."""
import collections, csv, glob, json, os, re, sys, unicodedata
HERE = os.path.dirname(os.path.abspath(__file__))
PACKS = os.path.normpath(os.path.join(HERE, '..', '..', 'packs')) + '/'
COUNTRIES = set('''AFG DZA AGO ARM AZE BHR BGD BLR BEN BOL BIH BFA BDI KHM CMR CAF TCD CHL COL COG COD CIV CUB DJI ECU EGY SLV ERI ETH GAB GMB
    GEO GHA GTM GIN GNB HTI HND IDN IRN IRQ ISR JOR KAZ KEN KWT KGZ LAO LBN LBR LBY MDG MWI MYS MLI MRT MEX MDA MNG MAR MOZ MMR NPL NIC NER NGA OMN PAK
    PSE PAN PRY PER PHL POL ROU RUS RWA SAU SEN SRB SLE SOM SSD LKA SDN SYR TJK TZA THA TGO TUN TUR TKM UGA UKR ARE UZB VEN VNM YEM ZMB ZWE KOR PRK'''.split())


def fold(s):
    s = ''.join(c for c in unicodedata.normalize('NFD', s) if not unicodedata.combining(c)).lower()
    return re.sub(r"[`'\u2018\u2019]", '', s).replace('-', ' ').strip()


def bare(s):
    return re.sub(r'\s+', ' ', re.sub(r'\b(governorate|province|oblast|region|state|district|county|department|krai|kray|republic|wilaya|prefecture|muhafazat|al|el|ad|ash|az|ar|an|as|of)\b', '', fold(s))).strip()


def rows(pattern):
    for f in sorted(glob.glob(PACKS + pattern)):
        if 'geonames' in f:
            continue
        for line in open(f, encoding='utf-8'):
            if not line.startswith('#'):
                yield line.rstrip('\n').split('\t')


def main(ref):
    codes = {}
    for c in json.load(open(ref + '/countries_mledoze.json', encoding='utf-8')):
        for n in (c['name']['common'], c['name']['official'], *c.get('altSpellings', [])):
            codes[fold(n)] = c['cca3']
    codes.update({'russia': 'RUS', 'myanmar': 'MMR', 'cabo verde': 'CPV', 'ivory coast': 'CIV'})
    place, taken, ids = collections.defaultdict(dict), set(), set()
    for c in rows('world/places*.tsv'):
        if len(c) < 7:
            continue
        ids.add(c[0])
        for n in c[1].split('|'):
            taken.add(fold(n))
            place[c[4]].setdefault(bare(n), (c[5], c[6]))
    for pattern, column in (('world/names.*.tsv', 2), ('world/entities.*.tsv', 4), ('world/demonyms*.tsv', 2), ('en/lexicon/*.tsv', 0), ('en/actors/names.tsv', 1), ('en/claims/terms*.tsv', 2)):
        for c in rows(pattern):
            if len(c) > column:
                for n in c[column].split('|'):
                    taken.add(fold(n))
                    if pattern.startswith('world/names'):
                        taken.update(fold(n).split())
    out, seen = [], collections.Counter()
    cities = list(csv.DictReader(open(ref + '/world-cities.csv', encoding='utf-8')))
    for r in cities:
        seen[fold(r['name'])] += 1
    for r in cities:
        code, name = codes.get(fold(r['country'])), r['name'].strip()
        key = fold(name)
        if code not in COUNTRIES or key in taken or seen[key] > 1 or len(key) < 5 or not re.fullmatch(r"[A-Za-z\u00c0-\u024f' .-]+", name):
            continue
        at = place[code].get(bare(r['subcountry']))
        if not at or not r['subcountry']:
            continue
        slug = re.sub(r'[^a-z0-9]+', '-', key).strip('-')
        if slug in ids:
            slug += '-' + code.lower()
        if slug in ids:
            continue
        ids.add(slug)
        plain = ''.join(c for c in unicodedata.normalize('NFD', name) if not unicodedata.combining(c))
        plain = re.sub(r"[`']", '', plain)
        names = name.replace('`', '') if plain == name else f'{name}|{plain}'
        out.append('\t'.join([slug, names, '', 'town', code, at[0], at[1], '', 'geonames']))
    head = ['#id\tname_en\tname_ar\tkind\tcountry\tlat\tlon\tpopulation\torigin',
            '# precision: province. Made by tools/world/gen_places.py from the names of world-cities.csv (GeoNames, CC BY 4.0); lat and lon are those of the',
            '# province (of its chief town) in places.tsv; not used for distances. No Arabic names yet.']
    open(PACKS + 'world/places.geonames.tsv', 'w', encoding='utf-8').write('\n'.join(head + sorted(out)) + '\n')
    print(len(out), collections.Counter(x.split('\t')[4] for x in out).most_common(30))


if __name__ == '__main__':
    main(sys.argv[1])
