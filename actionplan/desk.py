"""What staff do with the action plan: the parts of its desk, each for those who may."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tool:
    """A part of the desk: address, label, what it is for, the permissions of which one opens it.

    `switch`: name of a setting without which the part does not exist.
    """

    name: str
    label: str | Promise
    purpose: str | Promise
    permissions: tuple[str, ...]
    switch: str = ""


TOOLS = (
    Tool(
        "staff:adjustments",
        _("Anpassung der Aktionsräume"),
        _("Aus den Zahlen einer Veröffentlichung: wer dazukäme, wer ausschiede; Gründe und Beschluss festhalten."),
        ("actionplan.view_adjustment",),
    ),
    Tool(
        "admin:actionplan_project_changelist",
        _("Projekte"),
        _("Anlegen, ändern, Zustände setzen."),
        ("actionplan.change_project",),
    ),
    Tool(
        "admin:actionplan_allocation_changelist",
        _("Geld"),
        _("Was ein Projekt aus welchem Topf bekommt: bewilligen, binden, auszahlen."),
        ("actionplan.add_moneyentry",),
    ),
    Tool(
        "admin:actionplan_fund_changelist",
        _("Töpfe"),
        _("Geld eines Jahres: was im Topf ist, was daraus bewilligt und was frei ist."),
        ("actionplan.change_fund",),
    ),
    Tool(
        "admin:actionplan_carryover_changelist",
        _("Übertragungen"),
        _("Was ein Jahr übrig ließ, in einen Topf eines späteren Jahres."),
        ("actionplan.add_carryover",),
    ),
    Tool(
        "admin:actionplan_budgetyear_changelist",
        _("Haushaltsjahre"),
        _("Ein Jahr abschließen: Danach wird darin nichts mehr gebucht."),
        ("actionplan.change_budgetyear",),
    ),
    Tool(
        "plan:copy_year",
        _("Jahr übernehmen"),
        _("Die Töpfe eines Jahres für das nächste anlegen."),
        ("actionplan.add_fund",),
    ),
    Tool(
        "plan:deliveries",
        _("Tabelle einlesen"),
        _("Projekte und Zahlungen aus einer Tabelle: geprüft, dann alles oder nichts."),
        ("actionplan.add_plandelivery",),
    ),
    Tool(
        "plan:applications",
        _("Anträge"),
        _("Projekte im Quartier vom Formular bis zum Nachweis, mit Fristen."),
        ("actionplan.view_application",),
    ),
    Tool(
        "plan:ideas",
        _("Ideen aus der Stadt"),
        _("Lesen, veröffentlichen, ablehnen, ein Projekt daraus machen."),
        ("actionplan.view_idea",),
        switch="IDEA_BOX",
    ),
    Tool(
        "admin:actionplan_councilpaper_changelist",
        _("Drucksachen"),
        _("Vorlagen und Beschlüsse mit ihrer Beratungsfolge."),
        ("actionplan.change_councilpaper",),
    ),
    Tool(
        "admin:actionplan_actionarea_changelist",
        _("Aktionsräume und Aktionsquartiere"),
        _("Wer seit wann und durch welchen Beschluss dazugehört."),
        ("actionplan.decide_adjustment",),
    ),
    Tool(
        "admin:actionplan_actionprogramme_changelist",
        _("Aktionsprogramme"),
        _("Programm anlegen, neue Fassung beginnen, Fassung veröffentlichen."),
        ("actionplan.change_actionprogramme",),
    ),
    Tool(
        "admin:actionplan_participation_changelist",
        _("Beteiligung"),
        _("Termine ankündigen, eintragen, was herauskam."),
        ("actionplan.change_participation",),
    ),
    Tool(
        "admin:actionplan_office_changelist",
        _("Büros"),
        _("Anschriften und Öffnungszeiten; Funktionen stehen in der Verwaltung daneben."),
        ("actionplan.change_office",),
    ),
)


def tools_for(user) -> list[Tool]:
    """The parts that an account may open, in their order."""
    return [
        tool
        for tool in TOOLS
        if any(user.has_perm(permission) for permission in tool.permissions)
        and (not tool.switch or getattr(settings, tool.switch))
        and (not tool.name.startswith("admin:") or user.is_staff)
    ]
