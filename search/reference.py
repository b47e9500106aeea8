"""Reference data of the search: first words, who may tune it, what the worker does and when."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django_q.models import Schedule

from portal.organisations.roles import GROUP_DIREZIONE, GROUP_REDAZIONE

_STOPWORDS = """
a ad al allo alla ai agli alle con col coi da dal dallo dalla dai dagli dalle di del dello della dei
degli delle e ed gli i il in nel nello nella nei negli nelle la le lo l o per su sul sullo sulla sui
sugli sulle un uno una che chi cui non ma se come anche sua suo sue suoi tra fra si ha hanno sono
essere quale quali questo questa cosa dove quando
"""
STOPWORDS = frozenset(_STOPWORDS.split())

# Acronym and what it stands for: each is looked for when the other is typed.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "SUA": ("stazione unica appaltante",),
    "CUC": ("centrale unica di committenza",),
    "SAPE": ("servizio associato politiche europee", "servizio europa"),
    "SIT": ("sistema informativo territoriale",),
    "DUP": ("documento unico di programmazione",),
    "DLGS": ("decreto legislativo",),
    "DPR": ("decreto del presidente della repubblica",),
    "PNRR": ("piano nazionale di ripresa e resilienza",),
    "RUP": ("responsabile unico del procedimento",),
    "UPI": ("unione province d'italia",),
}

TUNED = ("stopword", "synonym", "wordforms", "weight", "pinnedanswer")
SCHEDULES: dict[str, dict[str, object]] = {
    # Looks for forgotten outbox rows; compares everything every night.
    "drain_outbox": {"schedule_type": Schedule.MINUTES, "minutes": 1},
    "sweep_index": {"schedule_type": Schedule.DAILY},
    "send_alerts": {"schedule_type": Schedule.MINUTES, "minutes": 1},
    "forget_old_searches": {"schedule_type": Schedule.DAILY},
}


def sync_tuning() -> None:
    """Give a new installation its first words; from then on they are the redazione's."""
    from search.models import Stopword, Synonym, TuningState

    if TuningState.objects.exists():
        return
    Stopword.objects.bulk_create([Stopword(word=word) for word in sorted(STOPWORDS)])
    Synonym.objects.bulk_create(
        [Synonym(word=word, meanings="\n".join(meanings)) for word, meanings in SYNONYMS.items()]
    )
    TuningState.touch()


def sync_permissions() -> None:
    """Let the redazione and the direction tune the search and read what is looked for."""
    wanted = [f"{action}_{model}" for model in TUNED for action in ("add", "change", "delete")]
    wanted += [f"view_{model}" for model in (*TUNED, "tuningchange", "querycount", "rebuildrun")]
    of_search = Permission.objects.filter(content_type__app_label="search")
    for name in (GROUP_REDAZIONE, GROUP_DIREZIONE):
        Group.objects.get(name=name).permissions.add(*of_search.filter(codename__in=wanted))
    direction = Group.objects.get(name=GROUP_DIREZIONE)
    direction.permissions.add(*of_search.filter(codename="add_rebuildrun"))


def sync_schedules() -> None:
    """Have the worker do what the search needs at set times."""
    for name, when in SCHEDULES.items():
        Schedule.objects.get_or_create(name=name, defaults={"func": f"search.tasks.{name}", **when})
