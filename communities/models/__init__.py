from communities.models.attachment import Attachment
from communities.models.draft import Draft
from communities.models.event import Delivery, DeliveryState, Event, EventKind, Notification
from communities.models.membership import Level, Membership, MembershipRole, MembershipState
from communities.models.moderation import (
    Flag,
    FlagReason,
    ModerationAction,
    ModerationLog,
    ReviewItem,
)
from communities.models.page import SpaceIndexPage, SpacePage
from communities.models.post import Post, PostRevision, PostState, Useful
from communities.models.space import JoinPolicy, Space
from communities.models.topic import Participation, Topic, TopicKind, TopicReader, TopicStatus

__all__ = [
    "Attachment",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Event",
    "EventKind",
    "Flag",
    "FlagReason",
    "JoinPolicy",
    "Level",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "ModerationAction",
    "ModerationLog",
    "Notification",
    "Participation",
    "Post",
    "PostRevision",
    "PostState",
    "ReviewItem",
    "Space",
    "SpaceIndexPage",
    "SpacePage",
    "Topic",
    "TopicKind",
    "TopicReader",
    "TopicStatus",
    "Useful",
]
