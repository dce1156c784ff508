"""Shared helpers of the generators of packs/world (standard library only)."""
import csv, glob, html, json, os, re, sys, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
WORLD = os.path.normpath(os.path.join(HERE, '..', '..', 'packs', 'world'))
KINDS = {'o': 'official', 's': 'short', 'a': 'acronym', 'x': 'old', 'm': 'metonym', 'e': 'evaluative', '?': 'ambiguous'}


def src(name):
    """Records of a hand-written .src file: fields separated by ' | '."""
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        for no, line in enumerate(f, 1):
            line = line.rstrip('\n')
            if not line.strip() or line.startswith('#'):
                continue
            yield no, [x.strip() for x in re.split(r'\s*\|(?:\s+|$)', line)]


def parts(field):
    return [x.strip() for x in field.split(' / ') if x.strip() and x.strip() != '-']


def write(name, header, rows, note=()):
    """Writes a table of packs/world; drops exact duplicates, keeps the order."""
    seen, n = set(), 0
    os.makedirs(WORLD, exist_ok=True)
    with open(os.path.join(WORLD, name), 'w', encoding='utf-8', newline='\n') as f:
        f.write('#' + '\t'.join(header) + '\n')
        for x in note:
            f.write('# ' + x + '\n')
        for r in rows:
            r = [str(x) for x in r]
            assert len(r) == len(header), (name, r)
            assert not any('\t' in x or '\n' in x for x in r), r
            k = tuple(r)
            if k in seen:
                continue
            seen.add(k)
            n += 1
            f.write('\t'.join(r) + '\n')
    print('%-28s %6d rows' % (name, n))


def plain(s):
    s = unicodedata.normalize('NFKD', html.unescape(s))
    s = ''.join(c for c in s if not unicodedata.combining(c)).lower()
    s = s.replace('’', "'").replace('&', 'and').replace('saint ', 'st ').replace('st. ', 'st ')
    s = re.sub(r'\(.*?\)', ' ', s)
    s = re.sub(r'[^a-z]+', ' ', s)
    return re.sub(r'^(the) ', '', s).strip()


def slug(s):
    s = unicodedata.normalize('NFKD', s)
    s = ''.join(c for c in s if not unicodedata.combining(c)).lower().replace('ı', 'i').replace('ø', 'o').replace('ł', 'l')
    s = re.sub(r"['’.]", '', s)
    return re.sub(r'[^a-z0-9]+', '-', s).strip('-')


def load_mledoze(ref):
    with open(os.path.join(ref, 'countries_mledoze.json'), encoding='utf-8') as f:
        d = json.load(f)
    for x in d:
        if x['cca3'] == 'UNK':
            x['cca3'] = 'XKX'
    return {x['cca3']: x for x in d}


# names of the Factbook that differ from every name of mledoze
FB_NAME = {
    'congo brazzaville': 'COG', 'congo republic of the': 'COG', 'republic of the congo': 'COG', 'drc': 'COD',
    'congo kinshasa': 'COD', 'congo democratic republic of the': 'COD', 'democratic republic of the congo': 'COD',
    'burma': 'MMR', 'cabo verde': 'CPV', 'cote d ivoire': 'CIV', 'gambia the': 'GMB', 'bahamas the': 'BHS',
    'dominican': 'DOM', 'czechia': 'CZE', 'turkey': 'TUR', 'turkey turkiye': 'TUR', 'holy see': 'VAT', 'kosovo': 'XKX',
    'eswatini': 'SWZ', 'timor leste': 'TLS', 'north macedonia': 'MKD', 'micronesia federated states of': 'FSM',
    'federated states of micronesia': 'FSM', 'virgin islands': 'VIR', 'british virgin islands': 'VGB',
    'st helena ascension and tristan da cunha': 'SHN', 'south georgia and south sandwich islands': 'SGS',
    'falkland islands': 'FLK', 'macau': 'MAC', 'curacao': 'CUW', 'st barthelemy': 'BLM', 'gaza strip': 'PSE', 'west bank': 'PSE',
    'us': 'USA', 'uk': 'GBR', 'north korea': 'PRK', 'south korea': 'KOR', 'korea north': 'PRK', 'korea south': 'KOR',
    'central african': 'CAF', 'french southern and antarctic lands': 'ATF', 'west bank and gaza strip': 'PSE',
    'cocos islands': 'CCK', 'svalbard': '', 'congo': 'COG', 'guinea': 'GIN', 'jersey': 'JEY', 'georgia': 'GEO',
    'gibraltar': 'GIB', 'spain ceuta': '', 'swaziland': 'SWZ', 'macedonia': 'MKD', 'st martin': 'MAF', 'sint maarten': 'SXM',
    'niger': 'NER', 'dominica': 'DMA', 'sudan': 'SDN', 'united arab emirates': 'ARE', 'uae': 'ARE', 'gaza': '', 'brunei': 'BRN',
}


def name_index(ml):
    ix = {}
    for k, x in ml.items():
        for n in [x['name']['common'], x['name']['official']]:
            ix.setdefault(plain(n), k)
    ix.update(FB_NAME)
    return ix


def load_factbook(ref, ml):
    """-> {alpha-3: (usual name, record)}; Gaza Strip and West Bank come apart as PSE:gz, PSE:we."""
    ix, out, missed = name_index(ml), {}, []
    for f in sorted(glob.glob(os.path.join(ref, 'factbook', '*', '*.json'))):
        b = os.path.basename(f)[:-5]
        if '/meta/' in f or '/oceans/' in f or '/world/' in f or b in ('ee', 'sv', 'um'):
            continue
        with open(f, encoding='utf-8') as h:
            d = json.load(h)
        cn = d.get('Government', {}).get('Country name', {})
        cs = text(cn.get('conventional short form'))
        nm = cs if cs and not cs.startswith('none') else text(cn.get('conventional long form'))
        if b in ('gz', 'we'):
            out['PSE:' + b] = ({'gz': 'Gaza Strip', 'we': 'West Bank'}[b], d)
            continue
        k = {'cn': 'COM', 'cg': 'COD', 'cf': 'COG', 'dr': 'DOM', 'ct': 'CAF', 'hk': 'HKG', 'wi': 'ESH', 'ax': '', 'dx': ''}.get(b) \
            or (ix.get(plain(nm)) if b not in ('ax', 'dx') else None)
        if not k:
            missed.append((b, nm))
            continue
        if k in out:
            missed.append((b, nm, 'second for ' + k))
            continue
        out[k] = (nm, d)
    return out, ix, missed


def text(x):
    if isinstance(x, dict):
        x = x.get('text', '')
    x = html.unescape(html.unescape(x or ''))
    x = re.sub(r'<[^>]+>', ' ', x)
    return re.sub(r'\s+', ' ', x).strip()


THEIRS = set()          # (id, language, name) of the sister tables, filled by others()


def others():
    """What the sister tables (orgs, groups) have: ids, and (language, name) -> id."""
    ids, nm = {}, {}
    THEIRS.clear()
    for f in sorted(glob.glob(os.path.join(WORLD, 'entities.*.tsv')) + glob.glob(os.path.join(WORLD, 'names.*.tsv'))):
        b = os.path.basename(f)
        if '.countries.' in b or '.leaders.' in b:
            continue
        for line in open(f, encoding='utf-8'):
            if line.startswith('#') or not line.strip():
                continue
            r = line.rstrip('\n').split('\t')
            if b.startswith('entities'):
                ids[r[0]] = r[1]
                nm.setdefault(('en', r[4]), r[0])
            else:
                THEIRS.add(tuple(r[:3]))
            if b.startswith('names') and len(r) > 3 and r[3] not in ('ambiguous', 'short', 'evaluative', 'acronym'):
                nm.setdefault((r[1], r[2]), r[0])
    return ids, nm
