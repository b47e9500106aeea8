"""Who may do what with pages, and the workflow that they follow."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django_q.models import Schedule
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.editorial.models import NetworkApprovalTask
from portal.organisations.roles import GROUP_DIREZIONE, GROUP_REDAZIONE

WORKFLOW = "Pubblicazione"
COORDINATION = "Coordinamento della rete"
DIRECTION = "Direzione UPI"
PAGE_PERMISSIONS = {
    GROUP_REDAZIONE: ["add_page", "change_page"],
    GROUP_DIREZIONE: [
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ],
}
COLLECTION_PERMISSIONS = [
    ("core", ["add_portalimage", "change_portalimage", "choose_portalimage"]),
    ("library", ["add_document", "change_document", "choose_document"]),
]


def sync_permissions() -> None:
    """Give the editors' groups their permissions on pages, pictures and documents."""
    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    for name, codenames in PAGE_PERMISSIONS.items():
        group = Group.objects.get(name=name)
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=codenames
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for app, wanted in COLLECTION_PERMISSIONS:
            for permission in Permission.objects.filter(
                content_type__app_label=app, codename__in=wanted
            ):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )
    direction = Group.objects.get(name=GROUP_DIREZIONE)
    direction.permissions.add(
        *Permission.objects.filter(content_type__app_label="core", codename="change_sitesettings")
    )


def sync_workflow() -> None:
    """Create the workflow of every page; what the editors changed of it stays."""
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return
    workflow = Workflow.objects.create(name=WORKFLOW)
    coordination = NetworkApprovalTask.objects.create(name=COORDINATION)
    direction = GroupApprovalTask.objects.create(name=DIRECTION)
    direction.groups.add(Group.objects.get(name=GROUP_DIREZIONE))
    for order, task in enumerate((coordination, direction)):
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=order)
    # Wagtail's own first workflow, if it is still on the root, gives way.
    WorkflowPage.objects.update_or_create(
        page=Page.get_first_root_node(), defaults={"workflow": workflow}
    )


def sync_schedules() -> None:
    """Have scheduled pages published and expired every minute."""
    Schedule.objects.get_or_create(
        name="publish_scheduled",
        defaults={
            "func": "portal.editorial.tasks.publish_scheduled",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
        },
    )
