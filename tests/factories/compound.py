"""Compound files (MS-CFB) and the mails that Outlook saves in them (MS-OXMSG)."""

from __future__ import annotations

import struct

SECTOR = 512
MINI = 64
CUTOFF = 4096
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """Return a compound file with these streams and storages."""
    entries: list[tuple[str, int, int, int, int, int]] = []
    mini, mini_fat, body, fat = b"", [], b"", []

    def chain(table: list[int], count: int) -> int:
        first = len(table)
        table.extend(range(first + 1, first + count))
        table.append(END)
        return first

    def add(name: str, node: bytes | Tree) -> int:
        nonlocal mini, body
        place = len(entries)
        entries.append(("", 0, NONE, NONE, 0, 0))
        if isinstance(node, dict):
            child = NONE
            # The brothers hang one on the right of the other, the last one first.
            for inner in sorted(node, key=lambda one: (len(one), one.upper()), reverse=True):
                at = add(inner, node[inner])
                kept = entries[at]
                entries[at] = (kept[0], kept[1], child, kept[3], kept[4], kept[5])
                child = at
            entries[place] = (name, 1, NONE, child, 0, 0)
        elif len(node) < CUTOFF:
            count = max(-(-len(node) // MINI), 1)
            start = chain(mini_fat, count)
            mini += node.ljust(count * MINI, b"\0")
            entries[place] = (name, 2, NONE, NONE, start, len(node))
        else:
            count = -(-len(node) // SECTOR)
            start = chain(fat, count)
            body += node.ljust(count * SECTOR, b"\0")
            entries[place] = (name, 2, NONE, NONE, start, len(node))
        return place

    add("Root Entry", tree)

    def store(data: bytes) -> tuple[int, int]:
        nonlocal body
        if not data:
            return END, 0
        count = -(-len(data) // SECTOR)
        start = chain(fat, count)
        body += data.ljust(count * SECTOR, b"\0")
        return start, count

    mini_start, _ = store(mini)
    mini_fat_start, mini_fat_count = store(_table(mini_fat))
    root = entries[0]
    entries[0] = ("Root Entry", 5, NONE, root[3], mini_start, len(mini))
    rows = b"".join(_entry(*entry) for entry in entries)
    directory_start, _ = store(rows.ljust(-(-len(rows) // SECTOR) * SECTOR, b"\0"))
    count = 1
    while count * (SECTOR // 4) < len(fat) + count:
        count += 1
    fat_start = len(fat)
    fat += [FAT_SECTOR] * count
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        count,
        directory_start,
        0,
        CUTOFF,
        mini_fat_start,
        mini_fat_count,
        END,
        0,
    )
    places = list(range(fat_start, fat_start + count)) + [FREE] * (109 - count)
    return header + struct.pack("<109I", *places) + body + _table(fat)


def _table(values: list[int]) -> bytes:
    size = -(-len(values) // (SECTOR // 4)) * (SECTOR // 4)
    return struct.pack(f"<{size}I", *values, *[FREE] * (size - len(values)))


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB", len(written), kind, 1)
        + struct.pack("<III", NONE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def message(subject: str, body: str, attachments: dict[str, bytes | Tree]) -> bytes:
    """Return an Outlook mail; what is attached as a tree is a mail, made by ``inside``."""
    return compound(_mail(subject, body, attachments, bytes(8)))


def inside(subject: str, body: str, attachments: dict[str, bytes | Tree]) -> Tree:
    """Return a mail to be attached to another."""
    return _mail(subject, body, attachments, b"")


def _mail(subject: str, body: str, attachments: dict[str, bytes | Tree], end: bytes) -> Tree:
    tree: Tree = _properties(
        {0x0037: subject, 0x1000: body, 0x0C1A: "Ufficio gare", 0x0C1F: "gare@example.org"},
        struct.pack("<8x4I", 1, len(attachments), 1, len(attachments)) + end,
    )
    tree["__recip_version1.0_#00000000"] = _properties(
        {0x3001: "Segreteria", 0x3003: "segreteria@example.org"}, bytes(8)
    )
    for number, (name, data) in enumerate(attachments.items()):
        held: dict[int, str | bytes] = {0x3707: name} if name else {}
        if isinstance(data, bytes):
            held[0x3701] = data
        attached = _properties(held, bytes(8))
        if not isinstance(data, bytes):
            attached["__substg1.0_3701000D"] = data
        tree[f"__attach_version1.0_#{number:08X}"] = attached
    return tree


def _properties(values: dict[int, str | bytes], header: bytes) -> Tree:
    tree: Tree = {}
    rows = header
    for pid, value in values.items():
        kind = 0x001F if isinstance(value, str) else 0x0102
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        tree[f"__substg1.0_{pid:04X}{kind:04X}"] = data
        rows += struct.pack("<HHIQ", kind, pid, 6, len(data))
    tree["__properties_version1.0"] = rows
    return tree
