#!/usr/bin/env python3
"""Inputs of every kind: files made by other programs (tests/accept/inputs, see its README), feeds and tables made here."""
import bz2
import csv
import gzip
import io
import json
import lzma
import pathlib
import shutil
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from support.program import Checks

c = Checks()
fixtures = c.source / "tests/accept/inputs"


def documents(*args, status=0):
    code, out, err = c.run("read", "--json", "--layers", "sentences", *args)
    c.equal(code, status, f"exit status of {args}: {err[:300]}")
    records = [json.loads(line) for line in out.splitlines()]
    docs = [r for r in records if r["kind"] == "document"]
    for d in docs:
        d["texts"] = [r["text"] for r in records if r["kind"] == "sentence" and r["doc"] == d["doc"] and r.get("in") != "title"]
        d["problems"] = [r["code"] for r in records if r["kind"] == "problem" and r["doc"] == d["doc"]]
        d["events"] = [r["type"] for r in records if r["kind"] == "event" and r["doc"] == d["doc"]]
    return docs, err


AR_TITLE, AR_FIRST = "مقتل ثلاثة جنود في هجوم قرب كركوك", "قتل مسلحون ثلاثة جنود عراقيين في هجوم قرب كركوك مساء السبت، بحسب ما أعلنت وزارة الداخلية العراقية."
EN_TITLE, EN_FIRST = "Police arrest dozens after march in Almaty", "Kazakh police arrested forty protesters in Almaty on Sunday, the interior ministry said."

# --- pages, whatever program made them and whatever they say of their encoding
for name, title, first, day in [("pandoc_ar.html", AR_TITLE, AR_FIRST, "2022-01-09"), ("pandoc_en.html", EN_TITLE, EN_FIRST, "2022-01-10"),
                                ("libreoffice_ar.html", AR_TITLE, AR_FIRST, "2022-01-09"), ("libreoffice_en.html", EN_TITLE, EN_FIRST, "2022-01-10"),
                                ("mislabelled_1256.html", AR_TITLE, AR_FIRST, "2022-01-09")]:
    docs, _ = documents(fixtures / name)
    c.equal(len(docs), 1, f"{name}: documents")
    d = docs[0]
    c.equal((d["title"], d["lang"], d["date"]), (title, "ar" if "ar" in name or "1256" in name else "en", day), f"{name}: title, language, date")
    c.inside(first, d["texts"], f"{name}: text")
    c.equal("encoding" in d["problems"], "1256" in name, f"{name}: another encoding is told")

page = """<html lang="en"><head><title>Site</title><script type="application/ld+json">
{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":"NewsArticle","headline":"Troops leave the valley",
"datePublished":"2021-05-06T10:00:00+02:00","author":[{"name":"A. Writer"},{"name":"B. Writer"}],"publisher":{"name":"The Valley News"}}]}</script></head>
<body><nav><ul><li><a href="/a">Home, sport, weather and everything else on this site</a></li></ul></nav>
<article><h1>Troops leave the valley</h1><p>The army withdrew its troops from the northern valley on Thursday, a spokesman said.</p>
<div class="related-stories"><p>Read also: ministers attacked the opposition in parliament yesterday evening</p></div>
<p>Villagers, who had protested for weeks, celebrated in the streets of the town.</p></article>
<aside><p>Rebels killed twelve soldiers in another story that is only linked from here, as they say.</p></aside>
<footer><p>All rights reserved by The Valley News and its partners, wherever they may be.</p></footer></body></html>"""
d = documents(c.file("page.html", page))[0][0]
c.equal((d["title"], d["date"], d["author"], d["publisher"]), ("Troops leave the valley", "2021-05-06", "A. Writer, B. Writer", "The Valley News"), "JSON-LD")
c.equal(d["texts"], ["The army withdrew its troops from the northern valley on Thursday, a spokesman said.",
                     "Villagers, who had protested for weeks, celebrated in the streets of the town."], "the article and nothing around it")
c.equal(documents(c.file("noname", page))[0][0]["title"], "Troops leave the valley", "a page is known by its first bytes")
deep = documents(c.file("deep.html", "<div>" * 200000 + "x"), status=1)[1]
c.inside("deep.html", deep, "a page nested without end is refused")

# --- encodings of plain text
text = "قتل ثلاثة جنود في هجوم قرب المدينة مساء السبت. ونفت الحركة صلتها بالهجوم."
for charset in ("windows-1256", "iso-8859-6", "utf-16", "utf-16-be"):
    raw = text.encode(charset) if charset != "utf-16-be" else b"\xfe\xff" + text.encode("utf-16-be")
    if charset == "iso-8859-6":
        raw = text.replace("،", ",").encode(charset)
    d = documents(c.file(f"plain-{charset}.txt", raw))[0][0]
    c.equal(d["texts"], [text[:46].strip(), text[46:].strip()], f"{charset} is read")
    c.true("encoding" in d["problems"], f"{charset} is told")
d = documents(c.file("one-bad.txt", text.encode() + b"\xff"))[0][0]
c.equal(d["problems"], ["invalid_utf8"], "a single bad byte leaves UTF-8 what it is")

# --- feeds and news in XML
rss = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Valley feed</title><language>en-gb</language>
<item><title>Troops leave &amp; stay</title><guid>v1</guid><link>http://valley.example/1</link><pubDate>Sun, 09 Jan 2022 22:10:00 GMT</pubDate><dc:creator>A. Writer</dc:creator>
<description>short</description><content:encoded><![CDATA[<p>The army <b>withdrew</b> its troops from Mali.</p><p>France welcomed it.</p>]]></content:encoded></item>
<item><title>Second</title><link>http://valley.example/2</link><description>Police arrested a journalist in Tunis.</description></item></channel></rss>"""
docs, _ = documents(c.file("feed.rss", rss))
c.equal([(d["doc"], d["title"], d.get("date"), d.get("author"), d["publisher"]) for d in docs],
        [("v1", "Troops leave & stay", "2022-01-09", "A. Writer", "Valley feed"), ("http://valley.example/2", "Second", None, None, "Valley feed")], "RSS")
c.equal(docs[0]["texts"], ["The army withdrew its troops from Mali.", "France welcomed it."], "RSS: the whole content, not the teaser")
atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>وكالة</title><entry><id>a1</id><title>خبر</title><updated>2022-02-03T00:00:00Z</updated>
<author><name>كاتب</name></author><link rel="alternate" href="http://a.example/1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>اعتقلت الشرطة التونسية صحفيا في العاصمة.</p></div></content></entry></feed>"""
d = documents(c.file("feed.xml", atom))[0][0]
c.equal((d["doc"], d["date"], d["author"], d["publisher"], d["texts"]), ("a1", "2022-02-03", "كاتب", "وكالة", ["اعتقلت الشرطة التونسية صحفيا في العاصمة."]), "Atom")
nitf = """<nitf><head><title>T</title><docdata><doc-id id-string="n1"/><date.issue norm="20220110T100000Z"/></docdata></head><body><body.head><hedline><hl1>Strike in the port</hl1></hedline>
<byline>By C. Writer</byline></body.head><body.content><p>Dockers went on strike in the port of Sfax on Monday.</p><p>The ministry called for talks.</p></body.content></body></nitf>"""
d = documents(c.file("n.xml", nitf))[0][0]
c.equal((d["doc"], d["title"], d["date"], len(d["texts"])), ("n1", "Strike in the port", "2022-01-10", 2), "NITF")
newsml = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:newsml:a:1" xml:lang="en"><itemMeta><versionCreated>2022-03-01T00:00:00Z</versionCreated>
<provider literal="AGENCY"/></itemMeta><contentMeta><headline>Envoys meet</headline><creator><name>D. Writer</name></creator></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Envoys of Egypt and Turkey met in Cairo.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"""
d = documents(c.file("g2.xml", newsml))[0][0]
c.equal((d["doc"], d["title"], d["date"], d["publisher"], d["texts"]), ("urn:newsml:a:1", "Envoys meet", "2022-03-01", "AGENCY", ["Envoys of Egypt and Turkey met in Cairo."]), "NewsML-G2")
petrarch = """<Sentences><Sentence date="20220109" id="S1_1" source="AFP" sentence="True"><Text>Iran rejected the proposal.</Text><Parse>(ROOT)</Parse></Sentence>
<Sentence date="20220109" id="S1_2" source="AFP" sentence="True"><Text>Qatar praised it.</Text></Sentence><Sentence date="20220110" id="S2_1" source="AFP" sentence="True"><Text>Turkey sent troops to Libya.</Text></Sentence></Sentences>"""
docs, _ = documents(c.file("p.xml", petrarch))
c.equal([(d["doc"], d["date"], d["texts"]) for d in docs], [("S1", "2022-01-09", ["Iran rejected the proposal.", "Qatar praised it."]), ("S2", "2022-01-10", ["Turkey sent troops to Libya."])], "PETRARCH's sentences")
c.inside("<kml>", documents(c.file("other.xml", "<?xml version='1.0'?><kml><a/></kml>"), status=1)[1], "XML of another kind is named")

# --- tables
rows = [["doc_id", "headline", "body", "pub_date", "source"], ["t1", "A, B", 'He said "no".\nPolice arrested\n\nten men in Cairo.', "2022-01-09", "AFP"], ["t2", "", "إيران ترفض العرض.", "20220110", ""]]
for name, dialect in [("t.csv", {}), ("t.tsv", {"delimiter": "\t"}), ("semicolons.csv", {"delimiter": ";"})]:
    buffer = io.StringIO()
    table = [[cell.replace("\n", " ") for cell in row] for row in rows] if name == "t.tsv" else rows
    csv.writer(buffer, **dialect).writerows(table)
    docs, _ = documents(c.file(name, buffer.getvalue()))
    c.equal([(d["doc"], d.get("title"), d["date"], d.get("lang")) for d in docs], [("t1", "A, B", "2022-01-09", "en"), ("t2", None, "2022-01-10", "ar")], name)
    c.inside("ten men in Cairo.", " ".join(docs[0]["texts"]), f"{name}: quoted cell")
docs, err = documents(c.file("own.csv", "key;what\n1;Iran rejected the proposal.\n2;x;y\n3;Qatar praised it.\n"), "--column", "text=what", "--column", "id=key", status=1)
c.equal([d["doc"] for d in docs], ["1", "3"], "named columns")
c.inside("own.csv:3", err, "a row of another width is told with its line")
c.inside("--column text=", documents(c.file("nothing.csv", "a,b\n1,2\n"), status=1)[1], "a table without texts: the remedy")
c.equal(c.run("read", "own.csv", "--column", "body=what")[0], 2, "an unknown field is wrong use")

# --- other coders' texts
tabari = "950101 DEMO-01 \nArnor restored full diplomatic ties \nwith Gondor on Tuesday. \n\n; a comment\nmore\n\n220109 DEMO-02\nMordor attacked Gondor.\n\n"
docs, _ = documents(c.file("tabari.txt", tabari))
c.equal([(d["doc"], d["date"], d["texts"]) for d in docs], [("DEMO-01", "1995-01-01", ["Arnor restored full diplomatic ties with Gondor on Tuesday."]), ("DEMO-02", "2022-01-09", ["Mordor attacked Gondor."])], "TABARI's blocks")
docs, _ = documents(c.file("eventus.txt", "20220109\tX1 | iran rejected the proposal\n20220110\tX2 | qatar praised it\n"))
c.equal([(d["doc"], d["date"]) for d in docs], [("X1", "2022-01-09"), ("X2", "2022-01-10")], "Eventus ID's lines")

ngec = json.dumps({"story_id": "g1", "event_text": "Iran rejected the proposal.", "headline": "No", "pub_date": "2022-01-09"})
d = documents(c.file("ngec.jsonl", ngec + "\n"))[0][0]
c.equal((d["doc"], d["title"], d["date"]), ("g1", "No", "2022-01-09"), "NGEC's lines")

# --- packed files and archives
line = json.dumps({"id": "z", "text": "Iran rejected the proposal."}) + "\n"
for name, pack in [("p.jsonl.gz", gzip.compress), ("p.jsonl.xz", lzma.compress), ("p.jsonl.bz2", bz2.compress)]:
    c.equal([d["doc"] for d in documents(c.file(name, pack(line.encode()) * 2))[0]], ["z", "z"], name)
c.inside("cannot be unpacked", documents(c.file("cut.jsonl.gz", gzip.compress(line.encode() * 20)[:-12]), status=1)[1], "a packed file that is cut off")
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w") as z:
    z.write(fixtures / "pandoc_en.html", "in/page.html")
    z.writestr("in/table.csv", "id,text\nq,Iran rejected the proposal.\n")
    z.writestr("in/feed.rss", rss)
docs, _ = documents(c.file("mixed.zip", buffer.getvalue()))
c.equal([d["doc"].split("!")[-1] for d in docs], ["in/page.html", "q", "v1", "http://valley.example/2"], "members of every kind")

# --- WARC as wget writes it
for name, pages in [("wget_pages.warc.gz", ["ar.html", "en.html"]), ("wget_plain.warc", ["en.html"])]:
    docs, _ = documents(fixtures / name)
    c.equal([d["doc"].rsplit("/", 1)[-1] for d in docs], pages, f"{name}: pages, no styles, no log")
    c.equal([d["title"] for d in docs], [AR_TITLE if p == "ar.html" else EN_TITLE for p in pages], f"{name}: titles")
cut = (fixtures / "wget_plain.warc").read_bytes()[:2500]
c.inside("cut off", documents(c.file("cut.warc", cut), status=1)[1], "a WARC that is cut off")

# --- PDF, by pdftotext where it is installed
if shutil.which("pdftotext"):
    d = documents(fixtures / "en.pdf")[0][0]
    c.inside(EN_FIRST, d["texts"], "PDF: a sentence over two lines")
    c.equal(documents(fixtures / "ar.pdf")[0][0]["lang"], "ar", "PDF in Arabic")
    c.inside("damaged", documents(c.file("bad.pdf", b"%PDF-1.4 nothing"), status=1)[1], "a damaged PDF")
else:
    print("skipped: PDF (pdftotext is not installed)")
code, _, err = c.run("read", fixtures / "en.pdf", env={"PATH": "/nonexistent"})
c.equal(code, 1, "PDF without pdftotext")
c.inside("poppler-utils", err, "PDF without pdftotext: the remedy")

# --- folders and patterns
c.equal(c.run("code", fixtures, "-o", "folder.jsonl", "--quiet")[0], 0 if shutil.which("pdftotext") else 1, "a folder of all kinds")
done = {json.loads(x)["doc"].rsplit("/", 1)[-1] for x in (c.folder / "folder.jsonl").read_text("utf-8").splitlines() if '"kind":"document"' in x}
c.true({"pandoc_ar.html", "libreoffice_en.html", "ar.html", "en.html"} <= done, f"the folder's documents: {done}")
c.equal(len(documents("*.tsv")[0]), 2, "a pattern that the shell left closed")
c.finish()
