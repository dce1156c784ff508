#!/usr/bin/env python3
"""leaders.src + REIGN + the Factbook's executive branch -> entities.leaders.tsv, names.leaders.tsv, offices.leaders.tsv.

usage: gen_leaders.py REFERENCE_FOLDER
REIGN gives the surname, the exact first day and the month of the end, up to March 2021 (an open end there stays at
2021-03 in the row of origin reign; what followed is a row of origin factbook or unverified)."""
import csv, re, sys
from common import *

STATE = {  # codes of REIGN (Correlates of War letters, some old) -> alpha-3
 'USA':'USA','CAN':'CAN','BHM':'BHS','CUB':'CUB','HAI':'HTI','DOM':'DOM','JAM':'JAM','TRI':'TTO','BAR':'BRB','DMA':'DMA','GRN':'GRD',
 'SLU':'LCA','SVG':'VCT','AAB':'ATG','SKN':'KNA','MEX':'MEX','BLZ':'BLZ','GUA':'GTM','HON':'HND','SAL':'SLV','NIC':'NIC','COS':'CRI',
 'PAN':'PAN','COL':'COL','VEN':'VEN','GUY':'GUY','SUR':'SUR','ECU':'ECU','PER':'PER','BRA':'BRA','BOL':'BOL','PAR':'PRY','CHL':'CHL',
 'ARG':'ARG','URU':'URY','UKG':'GBR','IRE':'IRL','NTH':'NLD','BEL':'BEL','LUX':'LUX','FRN':'FRA','MNC':'MCO','LIE':'LIE','SWZ':'CHE',
 'SPN':'ESP','AND':'AND','POR':'PRT','GMY':'DEU','GDR':'DDR','POL':'POL','AUS':'AUT','HUN':'HUN','CZE':'CSK','CZR':'CZE','SLO':'SVK',
 'ITA':'ITA','MLT':'MLT','ALB':'ALB','MNG':'MNE','MAC':'MKD','CRO':'HRV','YUG':'YUG','BOS':'BIH','KOS':'XKX','SLV':'SVN','GRC':'GRC',
 'CYP':'CYP','BUL':'BGR','MLD':'MDA','ROM':'ROU','RUS':'RUS','EST':'EST','LAT':'LVA','LIT':'LTU','UKR':'UKR','BLR':'BLR','ARM':'ARM',
 'GRG':'GEO','AZE':'AZE','FIN':'FIN','SWD':'SWE','NOR':'NOR','DEN':'DNK','ICE':'ISL','CAP':'CPV','STP':'STP','GNB':'GNB','EQG':'GNQ',
 'GAM':'GMB','MLI':'MLI','SEN':'SEN','BEN':'BEN','MAA':'MRT','NIR':'NER','CDI':'CIV','GUI':'GIN','BFO':'BFA','LBR':'LBR','SIE':'SLE',
 'GHA':'GHA','TOG':'TGO','CAO':'CMR','NIG':'NGA','GAB':'GAB','CEN':'CAF','CHA':'TCD','CON':'COG','DRC':'COD','UGA':'UGA','KEN':'KEN',
 'TAZ':'TZA','BUI':'BDI','RWA':'RWA','SOM':'SOM','DJI':'DJI','ETH':'ETH','ERI':'ERI','ANG':'AGO','MZM':'MOZ','ZAM':'ZMB','ZIM':'ZWE',
 'MAW':'MWI','SAF':'ZAF','NAM':'NAM','LES':'LSO','BOT':'BWA','SWA':'SWZ','MAG':'MDG','COM':'COM','MAS':'MUS','SEY':'SYC','MOR':'MAR',
 'ALG':'DZA','TUN':'TUN','LIB':'LBY','SUD':'SDN','SSD':'SSD','IRN':'IRN','TUR':'TUR','IRQ':'IRQ','EGY':'EGY','SYR':'SYR','LEB':'LBN',
 'JOR':'JOR','ISR':'ISR','SAU':'SAU','YAR':'YEM','YEM':'YEM','YPR':'YMD','KUW':'KWT','BAH':'BHR','QAT':'QAT','UAE':'ARE','OMA':'OMN',
 'AFG':'AFG','TKM':'TKM','TAJ':'TJK','KYR':'KGZ','UZB':'UZB','KZK':'KAZ','CHN':'CHN','MON':'MNG','PRK':'PRK','ROK':'KOR','JPN':'JPN',
 'IND':'IND','BHU':'BTN','PAK':'PAK','BNG':'BGD','MYA':'MMR','SRI':'LKA','MAD':'MDV','NEP':'NPL','THI':'THA','CAM':'KHM','LAO':'LAO',
 'DRV':'VNM','MAL':'MYS','SIN':'SGP','BRU':'BRN','PHI':'PHL','INS':'IDN','ETM':'TLS','AUL':'AUS','PNG':'PNG','NEW':'NZL','VAN':'VUT',
 'SOL':'SLB','KIR':'KIR','TUV':'TUV','FIJ':'FJI','TON':'TON','NAU':'NRU','MSI':'MHL','PAL':'PLW','FSM':'FSM','WSM':'WSM'}
PARLIAMENTARY = set('CAN BHS JAM TTO BRB DMA GRD LCA VCT ATG KNA BLZ GBR IRL NLD BEL LUX ESP DEU AUT HUN CZE CSK SVK ITA MLT ALB MNE MKD '
    'SVN GRC BGR EST LVA SWE NOR DNK ISL TUR IRQ ISR JPN IND BGD NPL THA KHM MYS SGP AUS PNG NZL VUT SLB TUV FJI TON WSM MUS LSO ETH '
    'CPV BTN XKX AND PAK'.split())
MONARCHS = set('SAU JOR KWT BHR QAT OMN BRN SWZ MCO LIE MAR'.split())
OFFICE = {'hos':'head_of_state','hog':'head_of_government','mon':'monarch','fm':'foreign_minister','dm':'defence_minister','sg':'secretary_general',
    'leader':'leader','spk':'speaker_of_parliament','cp':'crown_prince','vp':'vice_president','nsa':'national_security_adviser','cs':'chief_of_staff',
    'spokesman':'spokesperson','spy':'intelligence_chief','dfm':'deputy_foreign_minister','eu-council':'president','eu-commission':'president',
    'eu-hr':'high_representative','iaea':'director_general','who':'director_general','un-envoy':'special_envoy','unrwa':'commissioner_general',
    'ohchr':'high_commissioner','icc':'prosecutor'}
BODY = {'eu-council':'European Council','eu-commission':'European Commission','eu-hr':'EU','iaea':'IAEA','who':'WHO','un-envoy':'UN','unrwa':'UNRWA',
    'ohchr':'OHCHR','icc':'ICC'}
SG = {'UN':['guterres','waldheim','hammarskjold','annan','ki-moon','boutros-ghali','u-thant','trygve-lie','de-cuellar'],
    'NATO':['rutte','stoltenberg','fogh-rasmussen','solana'],'Arab League':['amr-moussa','elaraby','aboul-gheit'],'AU':['moussa-faki'],
    'GCC':['al-hajraf','al-budaiwi'],'OIC':['al-othaimeen','brahim-taha'],'CSTO':['stanislav-zas','tasmagambetov'],'SCO':['zhang-ming'],
    'PLO':['erekat','hussein-al-sheikh']}
HEADS = {'Hamas':['haniyeh','sinwar','meshaal','ahmed-yassin','mohammed-deif'],'Hezbollah':['nasrallah','naim-qassem'],
    'al-Qaeda':['bin-laden','zawahiri'],'Taliban':['mullah-omar','akhundzada'],'Houthis':['abdul-malik-al-houthi','al-mashat'],'PKK':['ocalan'],
    'SDF':['mazloum'],'Islamic Jihad':['nakhalah'],'PFLP':['habash','sa-adat','saadat'],'DFLP':['hawatmeh'],'Wagner':['prigozhin'],'RSF':['dagalo'],
    'Polisario Front':['brahim-ghali','mohamed-abdelaziz'],'Quds Force':['soleimani','qaani'],'IRGC':['salami'],'Sadrist Movement':['muqtada'],
    'Badr Organization':['al-amiri'],'Asaib Ahl al-Haq':['khazali'],'Ennahda':['ghannouchi'],'LNA':['haftar'],'STC':['zubaidi'],'CHP':['kilicdaroglu'],
    'Lebanese Forces':['geagea'],'PSP':['jumblatt'],'SPLM':['garang'],'PMF':['muhandis']}


# short names that are ordinary words or very common first names too
COMMON = set('كاميرون رئيسي المعلم غني صالح هادي سلام عون بري الشرع مشرف ظريف متقي نجاد عباس صدام الشاه حسين شي تياني كول سعيّد مصدق الصدر الزبيدي المهندس رحمن مدبولي '
             'Rice Bush Kim Xi Hadi Saleh Abbas Hussein Ghani Sadr Nasser Ashton'.split()) | {'the Shah'}


def months_end(m, y):
    return '%04d-%02d' % (y, m)


def known_ids():
    out = set()
    for f in glob.glob(os.path.join(WORLD, 'entities*.tsv')):
        for line in open(f, encoding='utf-8'):
            if not line.startswith('#') and line.strip():
                out.add(line.split('\t')[0])
    return out


def main(ref):
    ml = load_mledoze(ref)
    fb, _, _ = load_factbook(ref, ml)
    reign = {}
    with open(os.path.join(ref, 'leaders_reign_to_2021-03.csv'), encoding='utf-8', errors='replace') as f:
        for x in csv.DictReader(f):
            ey = int(x['eyear']) if x['eyear'].strip().isdigit() else None
            if ey is not None and ey < 1990:
                continue
            c = STATE.get(x['stateabb'].strip())
            if not c:
                continue
            frm = '%04d-%02d-%02d' % (int(x['syear']), int(x['smonth']), int(x['sdate']))
            reign.setdefault(c, []).append([x['leader'].strip(), frm, months_end(int(x['emonth']), ey) if ey else '', False])
    reign.setdefault('SUN', reign['RUS'])
    reign.setdefault('SRB', reign['YUG'])
    ids = known_ids()
    oids, onames = others()
    merged, theirs = set(), set()
    for f in glob.glob(os.path.join(WORLD, 'offices.*.tsv')):
        if '.leaders.' not in f:
            theirs |= {tuple(x.split('\t')[:2]) for x in open(f, encoding='utf-8') if x.strip() and x[0] != '#'}
    ents, nms, offs, seen = [], [], [], {}
    slugs = set()
    with open(os.path.join(HERE, 'leaders.src'), encoding='utf-8') as f:
        lines = [x.rstrip('\n') for x in f if x.strip() and not x.startswith('#')]
    nobody = set()

    def key_hit(k, row):
        lim = re.match(r'(.*?)([<>])(\d{4})$', k)
        if lim:
            return lim[1] == row[0] and (int(row[1][:4]) < int(lim[3])) == (lim[2] == '<')
        return k == row[0]

    def keys_of(opt):
        return [(m[1].strip(), m[2]) for m in re.finditer(r'@(.*?)(?:=(\w+))?(?=\s+@|\s+[a-z-]+:\d|$)', opt)]
    reserved = {}          # REIGN rows that a person claims by name: nobody gets them by surname
    for line in lines:
        r = line.lstrip('*').split(';') + ['', '', '']
        for k, o in keys_of(r[3].strip()):
            hits = [i for i, row in enumerate(reign.get(r[0], [])) if key_hit(k, row)]
            if not hits:
                print('no REIGN row:', r[0], k)
            reserved.setdefault(r[0], set()).update(hits)
    for line in lines:
        short = line.startswith('*')
        r = [x.strip() for x in line.lstrip('*').split(';')] + ['', '']
        c, en, ar, opt = r[0], parts(r[1]), parts(r[2]), r[3]
        full = en[0]
        pid = slug(full)
        cand = [onames.get(('en', n)) for n in en if ' ' in n] + [onames.get(('ar', n)) for n in ar[:1] if ' ' in n] + [pid if pid in oids else None]
        cand = [x for x in cand if x and oids.get(x) == 'person' and x not in slugs]
        if cand:
            pid = cand[0]
            merged.add(pid)          # entity row and main names stand in the table of groups
        if pid in slugs:
            pid += '-' + c.lower()
        assert pid not in slugs, pid
        slugs.add(pid)
        nat = c if re.fullmatch('[A-Z]{3}', c) else {'Chechnya': 'RUS', 'Northern Cyprus': 'CYP', 'Iraqi Kurdistan': 'IRQ'}.get(c, '')
        uniq = set()

        def name(lang, n, kind):
            lang = 'ar' if re.search('[\u0600-\u06ff]', n) else 'en'
            if (lang, n) not in uniq and (pid, lang, n) not in THEIRS:
                uniq.add((lang, n))
                nms.append([pid, lang, n, 'ambiguous' if kind == 'short' and n in COMMON else kind, '', '', 'own'])
        for lang, lst in (('en', en), ('ar', ar)):
            for i, n in enumerate(lst):
                if n.startswith('s:'):
                    name(lang, n[2:], 'short')
                else:
                    name(lang, n, 'name')
            if short:
                name(lang, re.sub(r' (Jr|Sr)\.?$', '', lst[0]).split()[-1], 'short')
        rows = []
        # explicit options
        keys = keys_of(opt)
        for m in re.finditer(r'(?:^|\s)([a-z-]+):(\d[\d-]*)\.\.(\d[\d-]*)?', opt):
            k = m[1]
            body = BODY.get(k, '')
            if k == 'sg':
                body = next((b for b, v in SG.items() if any(x in pid for x in v)), '')
            if k == 'leader':
                body = next((b for b, v in HEADS.items() if any(x in pid for x in v)), '')
            if body and body not in ids:
                nobody.add(body)
            intl = k in BODY or k == 'sg'
            rows.append([pid, OFFICE[k], body, '' if intl else nat, m[2], m[3] or '', 'unverified'])
        # REIGN
        words = [plain(n).split() for n in en]
        for i, row in enumerate(reign.get(c, [])):
            hit, off = False, None
            for k, o in keys:
                if key_hit(k, row):
                    hit, off = True, o
            toks = plain(row[0].replace('.', ' ')).split()
            if not hit and toks and not row[3] and i not in reserved.get(c, ()) and not keys:
                hit = any(set(t for t in toks if len(t) > 1) <= set(w) and toks[-1] == w[-1] or len(w) > 1 and set(w) <= set(toks) for w in words if w)
            if not hit:
                continue
            row[3] = True
            if off is None:
                off = 'mon' if c in MONARCHS else 'hog' if c in PARLIAMENTARY else 'hos'
                if c == 'IRQ' and row[1] < '2004-06-28':
                    off = 'hos'
                if (c == 'FIN' and row[1] >= '2000-03-01' and toks[-1] != 'ahtisaari' or c == 'HRV' and row[1] >= '2000-11' or c == 'ROU' and row[1] < '2004-12-29'
                        or c == 'MDA' and row[1] >= '2001-04' or c == 'GEO' and row[1] >= '2018-12-16' or c == 'ARM' and row[1] >= '2018-04'):
                    off = 'hog'            # REIGN follows the prime minister there
                if c in ('SRB', 'YUG') and row[1] >= '2004':
                    off = 'hog'
            if off == 'skip':
                continue
            rows.append([pid, OFFICE[off], '', 'SRB' if nat == 'YUG' and row[1] >= '2006-06' else nat, row[1], row[2] or '2021-03', 'reign'])
        # the Factbook's present office holders
        if c in fb:
            ex = fb[c][1].get('Government', {}).get('Executive branch', {})
            for k, o in (('chief of state', 'hos'), ('head of government', 'hog')):
                t = text(ex.get(k))[:260].split('represented by')[0].split('; former')[0].split('(Prime')[0]
                t = re.split(r'; note|note -', t)[0]
                pt = ' ' + plain(re.sub(r'\(.*?\)', ' ', t)) + ' '
                last = [w[-1] for w in words if w] + [' '.join(w[-2:]) for w in words if len(w) > 1]
                full_hit = any(all(' %s ' % x in pt for x in w) for w in words if len(w) > 1)
                caps = [plain(x) for x in re.findall(r"\b[A-ZÀ-Þ][A-ZÀ-Þ'’\-]{2,}(?:[A-ZÀ-Þ'’\- ]*[A-ZÀ-Þ])?", t)]
                first_ok = any(w and (' %s ' % w[0]) in pt for w in words)
                if not (full_hit or (first_ok and any(x in caps for x in last))):
                    continue
                m = re.search(r'since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})', t)
                if not m:
                    continue
                mon = {x[:3]: i + 1 for i, x in enumerate('January February March April May June July August September October November December'.split())}
                d = m[3] + ('-%02d' % mon[m[2][:3]] if m[2] else '') + ('-%02d' % int(m[1]) if m[1] and m[2] else '')
                oo = 'mon' if o == 'hos' and re.match(r'(King|Sultan|Amir|Emperor|Prince|Grand Duke)', t) else o
                rows.append([pid, OFFICE[oo], '', nat, d, '', 'factbook'])
        rows = [x for x in rows if not (x[6] == 'unverified' and (pid, x[1]) in theirs)]
        rows.sort(key=lambda x: (x[4], x[1]))
        u = []
        for x in rows:
            if x not in u:
                u.append(x)
        offs += u
        sec = 'GOV'
        if u and all(x[1] in ('secretary_general', 'president', 'director_general', 'special_envoy', 'high_commissioner', 'commissioner_general', 'high_representative', 'prosecutor') for x in u):
            sec = 'IGO'
        if u and all(x[1] == 'leader' for x in u):
            sec = 'REB' if any(x[2] for x in u) else 'PTY'
        if not u:
            sec = 'UNK'
        if pid in merged:
            continue
        ents.append([pid, 'person', sec, nat, full, '', '', next((x[2] for x in u if x[2]), '') if sec == 'REB' else '', 'own'])
    fix = {'alexei-navalny': 'OPP', 'juan-guaido': 'OPP', 'marine-le-pen': 'PTY', 'jamal-khashoggi': 'JRN', 'ali-al-sistani': 'REL', 'dalai-lama': 'REL',
           'fethullah-gulen': 'REL', 'mahatma-gandhi': 'PTY', 'theodor-herzl': 'PTY', 'muqtada-al-sadr': 'PTY', 'mohammed-dahlan': 'PTY', 'marwan-barghouti': 'PTY',
           'walid-jumblatt': 'PTY', 'samir-geagea': 'PTY', 'kemal-kilicdaroglu': 'PTY', 'rached-ghannouchi': 'PTY', 'saif-al-islam-gaddafi': 'PTY',
           'itamar-ben-gvir': 'GOV', 'bezalel-smotrich': 'GOV', 'anwar-gargash': 'GOV', 'riek-machar': 'GOV', 'ekrem-imamoglu': 'PTY', 'george-kordahi': 'JRN',
           'abu-obeida': 'REB', 'khalil-al-hayya': 'REB', 'ahmad-shah-massoud': 'REB', 'abdul-rashid-dostum': 'REB', 'sirajuddin-haqqani': 'GOV',
           'abdul-ghani-baradar': 'GOV', 'qasem-soleimani': 'MIL', 'esmail-qaani': 'MIL', 'hossein-salami': 'MIL', 'khalifa-haftar': 'MIL', 'kim-yo-jong': 'GOV',
           'maher-al-assad': 'MIL', 'dmitry-polyansky': 'GOV', 'vasily-nebenzya': 'GOV', 'andriy-yermak': 'GOV', 'bachir-gemayel': 'PTY', 'abdullah-abdullah': 'GOV',
           'dinmukhamed-kunaev': 'GOV', 'nawaf-salam': 'GOV', 'abbas-kamel': 'SPY', 'omar-suleiman': 'SPY', 'karim-massimov': 'SPY', 'ramzan-kadyrov': 'GOV',
           'masoud-barzani': 'GOV', 'nechirvan-barzani': 'GOV', 'ersin-tatar': 'GOV', 'rauf-denktas': 'GOV'}
    for e in ents:
        e[2] = fix.get(e[0], e[2])
        if e[1] == 'person' and e[2] == 'GOV' and any(o[0] == e[0] and o[1] in ('chief_of_staff',) for o in offs):
            e[2] = 'MIL'
    write('entities.leaders.tsv', 'id type sector country name from to side origin'.split(), ents)
    write('names.leaders.tsv', 'id lang name kind from to origin'.split(), nms)
    write('offices.leaders.tsv', 'person office body country from to origin'.split(), offs,
          ['office leader with a country and no body: who in fact leads the state, where REIGN follows that and not the formal office',
           'origin reign: an end 2021-03 may be the end of that source; the later row of the same person goes on from there',
           'origin factbook: in office at the edition of 2025'])
    left = [(c, x[0], x[1][:4]) for c, v in sorted(reign.items()) for x in v if not x[3] and c not in ('SMR', 'SUN', 'SRB')]
    print('REIGN rows used: %d, not used: %d' % (sum(x[3] for c, v in reign.items() if c not in ('SUN', 'SRB') for x in v), len(left)))
    if '-v' in sys.argv:
        print('; '.join('%s %s %s' % x for x in left))
    print('bodies without an entity:', sorted(nobody))
    print('persons that stand in the table of groups already: %d' % len(merged))
    nooff = [e[0] for e in ents if e[0] not in {o[0] for o in offs}]
    print('persons without an office (%d):' % len(nooff), ' '.join(nooff))


if __name__ == '__main__':
    main(sys.argv[1])
