#!/bin/bash
# shares.sh BINARY PACK FILES... : share of each module and symbol in the samples of one run (innermost inlined frame outward: first src/ module)
b=$1; p=$2; shift 2
BIRUNI_PACK=$p perf record -F 4000 -o /tmp/biruni-perf.s -q $b read --json -j1 -q "$@" >/dev/null 2>&1
perf script -i /tmp/biruni-perf.s -F ip,sym,dso 2>/dev/null > /tmp/biruni-perf.txt
python3 - $b <<'P'
import sys,subprocess,re,collections
b=sys.argv[1]
rows=[]
for l in open('/tmp/biruni-perf.txt'):
    m=re.match(r'\s*([0-9a-f]+) (.*) \((.*)\)',l)
    if m: rows.append(m.groups())
base=None
out=collections.Counter(); tot=len(rows)
ips=sorted({r[0] for r in rows if r[2].endswith('/biruni')})
import os
# PIE: mapping base through symbols
nm={}
for l in subprocess.run(['nm','-C',b],capture_output=True,text=True).stdout.splitlines():
    pass
mm=subprocess.run("perf script -i /tmp/biruni-perf.s --show-mmap-events 2>/dev/null | grep -m1 'r-xp.*biruni$'",shell=True,capture_output=True,text=True).stdout
m=re.search(r'\[0x([0-9a-f]+)\(0x[0-9a-f]+\) @ (0x[0-9a-f]+|0)',mm); start=int(m.group(1),16); off=int(m.group(2),16)
ph=subprocess.run(['readelf','-lW',b],capture_output=True,text=True).stdout
for l in ph.splitlines():
    f=l.split()
    if f and f[0]=='LOAD' and 'E' in l.split('0x')[-2]+l: 
        if int(f[1],16)==off: va=int(f[2],16)
adj=lambda ip: int(ip,16)-start+va
r=subprocess.run(['addr2line','-a','-i','-e',b],input='\n'.join(hex(adj(i)) for i in ips),capture_output=True,text=True).stdout
mod={};cur=None
for l in r.splitlines():
    if l.startswith('0x'): cur=int(l,16); continue
    m=re.search(r'/src/(?!base|model|pack/)(\w+)/[\w.]+:',l)
    if m and cur not in mod: mod[cur]=m.group(1)
for ip,sym,dso in rows:
    if dso.endswith('/biruni'): out[mod.get(adj(ip),'? '+sym[:40])]+=1
    else: out[os.path.basename(dso)]+=1
for k,n in out.most_common(26): print('%5.1f%% %s'%(100*n/tot,k))
P
