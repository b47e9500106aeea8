"""The step of a workflow whose approvers depend on the network of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, Task, TaskState

from portal.organisations.models import Network
from portal.organisations.roles import coordination_group

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from portal.accounts.models import User


def network_of(page: Page) -> Network | None:
    """Return the network that the latest draft of a page belongs to."""
    draft = page.specific
    if draft.latest_revision_id:
        draft = draft.get_latest_revision_as_object()
    network = getattr(draft, "network", None)
    return network if isinstance(network, Network) else None


class NetworkApprovalTask(Task):
    """Approval by the coordination of the page's network; skipped where there is no network."""

    class Meta:
        verbose_name = "approvazione del coordinamento di rete"
        verbose_name_plural = "approvazioni dei coordinamenti di rete"

    @classmethod
    def get_description(cls) -> str:
        return "Approva il coordinamento della rete della pagina; senza rete il passo si salta."

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Begin the step, or skip it when the page belongs to no network."""
        state: TaskState = super().start(workflow_state, user=user)
        if network_of(workflow_state.content_object) is None:
            state.status = TaskState.STATUS_SKIPPED
            state.finished_at = timezone.now()
            state.save()
        return state

    def approvers(self, page: Page) -> Group | None:
        """Return the group that decides on a page."""
        network = network_of(page)
        return (
            Group.objects.filter(name=coordination_group(network.slug)).first() if network else None
        )

    def decides(self, page: Page, user: User) -> bool:
        """Tell whether somebody decides on a page at this step."""
        if user.is_superuser:
            return True
        group = self.approvers(page)
        return group is not None and user.groups.filter(pk=group.pk).exists()

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return self.decides(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return not self.decides(obj, user)

    def user_can_lock(self, obj: Page, user: User) -> bool:
        return self.decides(obj, user)

    def user_can_unlock(self, obj: Page, user: User) -> bool:
        return False

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        if not self.decides(obj, user):
            return []
        return [
            ("reject", "Rimanda con un commento", True),
            ("approve", "Approva", False),
            ("approve", "Approva con un commento", True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> Any:
        """Return the states of this step that wait for somebody."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        if user.is_superuser:
            return waiting
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if self.decides(state.workflow_state.content_object, user)
        ]
        return TaskState.objects.filter(pk__in=mine)
