"""Every address of the portal has a declared access class; the verdicts follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF
from tests.conftest import client_of
from tests.factories.library import BLANK_PDF, document
from tests.factories.pages import content_page, event_page, home_page, network_page, news_page
from tests.factories.people import AffiliationFactory

pytestmark = pytest.mark.django_db

# open: everybody. account: who signed in. decider: referente or UPI. staff: who may enter
# /gestione/. object: who may read the object. editor: who may change it. guest: allauth's pages
# about signing in, which send away or answer everybody.
ROUTES = {
    "open": {
        "livez",
        "readyz",
        "robots",
        "sitemap",
        "sitemap_section",
        "site_map",
        "security_text",
        "styleguide",
        "library:index",
        "library:norms",
        "library:kits",
        "search:search",
        "search:api",
        "search:schema",
        "news:rss",
        "news:atom",
        "news:network_rss",
        "news:network_atom",
        "news:events_rss",
        "news:network_events_rss",
        "news:calendar",
        "news:month",
        "organisations:provinces",
        "learning:check_form",
    },
    # Signed addresses that open what they name to whoever holds them.
    "signed": {"communities:unsubscribe"},
    # tests/communities/test_verdicts.py has the verdicts of each.
    "communities": {
        "communities:topic",
        "communities:number",
        "communities:reply",
        "communities:save_draft",
        "communities:listen",
        "communities:lock",
        "communities:pin",
        "communities:post",
        "communities:edit",
        "communities:history",
        "communities:delete",
        "communities:restore",
        "communities:useful",
        "communities:accept",
        "communities:flag",
        "communities:hide",
        "communities:show",
        "communities:decide",
        "communities:admit",
        "communities:refuse",
        "communities:appoint",
        "communities:topics",
        "communities:new_topic",
        "communities:topic_draft",
        "communities:join",
        "communities:leave",
        "communities:people",
        "communities:moderation",
        "communities:listening",
        "communities:all_read",
        "communities:open_notice",
    },
    "account": {
        "communities:notices",
        "communities:all_told",
        "organisations:dashboard",
        "organisations:profile",
        "organisations:new_affiliation",
        "organisations:end",
        "learning:my_training",
        "learning:enrol",
        "learning:withdraw",
        "library:upload",
        "library:mine",
        "library:trash",
        "library:incoming",
        "library:incoming_announce",
        "library:incoming_review",
        "library:incoming_reading",
        "library:incoming_state",
        "library:incoming_part",
        "library:incoming_again",
        "library:incoming_remove",
        "library:restore",
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "usersessions_list",
        "socialaccount_connections",
    },
    "decider": {
        "organisations:requests",
        "organisations:approve",
        "organisations:refuse",
    },
    # tests/learning/test_register.py has the verdicts of each.
    "training": {
        "learning:register",
        "learning:attendance",
        "learning:new_edition",
        "learning:change_edition",
        "learning:new_session",
        "learning:issue",
        "learning:revoke",
        "learning:pdf",
    },
    "staff": {"library:proposals", "library:decide", "library:status"},
    # tests/library/test_kits.py has the verdicts of each.
    "kit": {
        "library:kit",
        "library:new_kit",
        "library:change_kit",
        "library:kit_documents",
        "library:delete_kit",
        "library:kit_ask",
        "library:kit_archive",
        "library:kit_download",
        "library:add_to_kit",
    },
    "object": {
        "library:document",
        "library:state",
        "library:download",
        "library:thumbnail",
        "library:jump",
        "library:page",
        "library:picture",
        "library:small",
        "library:version_page",
        "news:event_ics",
        "editorial:feedback",
        "learning:check",
        "editorial:feedback_thanks",
        "wagtail_serve",
        "picture",
    },
    "editor": {
        "library:change",
        "library:delete",
        "library:retry",
        "library:archive",
        "library:bring_back",
        "library:versions",
        "library:new_version",
        "library:compare",
        "library:version_download",
        "library:version_restore",
        "library:members",
    },
    "guest": {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_email_verification_sent",
        "account_reset_password",
        "account_confirm_login_code",
        "account_confirm_email",
        "account_reset_password_from_key_done",
        "account_reset_password_from_key",
        "account_reset_password_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_signup",
        "wagtailcore_authenticate_with_password",
        "wagtailcore_login",
        "sign_in_of_wagtail",
        "sign_in_of_pages",
        "legacy_socialaccount",
    },
}
CLASS_OF = {name: access for access, names in ROUTES.items() for name in names}


def routes(
    patterns: list[Any] | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield name and pattern of every address outside Wagtail's administration."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if where != "gestione/":
                inner = f"{entry.namespace}:" if entry.namespace else ""
                yield from routes(entry.url_patterns, where, space + inner)
        elif isinstance(entry, URLPattern):
            name = entry.name or ""
            if not name and where.startswith("account/social/"):
                name = "legacy_socialaccount"
            yield space + name, where


def test_every_route_is_classified() -> None:
    unknown = [(name, where) for name, where in routes() if name not in CLASS_OF]
    assert unknown == []
    gone = CLASS_OF.keys() - {name for name, _ in routes()}
    assert gone == set()


def address(where: str, pk: int) -> str:
    """Return an address of a pattern with the object's key and first values elsewhere."""
    replacements = {
        "<int:pk>": str(pk),
        "<int:number>": "1",
        "<int:page_number>": "1",
        "<int:year>": "2022",
        "<slug:network>": "sua",
        "<section>": "pages",
    }
    for converter, value in replacements.items():
        where = where.replace(converter, value)
    return "/" + where


@pytest.fixture
def cast(member: User, waiting: User, redattore: User, direttore: User) -> dict[str, User | None]:
    return {
        "anonymous": None,
        "waiting": waiting,
        "member": member,
        "redattore": redattore,
        "direttore": direttore,
    }


def status(person: User | None, path: str, method: str) -> int | str:
    """Return the status; ``sign in`` for a way to the sign-in page."""
    client = client_of(person) if person else Client()
    answer = getattr(client, method)(path)
    if answer.status_code == 302 and "/account/login/" in answer["Location"]:
        return "sign in"
    return int(answer.status_code)


def patterns_of(access: str) -> list[tuple[str, str]]:
    """Return the routes of a class whose address needs no key of allauth's."""
    return sorted(
        (name, where)
        for name, where in routes()
        if CLASS_OF.get(name) == access and "^" not in where and "webauthn/keys" not in where
    )


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_open_routes(method: str, cast: dict[str, User | None]) -> None:
    home_page()
    for name, where in patterns_of("open"):
        for who, person in cast.items():
            found = status(person, address(where, 1), method)
            allowed = {200, 404} if name in ("security_text", "sitemap_section") else {200}
            if method == "post":
                allowed = {200, 403, 404, 405}
            assert found in allowed, (name, who, found)


@pytest.mark.parametrize("method", ["get", "post"])
def test_routes_of_an_account(method: str, cast: dict[str, User | None]) -> None:
    for name, where in patterns_of("account"):
        anonymous = status(None, address(where, 1), method)
        assert anonymous in ("sign in", 405, 404), (name, anonymous)
        for who in ("waiting", "member", "redattore"):
            found = status(cast[who], address(where, 1), method)
            assert found != "sign in", (name, who)
            assert found in (200, 302, 403, 404, 405, 422), (name, who, found)


@pytest.mark.parametrize("method", ["get", "post"])
def test_routes_of_deciders_and_staff(method: str, cast: dict[str, User | None]) -> None:
    asked = AffiliationFactory(state="pending")
    proposed = document(audience=PUBLIC, proposed_audience=PUBLIC)
    for access, insider, key in [
        ("decider", "direttore", asked.pk),
        ("staff", "redattore", proposed.pk),
    ]:
        for name, where in patterns_of(access):
            path = address(where, key)
            assert status(None, path, method) in ("sign in", 405), name
            for who in ("waiting", "member"):
                assert status(cast[who], path, method) in (403, 405), (name, who)
            assert status(cast[insider], path, method) in (200, 302, 405, 422), name


@pytest.mark.parametrize("audience", [PUBLIC, MEMBERS, STAFF])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_routes_of_an_object(audience: str, method: str, cast: dict[str, User | None]) -> None:
    made = document(audience=audience, name="a.pdf", content=BLANK_PDF)
    readers = {
        PUBLIC: set(cast),
        MEMBERS: {"member", "redattore", "direttore"},
        STAFF: {"redattore", "direttore"},
    }[audience]
    for name, where in patterns_of("object"):
        if not name.startswith("library:"):
            continue
        for who, person in cast.items():
            found = status(person, address(where, made.pk), method)
            if method == "post":
                assert found in (405, 404), (name, who)
            else:
                expected = (200, 302) if who in readers else (404,)
                assert found in expected, (name, who, found)


@pytest.mark.parametrize("method", ["get", "post"])
def test_routes_of_editors_of_an_object(method: str, cast: dict[str, User | None]) -> None:
    for name, where in patterns_of("editor"):
        for who, person in cast.items():
            made = document(audience=PUBLIC)
            found = status(person, address(where, made.pk), method)
            if who == "anonymous":
                assert found in ("sign in", 405), (name, found)
            elif who in ("waiting", "member"):
                assert found in (403, 405), (name, who, found)
            else:
                assert found in (200, 302, 405, 422), (name, who, found)


def test_drafts_and_private_pages(cast: dict[str, User | None]) -> None:
    from tests.factories.pages import restrict_to_members

    for make in (content_page, news_page, event_page):
        draft, private = make(live=False), make()
        restrict_to_members(private)
        for who, person in cast.items():
            assert status(person, draft.url, "get") == 404, who
            expected = {"anonymous": "sign in", "waiting": 403}.get(who, 200)
            assert status(person, private.url, "get") == expected, who
    assert status(None, network_page("sua").url, "get") == 200


def admin_routes(patterns: list[Any], prefix: str) -> Iterator[str]:
    """Yield the addresses of the administration that need no key."""
    for entry in patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from admin_routes(entry.url_patterns, where)
        elif "<" not in where and "(" not in where:
            yield "/" + where.replace("^", "").replace("$", "")


def test_the_administration_is_closed(cast: dict[str, User | None]) -> None:
    root = next(entry for entry in get_resolver().url_patterns if str(entry.pattern) == "gestione/")
    paths = sorted(set(admin_routes(root.url_patterns, "gestione/")))
    assert len(paths) > 60
    open_to_all = {
        "/gestione/jsi18n/",
        "/gestione/logout/",
        "/gestione/sprite/",
        "/gestione/login/",
        "/gestione/password_reset/",
        "/gestione/password_reset/done/",
        "/gestione/password_reset/complete/",
    }
    for path in paths:
        if path in open_to_all or path.startswith("/gestione/sprite"):
            continue
        for who in ("anonymous", "waiting", "member"):
            found = status(cast[who], path, "get")
            assert found in ("sign in", 302, 403, 404, 405), (path, who, found)
