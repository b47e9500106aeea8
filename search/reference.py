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
    "AGID": ("agenzia per l'italia digitale",),
    "ANAC": ("autorità nazionale anticorruzione",),
    "ANPR": ("anagrafe nazionale della popolazione residente",),
    "CAD": ("codice dell'amministrazione digitale", "82/2005"),
    "CAM": ("criteri ambientali minimi",),
    "CCNL": ("contratto collettivo nazionale di lavoro",),
    "CIE": ("carta d'identità elettronica",),
    "CIG": ("codice identificativo di gara", "codice identificativo gara"),
    "CUC": ("centrale unica di committenza", "centrale di committenza"),
    "CUP": ("codice unico di progetto",),
    "DGUE": ("documento di gara unico europeo",),
    "DL": ("decreto legge",),
    "DLGS": ("decreto legislativo",),
    "DM": ("decreto ministeriale",),
    "DNSH": ("non arrecare danno significativo", "non arrecare un danno significativo"),
    "DPCM": ("decreto del presidente del consiglio dei ministri",),
    "DPO": ("responsabile della protezione dei dati",),
    "DPR": ("decreto del presidente della repubblica",),
    "DUP": ("documento unico di programmazione",),
    "DURC": ("documento unico di regolarità contributiva",),
    "DUVRI": (
        "documento unico di valutazione dei rischi da interferenze",
        "documento di valutazione dei rischi da interferenze",
        "documento unico di valutazione dei rischi interferenziali",
    ),
    "FESR": ("fondo europeo di sviluppo regionale",),
    "FSE": ("fondo sociale europeo",),
    "GDPR": ("2016/679", "regolamento generale sulla protezione dei dati"),
    "MEPA": ("mercato elettronico della pubblica amministrazione", "mercato elettronico"),
    "OEPV": ("offerta economicamente più vantaggiosa",),
    "PEG": ("piano esecutivo di gestione",),
    "PIAO": ("piano integrato di attività e organizzazione",),
    "PNRR": ("piano nazionale di ripresa e resilienza", "piano di ripresa e resilienza"),
    "PTPCT": ("piano triennale di prevenzione della corruzione",),
    "RPCT": ("responsabile della prevenzione della corruzione",),
    "RPD": ("responsabile della protezione dei dati",),
    "RTD": (
        "responsabile per la transizione digitale",
        "responsabile della transizione digitale",
        "responsabile per la transizione al digitale",
    ),
    "RTI": ("raggruppamento temporaneo di imprese",),
    "RUP": ("responsabile unico del procedimento", "responsabile unico del progetto"),
    "SAPE": ("servizio associato politiche europee", "servizio europa"),
    "SIT": ("sistema informativo territoriale",),
    "SUA": ("stazione unica appaltante",),
    "TUEL": ("testo unico degli enti locali", "testo unico enti locali", "267/2000"),
    "UPI": ("unione province d'italia", "unione delle province d'italia"),
}

TUNED = ("stopword", "synonym", "wordforms", "weight", "pinnedanswer")
SCHEDULES: dict[str, dict[str, object]] = {
    # Looks for forgotten outbox rows; compares everything every night.
    "drain_outbox": {"schedule_type": Schedule.MINUTES, "minutes": 1},
    "resume_rebuilds": {"schedule_type": Schedule.MINUTES, "minutes": 1},
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
