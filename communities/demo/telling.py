"""Says the demonstration discussions through the services that people use."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from communities.demo.reader import ROME, Said, Talk
from communities.demo.writing import DemoFiles
from communities.models import (
    Event,
    Level,
    Membership,
    ModerationLog,
    Post,
    PostRevision,
    Space,
    Topic,
)
from communities.services.attachments import add_files
from communities.services.moderation import flag_post, hide_post, lock_topic, pin_topic
from communities.services.posting import Contribution, open_topic, reply
from communities.services.posts import accept_answer, delete_post, edit_post, mark_useful
from communities.services.reading import listen_to
from communities.writing import written
from portal.accounts.models import User
from portal.library.forms import check_upload
from portal.library.models import Document
from portal.library.tasks import extract_version
from portal.organisations.tokens import affiliations_of

NAMESPACE = uuid.UUID("0d8a5f0a-3c0e-4d53-9a44-2b6f5f0c2022")
DOCUMENT = re.compile(r'href="documento:([^"]+)"')
LATER = dt.timedelta(hours=2)


@dataclass(frozen=True)
class Teller:
    """What telling needs: the people by account, who is in each space, the files, the day."""

    people: dict[str, User]
    inside: dict[str, list[str]]
    moderators: dict[str, str]
    files: DemoFiles
    today: dt.date

    def tell(self, talks: list[Talk], spaces: dict[str, Space]) -> list[Topic]:
        """Say everything in the order of time, then what happened to it afterwards."""
        moments = [talk.moments(self.today) for talk in talks]
        order = sorted(
            (moment, place, number)
            for place, times in enumerate(moments)
            for number, moment in enumerate(times, start=1)
        )
        topics: dict[int, Topic] = {}
        posts: dict[tuple[int, int], Post] = {}
        for moment, place, number in order:
            talk = talks[place]
            said = talk.posts[number - 1]
            sent = self._contribution(talk, number, moment)
            actor = self.people[said.by]
            if number == 1:
                topic = open_topic(actor, spaces[talk.space], talk.kind, talk.title, sent)
                topics[place] = topic
                post = Post.objects.get(topic=topic, number=1)
                for follower in talk.followers:
                    listen_to(self.people[follower], topic, Level.FOLLOWING)
            else:
                post = reply(actor, topics[place], sent)
            # The same space everywhere: its key and its network are asked for once.
            post.topic = topics[place]
            posts[place, number] = post
            self._hang(actor, post, said)
        for (place, number), post in posts.items():
            self._value(talks[place], number, post)
        for place, talk in enumerate(talks):
            self._settle(talk, topics[place], posts, place)
        return list(topics.values())

    def _contribution(self, talk: Talk, number: int, moment: dt.datetime) -> Contribution:
        said = talk.posts[number - 1]
        return Contribution(
            body=written(linked(said.before or said.html), "html"),
            affiliation=next(iter(affiliations_of(self.people[said.by])), None),
            for_body=said.for_body,
            submission=uuid.uuid5(NAMESPACE, f"{talk.space}/{talk.title}/{number}"),
            at=moment,
        )

    def _hang(self, actor: User, post: Post, said: Said) -> None:
        """Attach the files of a post, checked as any upload, and read them at once."""
        for name in said.files:
            filename, content = self.files[name]
            upload = SimpleUploadedFile(filename, content)
            check_upload(upload)
            add_files(actor, post, [upload])
        if said.files:
            for attachment in post.attachments.select_related("document"):
                document = attachment.document
                Document.objects.filter(pk=document.pk).update(created_at=post.created_at)
                for version in document.versions.all():
                    extract_version(version.pk)

    def _value(self, talk: Talk, number: int, post: Post) -> None:
        """Mark a post as useful to as many of the others as its text says."""
        said = talk.posts[number - 1]
        others = [name for name in self.inside[talk.space] if name != said.by]
        start = post.topic_id + number
        for step in range(min(said.useful, len(others))):
            mark_useful(self.people[others[(start + step) % len(others)]], post)

    def _settle(
        self, talk: Talk, topic: Topic, posts: dict[tuple[int, int], Post], place: int
    ) -> None:
        """Accept, correct, delete, hide, report; close and pin what was closed and pinned."""
        moderator = self.people[self.moderators[talk.space]]
        for number, said in enumerate(talk.posts, start=1):
            post = posts[place, number]
            author = self.people[said.by]
            then = post.created_at + LATER
            if said.before:
                edit_post(author, post, written(linked(said.html), "html"))
                PostRevision.objects.filter(post=post).update(replaced_at=then)
                Post.objects.filter(pk=post.pk).update(edited_at=then)
            if said.deleted:
                delete_post(author, post)
                Post.objects.filter(pk=post.pk).update(deleted_at=then)
            if said.hidden:
                hide_post(moderator, post, said.hidden)
            if said.report:
                reporter = self.people[said.report.by]
                flag_post(reporter, post, said.report.reason, said.report.note)
            if number == talk.accepted:
                accept_answer(self.people[talk.posts[0].by], post)
        if talk.locked:
            lock_topic(moderator, topic, True)
        if talk.pinned:
            pin_topic(moderator, topic, True)
        then = posts[place, len(talk.posts)].created_at + LATER
        ModerationLog.objects.filter(topic=topic).update(at=then)


def linked(html: str) -> str:
    """Return a text whose links to documents by title go to their pages."""

    def address(found: re.Match[str]) -> str:
        document = Document.objects.filter(title=found[1]).order_by("pk").first()
        return f'href="{document.get_absolute_url() if document else "/biblioteca/"}"'

    return DOCUMENT.sub(address, html)


def date_events(recent: dt.timedelta) -> list[Event]:
    """Give the events the moments of what they tell; return those of the last days, still untold.

    The others count as told: nobody wants to hear today of what was said a year ago.
    """
    events = list(Event.objects.select_related("post", "membership").order_by("pk"))
    now = timezone.now()
    fresh = []
    for event in events:
        if event.post:
            event.created_at = event.post.created_at
        elif event.membership:
            event.created_at = event.membership.decided_at or event.membership.asked_at
        if event.created_at >= now - recent:
            fresh.append(event)
        else:
            event.fanned_out_at = event.created_at
    Event.objects.bulk_update(events, ["created_at", "fanned_out_at"], batch_size=200)
    return sorted(fresh, key=lambda event: event.created_at)


def read_before(membership: Membership, days: int, today: dt.date) -> None:
    """Make a membership as old as the project, and what was said until some days ago read."""
    entered = dt.datetime(2022, 4, 20, 9, 30, tzinfo=ROME)
    floor = dt.datetime.combine(today - dt.timedelta(days=days), dt.time(18), ROME)
    Membership.objects.filter(pk=membership.pk).update(
        asked_at=entered, decided_at=entered + LATER, read_floor=floor
    )
