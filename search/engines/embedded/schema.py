"""The two tiers of the embedded index, and how an object becomes their rows."""

from __future__ import annotations

from collections.abc import Iterator

import tantivy

from search.analysis import acronym_of, terms
from search.analysis.chain import RAW
from search.engines.base import IndexItem

WORDS = "whitespace_only"
NO_DATE = 1


def analyser() -> tantivy.TextAnalyzer:
    """Return the tokenizer of fields that are already analysed: words between spaces."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def documents_schema() -> tantivy.Schema:
    """Return the schema of whole objects."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "title_exact", "body", "body_exact"):
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("acronyms", tokenizer_name=WORDS, index_option="freq")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    for name in ("kind", "network", "province", "year", "format"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("recency", fast=True)
    return builder.build()


def pages_schema() -> tantivy.Schema:
    """Return the schema of the pages of objects."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("label", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("body", "body_exact"):
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("acronyms", tokenizer_name=WORDS, index_option="freq")
    return builder.build()


def rows(item: IndexItem) -> tuple[tantivy.Document, Iterator[tantivy.Document]]:
    """Return the row of an object and those of its pages, analysed once for both."""
    document = tantivy.Document()
    document.add_text("id", item.id)
    stems, exacts = analysed(item.title)
    document.add_text("title", stems)
    document.add_text("title_exact", exacts)
    pages = []
    all_stems, all_exacts = [stems], [exacts]
    capitals = [acronyms_of(item.title)]
    for text in (item.summary, item.body):
        stems, exacts = analysed(text)
        all_stems.append(stems)
        all_exacts.append(exacts)
        capitals.append(acronyms_of(text))
    for page in item.pages:
        stems, exacts = analysed(page.text)
        page_capitals = acronyms_of(page.text)
        all_stems.append(stems)
        all_exacts.append(exacts)
        capitals.append(page_capitals)
        row = tantivy.Document()
        row.add_text("id", item.id)
        row.add_unsigned("number", page.number)
        row.add_text("label", page.label)
        row.add_text("body", stems)
        row.add_text("body_exact", exacts)
        row.add_text("acronyms", page_capitals)
        pages.append(row)
    document.add_text("body", " ".join(all_stems))
    document.add_text("body_exact", " ".join(all_exacts))
    document.add_text("acronyms", " ".join(capitals))
    for token in item.audience:
        document.add_text("audience", token)
    document.add_text("kind", item.kind)
    for network in item.networks:
        document.add_text("network", network)
    for sigla in item.provinces:
        document.add_text("province", sigla)
    if item.year:
        document.add_text("year", str(item.year))
    if item.format:
        document.add_text("format", item.format)
    document.add_unsigned("recency", item.date.toordinal() if item.date else NO_DATE)
    return document, iter(pages)


def analysed(text: str) -> tuple[str, str]:
    """Return the stems and the exact words of a text, joined by spaces."""
    found = terms(text)
    return " ".join([term.stem for term in found]), " ".join([term.exact for term in found])


def acronyms_of(text: str) -> str:
    """Return the acronyms of a text, joined by spaces."""
    return " ".join([found for raw in RAW.findall(text) if (found := acronym_of(raw))])
