"""What is left of what people send."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communities.writing import TAGS, as_typed, plain, written

HOSTILE = [
    ("<p>Ciao<script>alert(1)</script></p>", "<p>Ciao</p>"),
    ('<p style="color:red" class="x" id="y" onclick="z()">Ciao</p>', "<p>Ciao</p>"),
    ("<style>p{display:none}</style><p>Ciao</p>", "<p>Ciao</p>"),
    ('<iframe src="https://example.org"></iframe><p>Ciao</p>', "<p>Ciao</p>"),
    ('<form action="/x"><input name="a"><p>Ciao</p></form>', ""),
    (
        '<p><a href="javascript:alert(1)">qui</a></p>',
        '<p><a rel="noopener noreferrer nofollow">qui</a></p>',
    ),
    (
        '<p><a href="data:text/html,x">qui</a></p>',
        '<p><a rel="noopener noreferrer nofollow">qui</a></p>',
    ),
    ('<p><img src="x" onerror="alert(1)">Ciao</p>', "<p>Ciao</p>"),
    ("<svg><script>alert(1)</script></svg><p>Ciao</p>", "<p>Ciao</p>"),
    ("<h1>Titolo</h1>", "Titolo"),
    ("<p><b>forte</b> e <i>corsivo</i></p>", "<p><strong>forte</strong> e <em>corsivo</em></p>"),
    ("<div>Ciao</div>", "<p>Ciao</p>"),
    ("<p></p><p>&nbsp;</p><p>Ciao</p><p><br></p>", "<p>Ciao</p>"),
    ("<p>Ciao<!-- nota --></p>", "<p>Ciao</p>"),
    ("<p>Ci\x00ao</p>", "<p>Ciao</p>"),
]


@pytest.mark.parametrize(("raw", "html"), HOSTILE)
def test_hostile_html(raw: str, html: str) -> None:
    assert written(raw, "html").html == html


def test_plain_text_becomes_paragraphs_lines_and_links() -> None:
    found = written("Prima riga\nseconda <b>\n\nVedi https://example.org/a?b=1&c=2.", "text")
    assert found.html == (
        "<p>Prima riga<br>seconda &lt;b&gt;</p><p>Vedi "
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">'
        "https://example.org/a?b=1&amp;c=2</a>.</p>"
    )
    assert found.text == "Prima riga\nseconda <b>\nVedi https://example.org/a?b=1&c=2."


def test_norms_become_links_once() -> None:
    html = written("Vedi l'art. 62 del d.lgs. 36/2023.", "text").html
    assert 'href="https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto.legislativo:' in html
    assert html.count("<a ") == 1
    assert written(html, "html").html == html


def test_nothing_is_empty() -> None:
    for raw in ("", "   ", "\n\n", "<p> </p>", "<script>x</script>", "\x00"):
        assert written(raw, "html").text == ""
        assert "<script" not in written(raw, "text").html


def test_what_was_kept_goes_on_being_written_as_text() -> None:
    html = written(
        '<p>Uno <a href="https://example.org/">qui</a></p><ul><li><p>a</p></li><li>b</li></ul>',
        "html",
    ).html
    assert as_typed(html) == "Uno qui (https://example.org/)\n\n- a\n\n- b"
    same = written("Uno\ndue\n\ntre", "text").html
    assert as_typed(same) == "Uno\ndue\n\ntre"
    address = written("https://example.org/x", "text").html
    assert as_typed(address) == "https://example.org/x"


@pytest.mark.timeout(60)
def test_a_megabyte_is_quick() -> None:
    found = written("<p>testo <b>molto</b> lungo</p>" * 32_000, "html")
    assert len(found.text) > 500_000


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["html", "text"]))
def test_any_text_is_safe_and_stays_as_it_is(raw: str, body_format: str) -> None:
    found = written(raw, body_format)
    assert written(found.html, "html").html == found.html
    assert plain(found.html) == found.text
    lowered = found.html.lower()
    for opening in lowered.split("<")[1:]:
        name = opening.lstrip("/").split(">")[0].split(" ")[0]
        assert name in TAGS
