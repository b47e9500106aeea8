"""The letter to the coordination when a page of its network waits for it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import TaskState

from portal.editorial.models import NetworkApprovalTask


class NetworkApprovalNotifier(EmailNotificationMixin, Notifier):
    """Writes to the coordination group of the page's network."""

    notification = "submitted"

    def __init__(self) -> None:
        super().__init__((TaskState,))

    def can_handle(self, instance: TaskState, **kwargs: Any) -> bool:
        return (
            super().can_handle(instance, **kwargs)
            and isinstance(instance.task.specific, NetworkApprovalTask)
            and instance.status == TaskState.STATUS_IN_PROGRESS
        )

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(task_state, **kwargs)
        page = task_state.workflow_state.content_object.specific
        return {
            **context,
            "task": task_state.task.specific,
            "object": page,
            "page": page,
            "model_name": page._meta.verbose_name,
        }

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> Any:
        group = task_state.task.specific.approvers(task_state.workflow_state.content_object)
        people = get_user_model().objects.filter(is_active=True, groups=group)
        sender = kwargs.get("user")
        return people.exclude(pk=sender.pk) if sender else people


notify_coordination = NetworkApprovalNotifier()
