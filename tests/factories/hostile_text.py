"""Mails, signed envelopes, old office files and plain texts made to hurt whoever reads them."""

from __future__ import annotations

import base64
import random
import struct
from collections.abc import Callable
from functools import partial

from tests.factories.compound import Tree, compound, message
from tests.factories.hostile import zipped
from tests.factories.signed import envelope, nested, pem, streamed

Maker = Callable[[], bytes]
MEGA = 1_000_000
HEAD = b"From: a@example.org\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\n"
# The content type of signed data, in a sequence of no said length (X.690, 8.1.3.6).
SIGNED = bytes.fromhex("06092A864886F70D010702")


def mails(url: str) -> dict[str, Maker]:
    """Return mails of too many parts, too deep, too long, and with bad manners."""
    mixed = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    attached = b'--b\r\nContent-Disposition: attachment; filename="%s"\r\n\r\nx\r\n'
    lines = b"X-Riga: " + b"a" * 900 + b"\r\n"
    page = f'<html><img src="{url}"><iframe src="{url}"></iframe><p>Testo'.encode()

    def deep(depth: int) -> bytes:
        opened = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
            for n in range(depth)
        )
        return HEAD + opened + b"\r\nx"

    return {
        "cinquemila-parti.eml": lambda: HEAD + mixed + part * 5000 + b"--b--",
        "mille-allegati.eml": lambda: HEAD + mixed + attached % b"a.txt" * 1500 + b"--b--",
        "mimi-annidati.eml": partial(deep, 900),
        "mimi-molto-annidati.eml": partial(deep, 20_000),
        "intestazioni-mille.eml": lambda: HEAD + lines * 5000 + b"\r\nx",
        "intestazione-lunga.eml": lambda: HEAD + b"To: " + b"a@b.it, " * 300_000 + b"\r\n\r\nx",
        "oggetto-codificato.eml": lambda: (
            HEAD + b"Cc: " + b"=?utf-8?q?=41?= " * 50_000 + b"\r\n\r\nx"
        ),
        "commenti.eml": lambda: HEAD + b"To: " + b"(" * 50_000 + b"a@b.it\r\n\r\nx",
        "senza-confine.eml": lambda: HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + part,
        "nome-che-risale.eml": lambda: HEAD + mixed + attached % b"../../../etc/x" + b"--b--",
        "base64-infinito.eml": lambda: (
            HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"A" * 20 * MEGA
        ),
        "corpo-remoto.eml": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + page,
        "alfabeto-ignoto.eml": lambda: (
            HEAD + b"Content-Type: text/plain; charset=utf-7\r\n\r\n+ADw-script+AD4-"
        ),
        "zip-bomba.eml": lambda: (
            HEAD
            + mixed
            + b'--b\r\nContent-Disposition: attachment; filename="a.zip"\r\n'
            + b"Content-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(zipped({"a": bytes(150 * MEGA)}))
            + b"--b--"
        ),
    }


def compounds() -> dict[str, Maker]:
    """Return compound files (MS-CFB) that turn in circles, lie about their sizes, or are cut."""

    def patched(data: bytes, at: int, value: int) -> bytes:
        changed = bytearray(data)
        struct.pack_into("<I", changed, at, value)
        return bytes(changed)

    mail = message("Oggetto", "x" * 5000, {"a.txt": b"y" * 5000})
    old: Tree = {"WordDocument": b"x" * 9000, "1Table": b"y"}
    deep: Tree = {"x": b"y"}
    for _ in range(400):
        deep = {"s": deep}
    directory = (struct.unpack_from("<I", mail, 48)[0] + 1) * 512
    return {
        "fat-enorme.msg": lambda: patched(mail, 44, 0x7FFFFFFF),
        "difat-in-cerchio.msg": lambda: patched(patched(mail, 68, 0), 72, 0x7FFFFFFF),
        "cartella-altrove.msg": lambda: patched(mail, 48, 0x00FFFFFF),
        "mini-in-cerchio.msg": lambda: patched(mail, 60, struct.unpack_from("<I", mail, 48)[0]),
        "settori-grandi.msg": lambda: mail[:30] + b"\x1f\x00" + mail[32:],
        "flusso-enorme.msg": lambda: patched(mail, directory + 128 + 120, 0x7FFFFFFF),
        "metà.msg": lambda: mail[: len(mail) // 2],
        "molti-allegati.msg": lambda: message("x", "y", {f"{n}.txt": b"z" for n in range(400)}),
        "magazzini.msg": lambda: compound({"__properties_version1.0": bytes(32), "s": deep}),
        "parola.doc": lambda: compound(old),
        "foglio.xls": lambda: compound({"Workbook": random.Random(2).randbytes(9000)}),
        "lucidi.ppt": lambda: compound({"PowerPoint Document": bytes(9000)}),
        "cifrato.docx": lambda: compound({"EncryptedPackage": bytes(900)}),
        "ignoto.doc": lambda: compound({"Altro": b"x"}),
    }


def envelopes() -> dict[str, Maker]:
    """Return signed envelopes nested, endless, cut and false (RFC 5652, X.690)."""
    sound = envelope(b"Delibera.\n" * 900)
    infinite = b"\x30\x80" + SIGNED
    return {
        "stringhe-annidate.p7m": lambda: infinite + b"\xa0\x80\x30\x80" + b"\x24\x80" * 200_000,
        "sequenze-annidate.p7m": lambda: infinite + b"\x30\x80" * 300_000,
        "lunghezza-enorme.p7m": lambda: b"\x30\x84\xff\xff\xff\xff" + SIGNED + bytes(90),
        "pezzi-piccoli.p7m": lambda: streamed(envelope(b"x" * 400_000), 1),
        "sei-buste.p7m": lambda: nested(b"Testo", 6),
        "cinque-buste.p7m": lambda: nested(b"Testo", 5),
        "metà.p7m": lambda: sound[: len(sound) // 2],
        "lettere-false.p7m": lambda: pem(sound).replace(b"A", b"!"),
        "cento-megabyte.p7m": lambda: envelope(random.Random(3).randbytes(90 * MEGA)),
        "programma.p7m": lambda: envelope(b"MZ" + bytes(900)),
        "vuoto.p7m": lambda: envelope(b" "),
        "rumore.p7m": lambda: infinite + random.Random(4).randbytes(50_000),
    }


def texts(secret: str, url: str) -> dict[str, Maker]:
    """Return texts of one endless line, of odd alphabets, and that say what they are not."""
    place, path = url.encode(), secret.encode()
    field = b'{\field{\\*\fldinst INCLUDETEXT "%s"}}{\field{\\*\fldinst INCLUDEPICTURE "%s"}}'
    link = b'<link rel="import" href="%s"><object data="%s"></object><base href="%s">'
    return {
        "una-riga.txt": lambda: b"parola " * (50 * MEGA // 7),
        "una-riga.csv": lambda: b"a;b;c\n" + b"cella;" * (50 * MEGA // 6),
        "virgolette.csv": lambda: b'a;b;c\n"' + b'x""' * 5 * MEGA,
        "colonne.csv": lambda: b";" * 5 * MEGA + b"\n1;2",
        "interruzioni.txt": lambda: b"a\f" * 50_000,
        "righe-vuote.txt": lambda: b"\n" * 20 * MEGA + b"x",
        "utf16.txt": lambda: b"\xff\xfe" + b"\x00\xd8" * MEGA,
        "utf7.txt": lambda: b"+ADw-script+AD4-" * 5000,
        "zeri.txt": lambda: b"a" * 9000 + bytes(5 * MEGA),
        "segni-combinati.txt": lambda: ("a" + "\u0301" * 900_000).encode(),
        "destra-sinistra.txt": lambda: ("\u202e\u2066\u200f" * 300_000).encode(),
        "senza-fine.html": lambda: b"<!doctype html>" + b"<p><b><i>" * 300_000,
        "attributi.html": lambda: b"<html><p " + b"a=b " * MEGA + b">x",
        "remoto.html": lambda: b"<!doctype html>" + link % (place, path, place) + b"<p>Testo",
        "entità.html": lambda: b"<!doctype html><p>" + b"&#x10ffff;&#0;&nosuch;" * 100_000,
        "commento.html": lambda: b"<html><!--" + b"-" * 5 * MEGA,
        "tabella.html": lambda: b"<html>" + b"<table><tr><td>" * 50_000,
        "cdata.html": lambda: b"<html><svg><![CDATA[" * 50_000,
        "gruppi.rtf": lambda: b"{\\rtf1" + b"{" * MEGA,
        "campi.rtf": lambda: b"{\\rtf1" + field % (path, place) + b"Testo}",
        "numeri.rtf": lambda: b"{\\rtf1\\bin2147483647 " + b"\\u-99999999?" * 90_000 + b"}",
        "figura.rtf": lambda: b"{\\rtf1{\\pict\\pngblip\\picw9999999\\pich9999999 " + b"ff" * MEGA,
        "programma.pdf": lambda: b"MZ" + bytes(9000),
        "elf.docx": lambda: b"\x7fELF" + bytes(9000),
        "immagine.pdf": lambda: b"\x89PNG\r\n\x1a\n" + bytes(9000),
        "testo.docx": lambda: b"Solo un testo, con un nome che non gli spetta.\n",
        "pdf.txt": lambda: b"%PDF-1.7\nSolo un testo.",
        "spazio.txt": lambda: b" ",
    }
