"""What the blocks accept, refuse and show."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from portal.core import access
from portal.core.blocks import (
    BodyStreamBlock,
    CallToActionBlock,
    DocumentsBlock,
    HeadingBlock,
    LinkBlock,
    PictureBlock,
    TableBlock,
    VideoBlock,
    page_index,
)
from portal.core.blocks.links import is_safe_address
from portal.core.blocks.media import video_source
from portal.library.models import Document
from tests.factories.people import UserFactory

BODY = BodyStreamBlock()


def body(*blocks: tuple[str, Any]) -> Any:
    return BODY.to_python([{"type": kind, "value": value} for kind, value in blocks])


def heading(text: str, **fields: str) -> tuple[str, dict[str, str]]:
    return "heading", {"text": text, "level": "h2", "anchor": "", **fields}


@pytest.mark.parametrize("name", sorted(BODY.child_blocks))
def test_every_block_has_a_label_an_icon_and_a_template(name: str) -> None:
    block = BODY.child_blocks[name]
    assert block.label
    assert block.meta.icon != "placeholder"
    assert block.meta.template.startswith("blocks/")
    assert block.meta.description


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BODY.child_blocks))
def test_every_block_is_previewed(name: str) -> None:
    block = BODY.child_blocks[name]
    assert block.is_previewable
    request = RequestFactory().get("/")
    request.user = UserFactory()
    assert isinstance(block.render(block.get_preview_value(), {"request": request}), str)


@pytest.mark.parametrize("anchor", ["Con Maiuscole", "é", "a b"])
def test_an_anchor_is_made_of_plain_letters(anchor: str) -> None:
    block = HeadingBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"text": "Titolo", "level": "h2", "anchor": anchor}))


def test_a_heading_without_anchor_takes_it_from_its_words() -> None:
    value = HeadingBlock().to_python({"text": "Chi può aderire?", "level": "h2", "anchor": ""})
    assert value.anchor_id == "chi-puo-aderire"


def test_two_headings_with_the_same_anchor_are_refused() -> None:
    with pytest.raises(ValidationError):
        BODY.clean(body(heading("Costi"), heading("Costi")))
    assert BODY.clean(body(heading("Costi"), heading("Costi", anchor="altri-costi")))


def test_the_index_begins_with_three_main_headings() -> None:
    short = body(heading("Uno"), heading("Due"), heading("Sotto", level="h3"))
    long = body(heading("Uno"), heading("Due"), heading("Tre"))
    assert page_index(short) == []
    assert [entry["anchor"] for entry in page_index(long)] == ["uno", "due", "tre"]


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/biblioteca/", True),
        ("https://www.upinet.it/", True),
        ("mailto:redazione@example.org", True),
        ("javascript:alert(1)", False),
        ("//altrove.example.org", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https://[", False),
        ("/a b", False),
    ],
)
def test_only_plain_addresses_are_links(address: str, safe: bool) -> None:
    assert is_safe_address(address) is safe


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["", "javascript:alert(1)"])
def test_a_link_needs_one_good_address(url: str) -> None:
    block = LinkBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"page": None, "url": url}))


@pytest.mark.django_db
def test_a_call_to_action_without_link_is_refused() -> None:
    block = CallToActionBlock()
    value = {"title": "Titolo", "text": "", "label": "Vai", "link": {"page": None, "url": ""}}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://www.youtube.com/watch?v=abcDEF12345", ("youtube", "abcDEF12345")),
        ("https://youtu.be/abcDEF12345", ("youtube", "abcDEF12345")),
        ("https://vimeo.com/123456789", ("vimeo", "123456789")),
        ("http://vimeo.com/123456789", None),
        ("https://youtube.com.example.org/watch?v=abcDEF12345", None),
        ("https://www.youtube.com/watch", None),
        ('https://youtu.be/"><script>', None),
        ("https://[", None),
    ],
)
def test_videos_come_from_known_providers(address: str, source: tuple[str, str] | None) -> None:
    assert video_source(address) == source


def test_a_video_asks_nothing_of_the_provider_before_the_click() -> None:
    block = VideoBlock()
    html = block.render(block.get_preview_value())
    assert "<iframe" not in html
    assert "<img" not in html
    assert 'href="https://vimeo.com/123456789"' in html


def test_a_table_has_caption_headers_and_rows() -> None:
    block = TableBlock()
    html = block.render(block.get_preview_value())
    assert "<caption>Le Province capofila</caption>" in html
    assert '<th scope="col">Settore</th>' in html
    assert '<th scope="row">Stazione unica appaltante</th>' in html
    for broken in (
        {"caption": "", "columns": [{"type": "text", "heading": "A"}], "rows": [{"values": ["1"]}]},
        {"caption": "C", "columns": [{"type": "text", "heading": ""}], "rows": [{"values": ["1"]}]},
        {"caption": "C", "columns": [], "rows": []},
    ):
        with pytest.raises(ValidationError):
            block.clean(block.to_python(broken))


@pytest.mark.django_db
def test_a_picture_needs_alternative_text_unless_decorative() -> None:
    from wagtail.images.tests.utils import get_test_image_file

    from portal.core.models import PortalImage

    image = PortalImage.objects.create(title="Prova", file=get_test_image_file(), credit="UPI")
    block = PictureBlock()

    def value(**fields: Any) -> Any:
        return block.to_python({"image": {"image": image.pk, "decorative": False, **fields}})

    with pytest.raises(ValidationError):
        block.clean(value(alt_text=""))
    assert block.clean(value(alt_text="Il tavolo dei relatori"))
    assert block.clean(value(alt_text="", decorative=True))
    html = block.render(value(alt_text="Il tavolo dei relatori"))
    assert 'alt="Il tavolo dei relatori"' in html
    assert "Crediti: UPI" in html


@pytest.mark.django_db
def test_each_reader_sees_the_documents_she_may_read(member: Any, waiting: Any) -> None:
    public = Document.objects.create(title="Per tutti", audience=access.PUBLIC)
    private = Document.objects.create(title="Per i membri", audience=access.MEMBERS)
    block = DocumentsBlock()
    value = block.to_python([private.pk, public.pk])

    def seen_by(user: Any) -> list[str]:
        request = RequestFactory().get("/")
        request.user = user
        context = block.get_context(value, {"request": request})
        return [document.title for document in context["documents"]]

    assert seen_by(member) == ["Per i membri", "Per tutti"]
    assert seen_by(waiting) == ["Per tutti"]
    context = block.get_context(value, {})
    assert [document.title for document in context["documents"]] == ["Per tutti"]
