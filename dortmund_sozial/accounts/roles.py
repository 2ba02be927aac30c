"""Who may do what: each role is a group with exactly these permissions.

This file is the truth. `migrate` gives the groups what stands here and takes away what does not; who needs another
combination makes a group of another name in the administration, or gives a person several roles.
"""

from dataclasses import dataclass

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"
ALL = (VIEW, ADD, CHANGE, DELETE)


def on(app: str, models: str, *actions: str) -> frozenset[str]:
    """Permissions for `actions` on each of the models, whose names stand apart by spaces.

    >>> sorted(on("areas", "area source", "view", "change"))
    ['areas.change_area', 'areas.change_source', 'areas.view_area', 'areas.view_source']
    """
    return frozenset(f"{app}.{action}_{model}" for model in models.split() for action in actions)


def named(app: str, codenames: str) -> frozenset[str]:
    """Permissions by their own names.

    >>> sorted(named("indicators", "edit_values accept_upload"))
    ['indicators.accept_upload', 'indicators.edit_values']
    """
    return frozenset(f"{app}.{codename}" for codename in codenames.split())


@dataclass(frozen=True)
class Role:
    """One role: the name of its group and its permissions as "app.codename"."""

    name: str
    permissions: frozenset[str]


SEE_PLACES = on("areas", "area areapart arealevel source facility", VIEW)
SEE_RULES = on("indicators", "typology typologyindicator screening screeningcriterion", VIEW)
SEE_RULES |= on("indicators", "compositeindex indexcomponent indexexclusion", VIEW)
SEE_CATALOGUE = on("indicators", "dimension period indicator seriesbreak secrecyrule", VIEW) | SEE_RULES
PLAN_THINGS = (
    "fieldofaction fieldname fieldgoal project projectfield projectplace projectresult projectfile "
    "councilpaper consultation pressrelease funder fund "
    "participation participationplace office officeplace planfunction planfunctionplace "
    "actionprogramme programmeparticipation programmeversion programmegoal programmemeasure programmemilestone"
)
PLAN_JOURNALS = "projectstate allocation allocationshare fundchange carryover moneyentry"
PLAN_ADJUSTMENTS = "adjustment adjustmentcriterion adjustmentline adjustmentfigure membershipfigure"
SEE_PLAN = on("actionplan", f"actionarea {PLAN_THINGS} {PLAN_JOURNALS} budgetyear {PLAN_ADJUSTMENTS}", VIEW)
SEE_RELEASES = on("indicators", "release releaseevent correction", VIEW) | named("indicators", "preview_release")
SEE_WORK = on("indicators", "upload uploadfinding uploadtemplate value figure edit previewlink", VIEW)
SEE_HISTORY = on(
    "indicators",
    "valuehistory indicatorhistory seriesbreakhistory dimensionhistory releasehistory uploadtemplatehistory "
    "secrecyrulehistory compositeindexhistory indexcomponenthistory indexexclusionhistory "
    "typologyhistory typologyparthistory screeninghistory criterionhistory",
    VIEW,
)

REPORTS = named("atlas", "ask_report")
COMPILATIONS = on("atlas", "compilation", *ALL)

EDITORIAL = Role(
    "Redaktion",
    SEE_PLACES
    | REPORTS
    | COMPILATIONS
    | named("atlas", "edit_every_compilation")
    | SEE_CATALOGUE
    | SEE_PLAN
    | SEE_RELEASES
    | SEE_WORK
    | SEE_HISTORY
    | on("indicators", "dimension period indicator secrecyrule", ADD, CHANGE)
    | on("indicators", "seriesbreak indexcomponent indexexclusion", ADD, CHANGE, DELETE)
    | on("indicators", "compositeindex", ADD, CHANGE)
    | on("indicators", "typology typologyindicator screening screeningcriterion", ADD, CHANGE, DELETE)
    | on("indicators", "release value", ADD, CHANGE, DELETE)
    | on("indicators", "upload uploadtemplate", ADD, CHANGE)
    | named("indicators", "accept_upload edit_values submit_release comment_release"),
)
APPROVAL = Role(
    "Freigabe",
    SEE_PLACES
    | REPORTS
    | COMPILATIONS
    | SEE_CATALOGUE
    | SEE_PLAN
    | SEE_RELEASES
    | SEE_WORK
    | SEE_HISTORY
    | named("indicators", "comment_release approve_release schedule_release publish_release withdraw_release")
    | named("indicators", "share_preview view_editor_names"),
)
PLAN = Role(
    "Aktionsplan",
    SEE_PLACES
    | REPORTS
    | COMPILATIONS
    | SEE_CATALOGUE
    | SEE_PLAN
    | on("actionplan", PLAN_THINGS, *ALL)
    | on("actionplan", PLAN_JOURNALS, ADD)
    | on("actionplan", "plandelivery", VIEW, ADD)
    | on("actionplan", "allocation allocationshare budgetyear", ADD, CHANGE)
    | on("actionplan", "allocationshare", DELETE)
    | on("actionplan", "idea application", VIEW)
    | named("actionplan", "decide_idea handle_application")
    | on("actionplan", PLAN_ADJUSTMENTS, ADD, CHANGE)
    | named("actionplan", "decide_adjustment edit_every_area")
    | on("actionplan", "actionareahistory projecthistory projectresulthistory fundhistory allocationhistory", VIEW)
    | on("actionplan", "allocationsharehistory budgetyearhistory", VIEW)
    | on("actionplan", "participationhistory officehistory planfunctionhistory", VIEW)
    | on("actionplan", "actionprogrammehistory programmeversionhistory", VIEW)
    | named("indicators", "view_release"),
)
IN_THE_AREA = Role(
    "Aktionsraum",
    SEE_PLACES
    | SEE_CATALOGUE
    | SEE_PLAN
    | on("actionplan", "project participation actionprogramme", ADD, CHANGE)
    | on("actionplan", "projectfield projectplace participationplace programmeparticipation", ADD, CHANGE, DELETE)
    | on("actionplan", "projectresult projectfile", ADD, CHANGE, DELETE)
    | on("actionplan", "programmegoal programmemeasure programmemilestone", ADD, CHANGE, DELETE)
    | on("actionplan", "programmeversion", CHANGE)
    | on("actionplan", "projectstate", ADD)
    | named("indicators", "view_release"),
)
COUNCIL = Role(
    "Rat",
    SEE_CATALOGUE
    | SEE_PLAN
    | SEE_RELEASES
    | REPORTS
    | on("atlas", "compilation", VIEW)
    | on("actionplan", "idea application", VIEW),
)
ADMINISTRATION = Role(
    "Systemverwaltung",
    SEE_CATALOGUE
    | SEE_PLAN
    | on("areas", "arealevel area areapart source facility", *ALL)
    | on("areas", "areahistory sourcehistory", VIEW)
    | on("auth", "user", VIEW, ADD, CHANGE)
    | on("auth", "group", VIEW)
    | on("actionplan", "areacharge", *ALL)
    | on("dortmund_sozial", "apitoken", VIEW, ADD, DELETE)
    | on("axes", "accessattempt accesslog accessfailurelog", VIEW)
    | on("axes", "accessattempt", DELETE)
    | on("indicators", "upload release subscription", VIEW)
    | named("indicators", "view_editor_names"),
)
ROLES = (EDITORIAL, APPROVAL, PLAN, IN_THE_AREA, COUNCIL, ADMINISTRATION)


def unknown_permissions(known: frozenset[str]) -> dict[str, list[str]]:
    """For each role the permissions that are not among `known`; roles without any are left out."""
    wrong = {role.name: sorted(role.permissions - known) for role in ROLES}
    return {name: permissions for name, permissions in wrong.items() if permissions}
