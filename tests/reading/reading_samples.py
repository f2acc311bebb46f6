"""Real bytes of every kind of input, built by the tests. All Arabic here is written for the tests."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from html import escape

TITLE = "قصف مدفعي على أطراف بلدة الصخرة يوقع قتلى"
PARAGRAPHS = [
    "قالت مصادر محلية إن مدفعية القوات الحكومية قصفت أطراف بلدة الصخرة شمال المدينة مساء الاثنين.",
    "وأسفر القصف عن مقتل ثلاثة مدنيين وإصابة 12 آخرين بجروح، بحسب الدفاع المدني الذي نقل المصابين إلى المشفى.",
    "ونفى متحدث عسكري استهداف المدنيين، وقال إن قواته ردت على مصادر إطلاق النار من التلال القريبة.",
]
BODY = "\n".join(PARAGRAPHS)
PERSIAN = "ارتش گزارش داد که پنج نفر در این حمله کشته شدند و چند خودرو نیز آتش گرفت. پلیس می‌گوید تحقیقات ادامه دارد."
URDU = (
    "فوج کے ترجمان نے بتایا کہ حملے میں پانچ افراد ہلاک ہوئے اور کئی گاڑیاں جل گئیں۔"
    " پولیس نے علاقے کو گھیرے میں لے لیا ہے۔"
)
SORANI = "سوپا ڕایگەیاند کە لە هێرشەکەدا پێنج کەس کوژران و چەند ئۆتۆمبێلێک سووتان، پۆلیسیش دەڵێت لێکۆڵینەوە بەردەوامە."
PASHTO = "پوځ وویل چې په برید کې پنځه کسان ووژل شول او څو موټر وسوځېدل، پولیس وايي پلټنې روانې دي."
ENGLISH = "The army said that five people were killed in the attack and several cars were burnt near the town."


def page(
    *,
    head: str = "",
    title: str = TITLE,
    paragraphs: list[str] | None = None,
    before: str = "",
    after: str = "",
    charset: str | None = "utf-8",
) -> str:
    """An HTML page of a news site with a menu, the report and a footer."""
    declared = f'<meta charset="{charset}">' if charset else ""
    text = "".join(f"<p>{escape(p, quote=False)}</p>" for p in (paragraphs if paragraphs is not None else PARAGRAPHS))
    return (
        f"<!DOCTYPE html><html dir=rtl><head>{declared}<title>{escape(title)} | موقع السهل</title>{head}</head><body>"
        "<nav><ul><li><a href=/>الرئيسية</a></li><li><a href=/s>سياسة</a></li><li><a href=/e>اقتصاد</a></li></ul></nav>"
        f"<article><h1>{escape(title)}</h1>{before}<div class=content>{text}</div>{after}</article>"
        "<footer>جميع الحقوق محفوظة © 2024 موقع السهل</footer></body></html>"
    )


def jsonl(*rows: dict[str, object]) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def row(name: str = "a1", body: str = BODY, **more: object) -> dict[str, object]:
    """A report in the program's own input format."""
    return {"id": name, "outlet": "السهل", "published": "2018-03-27", "title": TITLE, "body": body, **more}


def warc(*pages: tuple[str, bytes, str], version: str = "1.0") -> bytes:
    """A WARC with an info record and, for each (address, page, HTTP headers), a request and a response."""
    out = [_record("warcinfo", None, b"software: test\r\n", "application/warc-fields", version)]
    for url, data, headers in pages:
        out.append(_record("request", url, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request", version))
        answer = f"HTTP/1.1 {headers}\r\n\r\n".encode() + data
        out.append(_record("response", url, answer, "application/http; msgtype=response", version))
    return b"".join(out)


def _record(kind: str, url: str | None, data: bytes, content_type: str, version: str) -> bytes:
    lines = [
        f"WARC/{version}",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
        "WARC-Date: 2018-03-28T00:00:00Z",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(data)}",
    ]
    if url:
        lines.insert(2, f"WARC-Target-URI: {url}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data + b"\r\n\r\n"


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(paragraphs: list[str], *, title: str = "", document: bytes | None = None) -> bytes:
    """A Word document. Each paragraph is cut into two runs, as Word does."""
    runs = "".join(
        f'<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t xml:space="preserve">{escape(p[:7])}</w:t></w:r>'
        f'<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">{escape(p[7:])}</w:t></w:r></w:p>'
        for p in paragraphs
    )
    xml = document or f'<?xml version="1.0"?><w:document {_W}><w:body>{runs}</w:body></w:document>'.encode()
    core = (
        '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        z.writestr("word/document.xml", xml)
        z.writestr("docProps/core.xml", core)
    return out.getvalue()


_FORMS = {
    # letter: isolated, final, initial, medial
    "ا": "ﺍﺎ", "أ": "ﺃﺄ", "إ": "ﺇﺈ", "آ": "ﺁﺂ", "ب": "ﺏﺐﺑﺒ", "ة": "ﺓﺔ", "ت": "ﺕﺖﺗﺘ", "ث": "ﺙﺚﺛﺜ", "ج": "ﺝﺞﺟﺠ",
    "ح": "ﺡﺢﺣﺤ", "خ": "ﺥﺦﺧﺨ", "د": "ﺩﺪ", "ذ": "ﺫﺬ", "ر": "ﺭﺮ", "ز": "ﺯﺰ", "س": "ﺱﺲﺳﺴ", "ش": "ﺵﺶﺷﺸ", "ص": "ﺹﺺﺻﺼ",
    "ض": "ﺽﺾﺿﻀ", "ط": "ﻁﻂﻃﻄ", "ظ": "ﻅﻆﻇﻈ", "ع": "ﻉﻊﻋﻌ", "غ": "ﻍﻎﻏﻐ", "ف": "ﻑﻒﻓﻔ", "ق": "ﻕﻖﻗﻘ", "ك": "ﻙﻚﻛﻜ",
    "ل": "ﻝﻞﻟﻠ", "م": "ﻡﻢﻣﻤ", "ن": "ﻥﻦﻧﻨ", "ه": "ﻩﻪﻫﻬ", "و": "ﻭﻮ", "ى": "ﻯﻰ", "ي": "ﻱﻲﻳﻴ",
    "ئ": "ﺉﺊﺋﺌ", "ؤ": "ﺅﺆ", "ء": "ﺀ",
}  # fmt: skip


def shaped(text: str) -> str:
    """A text in presentation forms, as a typesetter draws it (lam-alef as two glyphs)."""
    out = []
    for i, c in enumerate(text):
        forms = _FORMS.get(c)
        if forms is None:
            out.append(c)
            continue
        before = i > 0 and len(_FORMS.get(text[i - 1], "")) == 4
        after = i + 1 < len(text) and text[i + 1] in _FORMS and text[i + 1] != "ء"
        if len(forms) == 4:
            out.append(forms[3 if before and after else 1 if before else 2 if after else 0])
        else:
            out.append(forms[1 if before and len(forms) > 1 else 0])
    return "".join(out)


def visual(text: str) -> str:
    """A line of Arabic as seen from left to right: turned round, its numbers and Latin words and brackets not."""
    pieces: list[str] = []
    for c in text:
        if pieces and (c.isascii() and c.isalnum()) and (pieces[-1][-1].isascii() and pieces[-1][-1].isalnum()):
            pieces[-1] += c
        else:
            pieces.append(c)
    return "".join(reversed(pieces)).translate(str.maketrans("()", ")("))


def pdf(lines: list[str], *, drawn: str = "visual", title: str = "", packed: bool = False) -> bytes:
    """A one-page PDF with one line of text below the other, right-aligned, in a font with a ToUnicode map.

    `drawn` says in which order glyphs are stored: "visual" from left to right in presentation forms, "logical" from
    right to left, each glyph set at its place.
    """
    import zlib

    glyphs: dict[str, int] = {}

    def code(c: str) -> str:
        return f"{glyphs.setdefault(c, len(glyphs) + 1):04X}"

    width, size, right = 500, 12, 560
    ops = ["BT", f"/F1 {size} Tf"]
    for n, line in enumerate(lines):
        y = 780 - 24 * n
        step = width * size / 1000
        if drawn == "visual":
            seen = visual(shaped(line))
            ops.append(f"1 0 0 1 {right - step * len(seen):.2f} {y} Tm <{''.join(code(c) for c in seen)}> Tj")
        else:
            x = float(right)
            seen = visual(line)
            places = {i: right - step * (len(seen) - i) for i in range(len(seen))}
            for i in reversed(range(len(seen))):
                ops.append(f"1 0 0 1 {places[i]:.2f} {y} Tm <{code(seen[i])}> Tj")
            del x
    ops.append("ET")
    content = "\n".join(ops).encode()
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "".join(
            f"1 beginbfchar <{g:04X}> <{c.encode('utf-16-be').hex().upper()}> endbfchar\n" for c, g in glyphs.items()
        )
        + "endcmap end end"
    ).encode()
    filters = b""
    if packed:
        content, filters = zlib.compress(content), b"/Filter /FlateDecode "
    info = "FEFF" + title.encode("utf-16-be").hex().upper()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< " + filters + b"/Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H "
        b"/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /T /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /FontDescriptor 8 0 R /DW %d >>" % width,
        b"<< /Length %d >>\nstream\n" % len(cmap) + cmap + b"\nendstream",
        b"<< /Type /FontDescriptor /FontName /T /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        b"/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
        f"<< /Title <{info}> >>".encode(),
    ]
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for i, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info 9 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def rss(*, dates: list[str], declared: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """An RSS feed, one item a date, with the report as HTML in its description."""
    items = "".join(
        f"<item><title>{TITLE} {i}</title><link>https://example.org/{i}</link><guid>https://example.org/?p={i}</guid>"
        f"<pubDate>{d}</pubDate>"
        f"<description><![CDATA[{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}]]></description></item>"
        for i, d in enumerate(dates, 1)
    )
    head = "<title>شبكة السهل</title><link>https://example.org</link>"
    return f'{declared}<rss version="2.0"><channel>{head}{items}</channel></rss>'


def atom() -> str:
    """An Atom feed with one entry."""
    text = escape("".join(f"<p>{p}</p>" for p in PARAGRAPHS))
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>شبكة السهل</title>'
        f"<id>urn:f</id><updated>2018-03-27T10:00:00Z</updated><entry><title>{TITLE}</title><id>urn:e1</id>"
        '<link href="https://example.org/1"/><published>2018-03-27T09:30:00+03:00</published>'
        "<updated>2018-03-27T10:00:00Z</updated>"
        f'<content type="html">{text}</content></entry></feed>'
    )


def telegram() -> dict[str, object]:
    """A channel's export: a service message, a message in pieces, a picture without text, a plain message."""
    return {
        "name": "قناة السهل",
        "type": "public_channel",
        "id": 1234567,
        "messages": [
            {"id": 1, "type": "service", "date": "2018-03-26T10:00:00", "action": "create_channel", "text": ""},
            {
                "id": 2,
                "type": "message",
                "date": "2018-03-27T21:15:02",
                "date_unixtime": "1522174502",
                "text": ["عاجل | ", {"type": "bold", "text": "قصف مدفعي على أطراف بلدة الصخرة"}, "\n\n", PARAGRAPHS[1]],
            },
            {"id": 3, "type": "message", "date": "2018-03-27T21:20:00", "photo": "photos/1.jpg", "text": ""},
            {"id": 4, "type": "message", "date": "2018-03-28T08:00:00", "text": PARAGRAPHS[2]},
        ],
    }


def gz(data: bytes) -> bytes:
    """Packed with gzip, the same bytes each time."""
    return gzip.compress(data, mtime=0)
