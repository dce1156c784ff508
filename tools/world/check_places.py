#!/usr/bin/env python3
"""Coordinates of packs/world/places*.tsv against what is plausible.   usage: check_places.py   exit status 1 if one is not

A place lies no farther from the capital of its country than a long country of that area allows, and not nearer to the
capital of a state that is no neighbour than an eighth of the distance to its own (Malmo and Vladivostok are). Reads no reference folder."""
import collections, glob, math, os, sys
PACKS = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'packs', 'world')) + '/'
FAR = set('USA FRA CHL PRT ESP ECU KIR NZL AUS DNK NOR GBR NLD FSM PYF MUS SYC IND'.split())  # islands or regions far off


def rows(pattern):
    for f in sorted(glob.glob(PACKS + pattern)):
        for no, line in enumerate(open(f, encoding='utf-8'), 1):
            if not line.startswith('#'):
                yield os.path.basename(f) + ':%d' % no, line.rstrip('\n').split('\t')


def km(a, b):
    (p, q), (r, s) = [[math.radians(x) for x in z] for z in (a, b)]
    return 6371 * 2 * math.asin(math.sqrt(math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2))


capital, area, borders = {}, {}, collections.defaultdict(set)
for _, c in rows('places*.tsv'):
    if len(c) > 6 and c[3] == 'capital':
        capital.setdefault(c[4], (float(c[5]), float(c[6])))
for _, c in rows('facts*.tsv'):
    if c[1] == 'area' and c[2] == 'total':
        area.setdefault(c[0], float(c[3]))
    if c[1] == 'borders':
        borders[c[0]].add(c[2])
bad = n = 0
for at, c in rows('places*.tsv'):
    if len(c) < 7 or c[4] not in capital or c[4] not in area or c[3] in ('sea', 'strait', 'river', 'mountain', 'region'):
        continue
    n += 1
    here, own = (float(c[5]), float(c[6])), c[4]
    d = km(here, capital[own])
    limit = 2.7 * math.sqrt(area[own]) + 150
    if d > limit and own not in FAR:
        bad += 1
        print('%s: %s is %d km from the capital of %s (at most %d)' % (at, c[0], d, own, limit))
        continue
    for other, place in capital.items():
        if other != own and other not in borders[own] and area.get(other, 0) > 20000 and own not in FAR and km(here, place) < 0.12 * d and d > 300 and c[0] not in ('malmo', 'vladivostok'):
            bad += 1
            print('%s: %s of %s is %d km from the capital of %s' % (at, c[0], own, km(here, place), other))
            break
print('%d places checked, %d implausible' % (n, bad))
sys.exit(1 if bad else 0)
