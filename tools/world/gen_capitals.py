#!/usr/bin/env python3
"""capitals.src + coordinates of the World Factbook -> places.capitals.tsv.   usage: gen_capitals.py REFERENCE_FOLDER"""
import re, sys
from common import *


def degrees(s):
    m = re.search(r'(\d+)\s+(\d+)\s*([NS]),\s*(\d+)\s+(\d+)\s*([EW])', s)
    if not m:
        return None
    a = int(m[1]) + min(int(m[2]), 59) / 60
    b = int(m[4]) + min(int(m[5]), 59) / 60
    return round(a if m[3] == 'N' else -a, 2), round(b if m[6] == 'E' else -b, 2)


def capitals(ref):
    ml = load_mledoze(ref)
    fb, _, _ = load_factbook(ref, ml)
    rows, seen, theirs = [], set(), {}
    f = os.path.join(WORLD, 'places.tsv')
    if os.path.exists(f):
        for line in open(f, encoding='utf-8'):
            x = line.rstrip('\n').split('\t')
            if len(x) > 4 and x[0][0] != '#':
                theirs[x[0]] = (x[3], x[4])
    for no, r in src('capitals.src'):
        r += [''] * (5 - len(r))
        c, en, ar, ll, note = r[:5]
        en, ar = parts(en), parts(ar)
        pos, origin = None, 'own'
        if ll:
            pos = tuple(float(x) for x in ll.split(','))
        elif c in fb:
            pos = degrees(text(fb[c][1].get('Government', {}).get('Capital', {}).get('geographic coordinates')))
            origin = 'factbook'
        if not pos:
            print('no coordinates:', c, en[0])
            pos = ('', '')
        pid = slug(en[0])
        if pid in seen:
            pid += '-' + c.lower()
        seen.add(pid)
        first = c not in {x[4] for x in rows}
        ctry = {'Abkhazia': 'GEO', 'South Ossetia': 'GEO', 'Northern Cyprus': 'CYP', 'Transnistria': 'MDA', 'Somaliland': 'SOM',
                'Donetsk PR': 'UKR', 'Luhansk PR': 'UKR', 'Nagorno-Karabakh': 'AZE', 'Chechnya': 'RUS', 'Iraqi Kurdistan': 'IRQ',
                'Rojava': 'SYR', 'Scotland': 'GBR', 'Wales': 'GBR', 'Northern Ireland': 'GBR', 'YMD': 'YEM', 'VDR': 'VNM'}.get(c, c)
        kind = 'capital' if not note or c in ('PSE', 'MMR', 'NLD', 'ESH', 'BOL') and first or pid in ('sucre', 'cape-town', 'the-hague', 'tel-aviv') else 'city'
        if ctry != c:
            kind = 'city'
        if pid in theirs and theirs[pid][1] == ctry:
            if kind == 'city' or theirs[pid][0] == 'capital' or pid in ('laayoune',):
                continue              # stands in places.tsv
            if kind == 'capital':
                pid = {'ramallah': 'ramallah-seat', 'tel-aviv': 'tel-aviv-seat'}.get(pid, pid + '-' + ctry.lower())
        elif pid in theirs:
            pid += '-' + ctry.lower()
        rows.append([pid, '|'.join(en), '|'.join(ar), kind, ctry, pos[0], pos[1], '', origin])
    return rows


if __name__ == '__main__':
    write('places.capitals.tsv', 'id name_en name_ar kind country lat lon population origin'.split(), capitals(sys.argv[1]),
          ['lat, lon: World Factbook, Government, Capital (degrees and minutes made decimal); rows of origin own from general knowledge',
           'kind city: former, second or regional capitals, which do not stand for a government by rule'])
