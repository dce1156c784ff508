#!/usr/bin/env python3
"""World Factbook, mledoze/countries and facts.src -> facts.countries.tsv.   usage: gen_facts.py REFERENCE_FOLDER

Every figure keeps the year that it carries. Sums (West Bank + Gaza Strip; age groups) and ranks are computed here
and say so in `source`."""
import re, sys
from math import atan2, cos, degrees, radians, sin
from common import *
from gen_capitals import capitals

EDITION = 2025          # the Factbook in the reference folder carries estimates to 2025
MONTHS = dict((m, i + 1) for i, m in enumerate(
    'January February March April May June July August September October November December'.split()))
MULT = {'thousand': 1e3, 'million': 1e6, 'billion': 1e9, 'trillion': 1e12}
FAITH = {'Muslim': 'Islam', 'Christian': 'Christianity', 'Jewish': 'Judaism', 'Hindu': 'Hinduism', 'Buddhist': 'Buddhism',
         'Islam': 'Islam', 'Hinduism': 'Hinduism', 'Buddhism': 'Buddhism', 'Christianity': 'Christianity',
         'Roman Catholic': 'Roman Catholicism', 'Sunni Muslim': 'Islam', 'Catholic': 'Roman Catholicism', 'Orthodox': 'Orthodox Christianity', 'Protestant': 'Protestantism'}


def number(s):
    m = re.search(r'(-?\$?)([\d,]+(?:\.\d+)?)(?:\s+(thousand|million|billion|trillion))?', s or '')
    if not m:
        return None
    v = float(m[2].replace(',', '')) * MULT.get(m[3], 1)
    return int(round(v)) if v == int(v) or v >= 1000 else v


def year(s):
    m = re.search(r'\((?:[A-Z][a-z]+ )?(\d{4})(?: est\.)?\)', s or '')
    return m[1] if m else ''


def sector(a, b):
    """Direction of b seen from a, as one of eight."""
    (p, l), (q, k) = a, b
    d = radians(k - l)
    y = sin(d) * cos(radians(q))
    x = cos(radians(p)) * sin(radians(q)) - sin(radians(p)) * cos(radians(q)) * cos(d)
    w = (degrees(atan2(y, x)) + 360) % 360
    return w, 'N NE E SE S SW W NW'.split()[int((w + 22.5) // 45) % 8]


def main(ref):
    ml = load_mledoze(ref)
    fb, ix, missed = load_factbook(ref, ml)
    print('Factbook entries without a code here:', missed)
    names = {r[1][0]: parts(r[1][1])[0] for r in src('countries.src')}
    rows = []

    def add(s, p, o='', v='', u='', y='', source='', origin='factbook'):
        rows.append([s, p, o, v, u, y, source, origin])

    def fsrc(nm, what):
        return 'World Factbook %d, %s, %s' % (EDITION, nm, what)

    energy = {}
    for key, (nm, d) in sorted(fb.items()):
        c, sub = key.split(':')[0], ':' in key
        g, p, gov, eco = (d.get(k, {}) for k in ('Geography', 'People and Society', 'Government', 'Economy'))
        nm = html.unescape(nm)
        # area
        a = g.get('Area', {})
        t = text(a.get('total ') or a.get('total'))
        v = number(t)
        if v and not sub:
            add(c, 'area', 'total', v, 'km2', '', fsrc(nm, 'Area'))
            for k in ('land', 'water'):
                w = number(text(a.get(k)))
                if w:
                    add(c, 'area', k, w, 'km2', '', fsrc(nm, 'Area'))
            m = re.search(r';\s*([\d,]+) sq km', t)
            if m:
                add(c, 'area', 'metropolitan', number(m[1]), 'km2', '', fsrc(nm, 'Area'))
        # population
        t = text(p.get('Population', {}).get('total'))
        if number(t) and not sub:
            add(c, 'population', '', number(t), 'people', year(t), fsrc(nm, 'Population'))
        ages = p.get('Age structure', {})
        tot, ys = 0, set()
        for k in ('0-14 years', '15-64 years', '65 years and over'):
            t = text(ages.get(k))
            m = re.search(r'male ([\d,]+)\s*/\s*female ([\d,]+)', t)
            if m:
                tot += number(m[1]) + number(m[2])
                ys |= {year(t)} - {''}
        if tot and not sub and len(ys) == 1 and ys != {year(text(p.get('Population', {}).get('total')))}:
            add(c, 'population', '', tot, 'people', ys.pop(), fsrc(nm, 'Age structure') + ' (sum of the age groups, computed)')
        # borders
        b = g.get('Land boundaries', {})
        t = text(b.get('border countries'))
        if t and not sub:
            lens = {}
            t = re.sub(r'\((?!\d+\)|[A-Z])[^)]*\)', '', re.sub(r'\([^)]*\)', '', t))
            for x in re.split(r';', t):
                m = re.match(r'\s*(.+?)\s+([\d,.]+)\s*km', x)
                if not m:
                    if x.strip():
                        print('border?', c, x)
                    continue
                n = ix.get(plain(m[1].replace('border with ', '')))
                if not n:
                    print('border name?', c, m[1])
                    continue
                lens.setdefault(n, []).append(number(m[2]))
            for n, v in lens.items():
                add(c, 'border_length', n, round(sum(v), 1), 'km', '', fsrc(nm, 'Land boundaries') + (' (sum, computed)' if len(v) > 1 else ''))
                add(c, 'borders', n, '', '', '', fsrc(nm, 'Land boundaries'))
            v = number(text(b.get('total')))
            if v:
                add(c, 'border_length', '', v, 'km', '', fsrc(nm, 'Land boundaries, total'))
        if sub:
            continue
        # independence, founding
        t = text(gov.get('Independence')).split('notable earlier')[0]
        if re.match(r'no official|oldest', t) or c in ('JPN', 'DNK'):
            t = ''
        found = set()
        for x in re.split(r';', t):
            m = re.match(r'\s*(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})\b(.*)', x)
            if not m or (m[2] and m[2] not in MONTHS):
                continue
            dt = m[3] + ('-%02d' % MONTHS[m[2]] if m[2] else '') + ('-%02d' % int(m[1]) if m[1] and m[2] else '')
            rest = m[4]
            prop = 'founded' if re.search(r'establish|proclaim|founding|unification|unified|federation|union of|formed|Revolution|merger|created', rest) or c in ('ESP', 'ITA') else 'independence'
            if 'declared' in rest or 'independence' in rest:
                prop = 'independence'
            if 'recogni' in rest and found:
                continue
            found.add(prop)
            add(c, prop, '', dt, '', '', fsrc(nm, 'Independence'))
            if prop == 'founded' and 'independence' not in found and int(m[3]) >= 1900 and c not in ('CHN', 'ESP', 'ITA', 'DEU', 'IRN', 'SAU', 'TUR', 'AUS'):
                add(c, 'independence', '', dt, '', '', fsrc(nm, 'Independence'))
        # languages, religion, currency, government
        L = p.get('Languages', {})
        t = text(L.get('Languages') or L)
        for m in re.finditer(r'((?:[A-Z][\w’\'-]+ ?){1,4})(?:\([^()]*\) )?\((?:[^()]*\b)?official\b', t):
            n = m[1].strip()
            if n not in ('French or English',):
                add(c, 'language', n, 'official', '', '', fsrc(nm, 'Languages'))
        t = text(p.get('Religions'))
        top = re.sub(r'\(([^)]*official[^)]*)\)', ' official ', t)
        for x in re.split(r'[,;]', re.sub(r'\([^()]*\)', '', top))[:6]:
            m = re.match(r'\s*([A-Z][A-Za-z ]+?)\s+(official\s+)?(?:(<|>)?\s*([\d.]+)(?:\s*-\s*([\d.]+))?\s*%?)?\s*$', re.sub(r'\(\d{4}.*', '', x))
            if m and (m[4] or m[2]) and m[1].strip().lower() not in ('other', 'none'):
                n = re.sub(r'\s+official.*| more than.*', '', m[1].strip())
                n = FAITH.get(n, n)
                add(c, 'religion', n, '' if m[5] or m[3] else m[4] or '', '%' if m[4] and not m[5] and not m[3] else '', year(t), fsrc(nm, 'Religions'))
        t = text(gov.get('Government type'))
        if t:
            add(c, 'government', '', re.split(r';|, note', t)[0][:90], '', '', fsrc(nm, 'Government type'))
        t = text(eco.get('GDP (official exchange rate)'))
        if number(t):
            add(c, 'gdp', 'official', number(t), 'USD', year(t), fsrc(nm, 'GDP (official exchange rate)'))
        for k, x in (eco.get('Real GDP (purchasing power parity)') or {}).items():
            if k != 'note' and number(text(x)):
                add(c, 'gdp', 'PPP', number(text(x)), 'USD2021', year(text(x)), fsrc(nm, 'Real GDP (purchasing power parity)'))
        t = text(eco.get('Exchange rates', {}).get('Currency') if isinstance(eco.get('Exchange rates'), dict) else '')
        m = re.match(r'(.+?) \(([A-Z]{3})\) per US dollar', t)
        if m:
            add(c, 'currency', m[2], m[1], '', '', fsrc(nm, 'Exchange rates'))
        # oil, gas, coal
        e = d.get('Energy', {})
        for sec, k, what, prop, unit in (('Petroleum', 'total petroleum production', 'oil', 'production', 'bbl/day'),
                                         ('Petroleum', 'crude oil estimated reserves', 'oil', 'reserves', 'bbl'),
                                         ('Natural gas', 'production', 'gas', 'production', 'm3/year'),
                                         ('Natural gas', 'proven reserves', 'gas', 'reserves', 'm3'),
                                         ('Coal', 'production', 'coal', 'production', 't/year'),
                                         ('Coal', 'proven reserves', 'coal', 'reserves', 't')):
            t = text(e.get(sec, {}).get(k)) if isinstance(e.get(sec), dict) else ''
            v = number(t)
            if v:
                add(c, prop, what, v, unit, year(t), fsrc(nm, 'Energy, %s, %s' % (sec, k)))
                energy.setdefault((prop, what, sec, k), {})[c] = (v, year(t))
    # Palestine: sums of its two entries
    we, gz = fb['PSE:we'][1], fb['PSE:gz'][1]
    both = 'World Factbook %d, West Bank + Gaza Strip, ' % EDITION
    A = [number(text(x['Geography']['Area'].get('total ') or x['Geography']['Area'].get('total'))) for x in (we, gz)]
    P = [text(x['People and Society']['Population']['total']) for x in (we, gz)]
    add('PSE', 'area', 'total', sum(A), 'km2', '', both + 'Area (sum, computed)')
    add('PSE', 'area', 'West Bank', A[0], 'km2', '', 'World Factbook %d, West Bank, Area' % EDITION)
    add('PSE', 'area', 'Gaza Strip', A[1], 'km2', '', 'World Factbook %d, Gaza Strip, Area' % EDITION)
    add('PSE', 'population', '', sum(number(x) for x in P), 'people', year(P[0]), both + 'Population (sum, computed)')
    add('PSE', 'population', 'West Bank', number(P[0]), 'people', year(P[0]), 'World Factbook %d, West Bank, Population' % EDITION)
    add('PSE', 'population', 'Gaza Strip', number(P[1]), 'people', year(P[1]), 'World Factbook %d, Gaza Strip, Population' % EDITION)
    for n, v in (('ISR', 330 + 59), ('JOR', 148), ('EGY', 13)):
        add('PSE', 'borders', n, '', '', '', both + 'Land boundaries')
    for x, what in ((we, 'West Bank'), (gz, 'Gaza Strip')):
        for m in re.finditer(r'([A-Z][a-z]+) ([\d,]+) km', text(x['Geography']['Land boundaries']['border countries'])):
            if m[1] != 'Israel':
                add('PSE', 'border_length', ix[plain(m[1])], number(m[2]), 'km', '', 'World Factbook %d, %s, Land boundaries' % (EDITION, what))
    add('PSE', 'border_length', 'ISR', 389, 'km', '', both + 'Land boundaries (sum, computed)')
    # ranks computed over all countries
    for (prop, what, sec, k), vals in sorted(energy.items()):
        order = sorted(vals.items(), key=lambda x: (-x[1][0], x[0]))
        for i, (c, (v, y)) in enumerate(order[:60]):
            add(c, prop + '_rank', what, 1 + sum(1 for w in vals.values() if w[0] > v), '', y,
                'World Factbook %d, Energy, %s, %s: rank computed over %d countries' % (EDITION, sec, k, len(vals)))
    # mledoze as second source
    for c, x in sorted(ml.items()):
        nm = x['name']['common']
        s = 'mledoze/countries, %s, ' % nm
        if x.get('area', -1) and x['area'] > 0:
            add(c, 'area', 'total', x['area'], 'km2', '', s + 'area', 'mledoze')
        for n in x.get('borders', []):
            n = 'XKX' if n == 'UNK' else n
            add(c, 'borders', n, '', '', '', s + 'borders', 'mledoze')
        for n in x.get('languages', {}).values():
            add(c, 'language', n, '', '', '', s + 'languages', 'mledoze')
        cur = x.get('currencies') or {}
        for k, y in (cur.items() if isinstance(cur, dict) else []):
            add(c, 'currency', k, y['name'], '', '', s + 'currencies', 'mledoze')
    # capitals: only official ones (places.capitals.tsv holds names and coordinates)
    cap, pos = {}, {}
    for r in capitals(ref):
        if r[3] == 'capital' and r[4] not in cap:
            cap[r[4]], pos[r[4]] = r, (r[5], r[6])
        if r[3] == 'capital' and not (r[4] in ('ISR', 'PSE', 'ESH', 'NLD') and r[0].startswith(('tel-aviv', 'ramallah', 'laayoune', 'the-hague'))):
            nm = fb.get(r[4], (names.get(r[4], r[4]),))[0]
            o = 'factbook' if r[8] == 'factbook' else 'own'
            s = fsrc(nm, 'Capital') if o == 'factbook' else 'mledoze/countries, %s, capital' % names.get(r[4], r[4])
            add(r[4], 'capital', r[0], r[1].split('|')[0], '', '', s, o if o == 'factbook' else 'mledoze')
    # directions, where the two ways of reckoning agree within 60 degrees
    nb = {(r[0], r[2]) for r in rows if r[1] == 'borders'}
    for a, b in sorted(nb):
        if a not in ml or b not in ml:
            continue
        w1, s1 = sector(ml[a]['latlng'], ml[b]['latlng'])
        got = {s1}
        if a in pos and b in pos and '' not in pos[a] + pos[b]:
            w2, s2 = sector(pos[a], pos[b])
            if abs((w1 - w2 + 180) % 360 - 180) > 60:
                continue
            got.add(s2)
        for s in sorted(got):
            add(a, 'neighbour_direction', b, s, '', '', 'computed from the middle points of mledoze/countries and the capitals of the World Factbook', 'mledoze')
    # hand-written rows
    for no, r in src('facts.src'):
        r += [''] * (8 - len(r))
        if r[7] == '':
            raise SystemExit('facts.src:%d: no origin' % no)
        add(*r[:8])
    rows.sort(key=lambda r: (r[0], r[1]))
    write('facts.countries.tsv', 'subject property object value unit as_of source origin'.split(), rows)


if __name__ == '__main__':
    main(sys.argv[1])
