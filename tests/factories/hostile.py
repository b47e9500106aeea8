"""Files made to hurt whoever opens them."""

from __future__ import annotations

import base64
import email.message
import email.policy
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import openpyxl
from PIL import Image
from pptx import Presentation

from tests.factories.compound import compound, message
from tests.factories.signed import detached, envelope, nested, pdf_of, streamed

SECRET = "contenuto-segreto"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return made.getvalue()


def office(kind: str) -> bytes:
    """Return a small office file."""
    made = io.BytesIO()
    if kind == "docx":
        text = docx.Document()
        text.add_paragraph("Testo")
        text.save(made)
    elif kind == "xlsx":
        openpyxl.Workbook().save(made)
    else:
        Presentation().save(made)
    return made.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    """Return an office file with some parts in place of its own; names have ``__`` for ``/``."""
    wanted = {name.replace("__", "/") + ".xml": body for name, body in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        kept = {name: source.read(name) for name in source.namelist()}
    return zipped({**kept, **wanted})


def entities(path: str) -> bytes:
    """Return XML that asks for a file and for an address."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file://{path}">'
        '<!ENTITY n SYSTEM "http://127.0.0.1:9/x"><!ENTITY % p SYSTEM "http://127.0.0.1:9/y"> %p;]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&e;&n;</w:t></w:r></w:p></w:body></w:document>"
    ).encode()


def laughs() -> bytes:
    """Return XML whose entities grow a thousand million times."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ah">{lines}]><a>&l9;</a>'.encode()


def overlapping() -> bytes:
    """Return an archive many of whose entries share the same bytes (a bomb that is not nested)."""
    kernel = zlib.compress(b"0" * 20_000_000, 9)[2:-4]
    name, crc = b"a", zlib.crc32(b"0" * 20_000_000)
    local = struct.pack(
        "<4s5HIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(kernel), 20_000_000, 1, 0
    )
    body = local + name + kernel
    entries = b""
    for number in range(150):
        entry = f"{number}.txt".encode()
        entries += (
            struct.pack(
                "<4s6HIIIHHHHHII",
                b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(kernel), 20_000_000,
                len(entry), 0, 0, 0, 0, 0, 0,
            )
            + entry
        )  # fmt: skip
    end = struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, 150, 150, len(entries), len(body), 0)
    return body + entries + end


def picture_pdf(side: int) -> bytes:
    """Return a PDF with one picture of ``side`` by ``side`` pixels, all alike."""
    packed = zlib.compress(bytes(side) * side, 9)
    stream = b"q 300 0 0 280 0 0 cm /I Do Q"
    return pdf_of(
        [
            CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 280]/Contents 4 0 R"
                b"/Resources<</XObject<</I 5 0 R>>>>>>"
            ),
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
            % (side, side, len(packed), packed),
        ]
    )


def recursive_pdf() -> bytes:
    """Return a PDF whose pages, forms and outline contain themselves."""
    stream = b"/F Do BT /G 9 Tf (Testo) Tj ET"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R/AcroForm<</Fields[7 0 R]>>>>",
            b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2/Parent 2 0 R>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 280]/Contents[4 0 R 4 0 R]"
                b"/Resources<</XObject<</F 5 0 R>>>>>>"
            ),
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
            b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Count 9>>",
            b"<</FT/Sig/Kids[7 0 R]/Parent 7 0 R>>",
        ]
    )


def script_pdf() -> bytes:
    """Return a PDF that runs JavaScript, starts a program and calls home when it is opened."""
    action = (
        b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\);while\\(1\\);)"
        b"/Next<</S/Launch/F(/bin/sh)/Next<</S/SubmitForm/F(http://127.0.0.1:9/)>>>>>>"
    )
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % action,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 280]/AA<</O<</S/JavaScript/JS(x)>>>>>>",
        ]
    )


def pixel_flood() -> bytes:
    """Return a PDF of one picture of a hundred megapixels."""
    return picture_pdf(10_000)


def deflated_bomb() -> bytes:
    """Return a PDF whose one page unpacks to three hundred megabytes of spaces."""
    packed = zlib.compress(b" " * 300_000_000, 9)
    return pdf_of(
        [
            CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 280]/Contents 4 0 R>>",
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        ]
    )


def endless_mail(depth: int = 400) -> bytes:
    """Return a mail in a mail in a mail."""
    data = b"From: a@example.org\r\nSubject: x\r\nDate: x\r\n\r\nFine"
    for number in range(depth):
        mark = b"b%d" % number
        data = (
            b"From: a@example.org\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n'
            b"Content-Type: message/rfc822\r\n\r\n%s\r\n--%s--\r\n" % (mark, mark, data, mark)
        )
    return data


def bad_headers() -> bytes:
    """Return a mail whose headers and encodings make no sense."""
    return (
        b"From: =?utf-8?b?//////?= <\x00\xff>\r\nTo: " + b"a," * 50_000 + b"\r\n"
        b"Subject: =?inesistente?q?x?=\r\nDate: 99 Foo 99999\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=inesistente; name*0*=x''%ff\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!!"
    )


def looping_compound() -> bytes:
    """Return a compound file whose directory and chains turn in circles."""
    data = bytearray(message("Oggetto", "x" * 5000, {"a.txt": b"y" * 5000}))
    fat = struct.unpack_from("<I", data, 76)[0]
    at = (fat + 1) * 512
    for place in range(0, 400, 4):
        struct.pack_into("<I", data, at + place, 1)
    return bytes(data)


def self_named_compound() -> bytes:
    """Return a compound file whose first storage is its own child and brother."""
    data = bytearray(compound({"WordDocument": b"x" * 5000, "Altro": b"y"}))
    directory = (struct.unpack_from("<I", data, 48)[0] + 1) * 512
    struct.pack_into("<III", data, directory + 128 + 68, 1, 1, 1)
    return bytes(data)


def polyglots() -> dict[str, bytes]:
    """Return files that are two things at once."""
    pdf = script_pdf()
    return {
        "pdf-e-zip.pdf": pdf + zipped({"a.txt": b"x"}),
        "zip-e-pdf.zip": zipped({"a.pdf": pdf}, zipfile.ZIP_STORED),
        "gif-e-script.html": b"GIF89a/*<html><body><script>alert(1)</script>*/=1;",
        "html-e-pdf.html": b"<!doctype html><script>alert(1)</script>\n" + pdf,
        "immagine-e-zip.docx": _png() + office("docx"),
        "mail-e-html.eml": b"From: a\r\nSubject: b\r\nDate: c\r\n\r\n<script>alert(1)</script>",
    }


def _png() -> bytes:
    made = io.BytesIO()
    Image.new("L", (8, 8)).save(made, "PNG")
    return made.getvalue()


def corpus(secret: str) -> dict[str, bytes]:
    """Return every hostile file by name; ``secret`` is the path of what must not be read."""
    plain = office("docx")
    makers: dict[str, Callable[[], bytes]] = {
        "bomba.docx": lambda: changed(plain, word__media__x=b"0" * 150_000_000),
        "bomba.xlsx": lambda: changed(office("xlsx"), xl__x=b"0" * 150_000_000),
        "bomba.zip": lambda: zipped({"x.txt": b"0" * 150_000_000}),
        "sovrapposti.zip": overlapping,
        "matrioska.zip": lambda: _matryoshka(6),
        "troppi.zip": lambda: zipped({f"{n}.txt": b"" for n in range(5000)}),
        "fuori.zip": lambda: zipped({"../../../tmp/x.txt": b"x", "/etc/passwd": b"y"}),
        "cifrato.zip": _encrypted_zip,
        "troncato.zip": lambda: zipped({"a.txt": b"x" * 9000})[:60],
        "bugiardo.zip": _lying_zip,
        "entita.docx": lambda: changed(plain, word__document=entities(secret)),
        "entita.xlsx": lambda: changed(office("xlsx"), xl__workbook=entities(secret)),
        "entita.pptx": lambda: changed(office("pptx"), ppt__presentation=entities(secret)),
        "risate.docx": lambda: changed(plain, word__document=laughs()),
        "risate.xlsx": lambda: changed(office("xlsx"), xl__sharedStrings=laughs()),
        "profondo.docx": lambda: changed(plain, word__document=b"<a>" * 200_000),
        "entita.html": lambda: b"<!doctype html>" + entities(secret),
        "profondo.html": lambda: b"<!doctype html><body>" + b"<div>" * 100_000 + b"x",
        "script.pdf": script_pdf,
        "ricorsivo.pdf": recursive_pdf,
        "gonfio.pdf": deflated_bomb,
        "enorme.pdf": pixel_flood,
        "pagine-finte.pdf": lambda: pdf_of([CATALOGUE, b"<</Type/Pages/Kids[]/Count 2000000000>>"]),
        "senza-fine.pdf": lambda: b"%PDF-1.7\n" + b"1 0 obj<<" * 100_000,
        "riferimento.pdf": lambda: pdf_of([b"1 0 R", b"2 0 R"]),
        "mail-in-mail.eml": endless_mail,
        "intestazioni.eml": bad_headers,
        "tanti-allegati.eml": _many_parts,
        "giro.msg": looping_compound,
        "giro.doc": self_named_compound,
        "vuoto.msg": lambda: compound({"__properties_version1.0": b""}),
        "profondo.p7m": lambda: b"\x30\x80" + envelope()[4:19] + b"\xa0\x80" * 100_000,
        "nidificato.p7m": lambda: nested(b"x", 7),
        "staccato.p7m": detached,
        "tagliato.p7m": lambda: streamed(envelope(b"x" * 9000))[:4000],
        "lettere.p7m": lambda: base64.encodebytes(envelope())[:200] + b"%%%%",
        "bomba.zip.p7m": lambda: envelope(zipped({"x.txt": b"0" * 150_000_000})),
        "comandi.rtf": lambda: b"{\\rtf1" + b"{\\object\\objdata 0105}" * 1000,
        "regole.csv": lambda: b"=cmd|'/c calc'!A0;b;c\n" * 50,
        "controlli.txt": lambda: "\u202e\u0000\ufeff\ud7ff".encode() * 3 + b"x" * 9000,
    }
    return {**{name: make() for name, make in makers.items()}, **polyglots()}


def _matryoshka(times: int) -> bytes:
    data = b"0" * 1_000_000
    for number in range(times):
        data = zipped({f"{number}-{copy}.zip": data for copy in range(4)})
    return data


def _encrypted_zip() -> bytes:
    data = bytearray(zipped({"a.txt": b"x" * 100}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _lying_zip() -> bytes:
    """An entry that says it is small and unpacks to a lot."""
    data = bytearray(zipped({"a.txt": b"0" * 80_000_000}))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, 22, 10)
    struct.pack_into("<I", data, central + 24, 10)
    return bytes(data)


def _many_parts() -> bytes:
    made = email.message.EmailMessage(policy=email.policy.default)
    made["From"], made["Subject"], made["Date"] = "a@example.org", "x", "x"
    made.set_content("Testo")
    for number in range(300):
        made.add_attachment(b"x", maintype="a", subtype="b", filename=f"{number}.txt")
    return made.as_bytes()
