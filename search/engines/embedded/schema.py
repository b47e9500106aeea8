"""The two tiers of the embedded index, and the rows as tantivy takes them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

import tantivy

from search.engines.base import STORED_FACETS
from search.engines.rows import DocumentRow

# Raised with every change of fields or stems: an index of another version is left and made again.
VERSION = "v7"
WORDS = "whitespace_only"
TEXTS = ("title", "title_exact", "text", "text_exact")


def analyser() -> tantivy.TextAnalyzer:
    """Return the tokenizer of fields that are already analysed: words between spaces."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def documents_schema() -> tantivy.Schema:
    """Return the schema of whole objects."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("seq", stored=True)
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("acronyms", tokenizer_name=WORDS, index_option="freq")
    builder.add_text_field("gist", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    # All the tokens of an object as one value, so that each object is counted once.
    builder.add_text_field("tokens", tokenizer_name="raw", index_option="basic", fast=True)
    for name in STORED_FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("recency", fast=True, indexed=True)
    return builder.build()


def pages_schema() -> tantivy.Schema:
    """Return the schema of the pages of objects."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("object", fast=True)
    builder.add_unsigned_field("number", fast=True)
    builder.add_text_field("label", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("text", "text_exact"):
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("acronyms", tokenizer_name=WORDS, index_option="freq")
    return builder.build()


def object_number(key: str) -> int:
    """Return the number that stands for an id where only numbers can be read quickly."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())


def document_of(row: DocumentRow) -> tantivy.Document:
    """Return the document of an object."""
    document = tantivy.Document()
    document.add_text("id", row.id)
    document.add_unsigned("seq", row.seq)
    for name in (*TEXTS, "acronyms", "gist"):
        document.add_text(name, getattr(row, name))
    for token in row.audience:
        document.add_text("audience", token)
    document.add_text("tokens", " ".join(row.audience))
    for facet in STORED_FACETS:
        for value in row.facets.get(facet, ()):
            document.add_text(facet, value)
    document.add_unsigned("recency", row.recency)
    return document


def pages_of(row: DocumentRow) -> Iterator[tantivy.Document]:
    """Yield the documents of the pages of an object."""
    for page in row.pages:
        document = tantivy.Document()
        document.add_text("id", row.id)
        document.add_unsigned("object", object_number(row.id))
        document.add_unsigned("number", page.number)
        document.add_text("label", page.label)
        document.add_text("text", page.text)
        document.add_text("text_exact", page.text_exact)
        document.add_text("acronyms", page.acronyms)
        yield document
