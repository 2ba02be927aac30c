"""What is typed into forms of the plan's administration that the database refuses, one case for each rule."""

import base64

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from actionplan.models import Office
from tests.app.page_form import form_of

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
INSIDE = '{"type":"MultiPolygon","coordinates":[[[[0,0],[0,1],[1,1],[0,0]]]]}'


def _key(thing) -> object:
    return thing.pk if isinstance(thing, Model) else thing


class Typed:
    """What is typed: into which form of which model, with rows added to inlines."""

    def __init__(self, page: str, name: str | None = None, /, *, rows: dict | None = None, files=None, **fields):
        self.page, self.name, self.rows, self.files, self.fields = page, name, rows or {}, files or {}, fields

    def address(self, plan: dict) -> str:
        """The form of the thing that is called `name` in the plan, or an empty one."""
        if self.name is None:
            return reverse(f"admin:actionplan_{self.page}_add")
        return reverse(f"admin:actionplan_{self.page}_change", args=[plan[self.name].pk])

    def data(self, page, plan: dict) -> dict:
        """The form as it stands, with what is typed; `@name` stands for the key of a thing."""
        sent = {**form_of(page, "novalidate"), **self.fields}
        for prefix, rows in self.rows.items():
            total = f"{prefix}-TOTAL_FORMS"
            for row in rows:
                number = int(sent[total])
                sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
                sent[total] = number + 1
        keyed = {k: _key(plan[v[1:]]) if isinstance(v, str) and v.startswith("@") else v for k, v in sent.items()}
        return keyed | {name: SimpleUploadedFile(*file) for name, file in self.files.items()}


def fund(**more) -> dict:
    """A new fund."""
    return {
        "slug": "neu", "name": "Neu", "kind": "core", "year": "2023", "volume_is_known": "on", "source": "@source",
        "funder": "@funder",
    } | more  # fmt: skip


def entry(**more) -> dict:
    """A new row of a journal of money."""
    return {"kind": "approved", "amount": "10", "day": "02.05.2021", "day_is_exact": "on"} | more


def share(**more) -> dict:
    """A further share."""
    return {"place": "@place", "weight": "1"} | more


PLACES = [{"area": "@area", "action_area": ""}]
NOWHERE = [{"area": "", "action_area": "", "is_assumed": "on"}]
AGAIN = [{"is_assumed": "on", **PLACES[0]}]
MEMBER = {
    "kind": "aktionsraum", "name": "Mitte", "area": "@area", "valid_0": "01.01.2022", "valid_1": "", "decision": "Rat",
    "paper": "@paper", "source": "@source",
}  # fmt: skip
PROGRAMME = {
    "title": "Zwei", "slug": "zwei", "action_area": "@member", "valid_0": "01.01.2023", "valid_1": "01.01.2026",
    "state": "in_force", "source": "@source",
}  # fmt: skip
OFFICE = {"kind": Office.Kind.values[0], "slug": "zwei", "name": "Büro", "number": "1", "source": "@source"}
EVENT = {"begins_0": "01.05.2022"}

# By name of the constraint or trigger: what is typed, and the sentence that has to stand in the form.
CASES = {
    "a_fund_belongs_to_a_year_of_this_century": (Typed("fund", **fund(year="1999")), ""),
    "an_area_fund_names_its_action_area": (Typed("fund", **fund(kind="area")), ""),
    "what_is_foreseen_for_a_fund_is_more_than_nothing": (
        Typed("fund", **fund(foreseen="-1")),
        "Vorgesehen ist mehr als nichts",
    ),
    "open_years_only": (Typed("fund", **fund(year="2019")), "Das Haushaltsjahr 2019 ist abgeschlossen."),
    "open_years_only of an allocation": (
        Typed("allocation", fund="@closed", project="@project", note="bleibt stehen"),
        "Das Haushaltsjahr 2019 ist abgeschlossen.",
    ),
    "closed_funds_stay_as_they_are": (
        Typed("fund", "closed", name="bleibt stehen"),
        "Das Haushaltsjahr 2019 ist abgeschlossen.",
    ),
    "closed_funds_stay_as_they_are, also what was foreseen": (
        Typed("fund", "closed", foreseen="5"),
        "Das Haushaltsjahr 2019 ist abgeschlossen.",
    ),
    "closed_funds_stay_as_they_are, also whether it is about": (
        Typed("fund", "closed", is_about="on"),
        "Das Haushaltsjahr 2019 ist abgeschlossen.",
    ),
    "kind_of_closed_money_stays": (
        Typed("funder", "funder", kind="eu"),
        "Die Art bleibt: Das Haushaltsjahr 2019 mit Geld dieses Geldgebers ist abgeschlossen.",
    ),
    "a_change_of_a_fund_changes_something": (
        Typed("fund", "fund", rows={"changes": [{"amount": "0", "day": "02.05.2021"}]}),
        "",
    ),
    "leaves_what_was_given": (
        Typed("fund", "fund", rows={"changes": [{"amount": "-950", "day": "02.05.2021"}]}),
        "bewilligt sind schon 100,00",
    ),
    "a_project_has_one_allocation_per_fund_and_application": (
        Typed("allocation", fund="@fund", project="@project", note="bleibt stehen"),
        "",
    ),
    "one_share_per_allocation_and_place": (Typed("allocation", "allocation", rows={"shares": [share()]}), ""),
    "a_share_is_more_than_nothing": (
        Typed("allocation", "allocation", **{"shares-0-weight": "0"}),
        "",
    ),
    "a_money_entry_moves_something": (
        Typed("allocation", "allocation", rows={"entries": [entry(amount="0")]}),
        "",
    ),
    "keeps_within_the_money": (
        Typed("allocation", "allocation", rows={"entries": [entry(amount="1000")]}),
        "im Topf sind 1.000,00",
    ),
    "a_carry_over_moves_something": (
        Typed("carryover", out_of="@fund", into="@other", amount="-1", day="02.05.2021"),
        "",
    ),
    "a_carry_over_leads_into_another_fund": (
        Typed("carryover", out_of="@fund", into="@fund", amount="1", day="02.05.2021"),
        "",
    ),
    "plans_within_the_fund": (
        Typed("allocation", "allocation", rows={"entries": [entry(kind="planned", amount="999.999.999.999,99")]}),
        "Geplant wären 999.999.999.999,99 Euro, im ganzen Topf „Kern“ sind 1.000,00.",
    ),
    "carries_what_is_free": (
        Typed("carryover", out_of="@other", into="@fund", amount="1", day="02.05.2021"),
        "Übertragen wird in ein späteres Jahr, nicht von 2022 nach 2021.",
    ),
    "is_part_of_its_own_year": (
        Typed("fund", **fund(part_of="@fund")),
        "Ein Topf von 2023 kann nicht in einem von 2021 enthalten sein.",
    ),
    "a_change_of_a_fund_has_a_day_of_this_century": (
        Typed("fund", "fund", rows={"changes": [{"amount": "1", "day": "02.05.1950"}]}),
        "",
    ),
    "a_money_entry_has_a_day_of_this_century": (
        Typed("allocation", "allocation", rows={"entries": [entry(kind="planned", day="02.05.2950")]}),
        "",
    ),
    "a_carry_over_has_a_day_of_this_century": (
        Typed("carryover", out_of="@fund", into="@other", amount="1", day="02.05.2950"),
        "",
    ),
    "a_membership_begins_on_a_day_of_this_century": (
        Typed("actionarea", **MEMBER | {"area": "@rim", "valid_0": "01.01.1950"}),
        "Die Zeit hat einen ersten Tag und liegt zwischen 2000 und 2100.",
    ),
    "is_in_the_plan_once": (
        Typed("actionarea", **MEMBER | {"kind": "aktionsquartier", "name": "Viertel", "geometry": "@whole"}),
        "schon zum Plan",
    ),
    "keeps_money_in_its_place": (
        Typed("project", "project", **{"places-0-area": "@rim"}),
        "Hierher ist Geld aufgeteilt: Der Ort bleibt",
    ),
    "an_account_is_in_charge_of_an_area_once": (
        Typed("areacharge", user="@charge", area="@area"),
        "Dieses Konto ist für das Gebiet schon zuständig.",
    ),
    "one_membership_per_name_and_area_at_a_time": (Typed("actionarea", **MEMBER), ""),
    "an_area_is_an_action_area_once_at_a_time": (
        Typed("actionarea", **MEMBER | {"name": "Mitte-Ost"}),
        "Dieses Gebiet ist in der Zeit schon Aktionsraum.",
    ),
    "a_membership_begins_by_a_decision": (Typed("actionarea", **MEMBER | {"area": "@rim", "decision": ""}), ""),
    "a_membership_ends_by_a_decision": (
        Typed("actionarea", **MEMBER | {"area": "@rim", "valid_1": "01.01.2025"}),
        "Ohne Beschluss endet nichts.",
    ),
    "exactly_quarters_have_a_boundary_of_their_own": (
        Typed("actionarea", **MEMBER | {"kind": "aktionsquartier", "name": "Viertel"}),
        "Ein Aktionsquartier braucht eine eigene Grenze.",
    ),
    "lies_inside_its_area": (
        Typed(
            "actionarea",
            **MEMBER | {"area": "@rim", "kind": "aktionsquartier", "name": "Viertel", "geometry": INSIDE},
        ),
        "Prozent in seinem Sozialraum.",
    ),
    "a_paper_number_is_given_once": (
        Typed("councilpaper", slug="d-2", number="1", title="Zwei", kind="report", day="02.05.2021", summary="Worum",
              source="@source"),
        "",
    ),
    "one_consultation_per_paper_and_place": (
        Typed("councilpaper", "paper", summary="Worum",
              rows={"consultations": [{"order": "1", "body": "Rat", "day": "02.05.2021", "role": "notice"}]}),
        "",
    ),
    "a_participation_ends_after_it_begins": (
        Typed("participation", "participation", ends="01.01.2020"),
        "Der letzte Tag liegt vor dem Beginn.",
    ),
    "an_hour_stands_only_where_the_day_is_known": (
        Typed("participation", "participation", exactness="month", starts_at="18:00"),
        "Eine Uhrzeit gehört zu einem Tag, der bekannt ist.",
    ),
    "a_participationplace_is_an_area_or_a_member_of_the_plan": (
        Typed("participation", "participation", rows={"places": NOWHERE}),
        "Bitte entweder ein Gebiet oder ein Aktionsquartier nennen.",
    ),
    "a_participation_names_each_place_once": (Typed("participation", "participation", rows={"places": AGAIN}), ""),
    "a_office_ends_after_it_begins": (Typed("office", "office", ends="01.01.2020"), ""),
    "a_office_says_for_when_it_is_documented": (Typed("office", **OFFICE | {"name": "Anderes"}), ""),
    "an_office_is_at_least_one": (Typed("office", "office", number="0"), ""),
    "an_office_has_one_address_at_a_time": (
        Typed("office", **OFFICE | {"begins": "01.01.2022", "address": "Platz 2"}),
        "Dieses Büro hat in der Zeit schon eine andere Anschrift.",
    ),
    "a_officeplace_is_an_area_or_a_member_of_the_plan": (Typed("office", "office", rows={"places": NOWHERE}), ""),
    "an_office_names_each_place_once": (Typed("office", "office", rows={"places": AGAIN}), ""),
    "a_planfunction_ends_after_it_begins": (
        Typed("planfunction", "function", begins="02.05.2021", ends="01.01.2020"),
        "",
    ),
    "a_planfunction_says_for_when_it_is_documented": (Typed("planfunction", "function", reported=""), ""),
    "a_function_is_held_by_at_least_one": (Typed("planfunction", "function", number="0"), ""),
    "a_planfunctionplace_is_an_area_or_a_member_of_the_plan": (
        Typed("planfunction", "function", rows={"places": NOWHERE}),
        "",
    ),
    "a_function_names_each_place_once": (Typed("planfunction", "function", rows={"places": AGAIN}), ""),
    "a_programme_runs_for_three_to_five_years": (
        Typed("actionprogramme", **PROGRAMME | {"valid_1": "01.01.2024"}),
        "Ein Aktionsprogramm läuft drei bis fünf Jahre.",
    ),
    "one_programme_in_force_per_action_area_at_a_time": (
        Typed("actionprogramme", **PROGRAMME),
        "In dieser Zeit ist für das Gebiet schon ein anderes Programm in Kraft.",
    ),
    "a_published_programme_keeps_its_address": (
        Typed("actionprogramme", "programme", slug="anders"),
        "Eine Fassung ist veröffentlicht: Das bleibt, wie es ist.",
    ),
    "a_programme_names_each_participation_once": (
        Typed("actionprogramme", "programme", rows={"-1": [{"participation": "@participation"}]}),
        "",
    ),
    "a_programme_numbers_each_version_once": (Typed("programmeversion", programme="@programme", number="1"), ""),
    "versions_of_a_programme_count_from_one": (Typed("programmeversion", programme="@programme", number="0"), ""),
    "a_project_ends_after_it_begins": (
        Typed("project", "project", begins="02.05.2021", ends="01.05.2021"),
        "Das Ende liegt vor dem Beginn.",
    ),
    "a_project_place_is_an_area_or_a_member_of_the_plan": (Typed("project", "project", rows={"places": NOWHERE}), ""),
    "a_project_names_each_place_once": (Typed("project", "project", rows={"places": AGAIN}), ""),
    "a_project_names_each_field_of_action_once": (
        Typed("project", "project", rows={"field_links": [{"field": "@field"}]}),
        "",
    ),
    "a_result_is_planned_or_reached": (
        Typed("project", "project", rows={"results": [{"what": "Teilnehmende"}]}),
        "Bitte eine Zahl angeben",
    ),
    "a_result_is_counted_from_zero": (
        Typed("project", "project", rows={"results": [{"what": "Teilnehmende", "reached": "-1"}]}),
        "Gezählt wird ab null.",
    ),
    "a_result_belongs_to_a_time": (
        Typed("project", "project", rows={"results": [{"what": "Teilnehmende", "reached": "1", "begins": "01.05.2021", "ends": "01.04.2021"}]}),
        "Das Ende fehlt oder liegt vor dem Beginn.",
    ),
    "a_picture_is_told_in_words": (
        Typed("project", "project", rows={"files": [{"title": "Bild", "made_by": "Stadt", "licence": "CC BY 4.0"}]},
              files={"files-0-file": ("bild.png", PIXEL)}),
        "Ein Bild braucht einen Alternativtext.",
    ),
    "a_file_of_a_project_is_harmless": (
        Typed("project", "project", rows={"files": [{"title": "Bild", "made_by": "Stadt", "licence": "CC BY 4.0"}]},
              files={"files-0-file": ("bild.svg", b"<svg/>")}),
        "",
    ),
    "a_file_of_a_project_is_small": (
        Typed("project", "project", rows={"files": [{"title": "Leer", "made_by": "Stadt", "licence": "CC BY 4.0"}]},
              files={"files-0-file": ("leer.pdf", b"")}),
        "",
    ),
    "one_name_per_field_of_action_at_a_time": (
        Typed("fieldofaction", "field", rows={"names": [{"name": "Neu", "valid_0": "01.01.2010", "valid_1": "",
                                                         "source": "@source"}]}),
        "",
    ),
    "a_field_of_action_names_each_indicator_once": (
        Typed("fieldofaction", "field", rows={"goals": [{"indicator": "@indicator", "direction": "up", "order": "2"}]}),
        "",
    ),
}  # fmt: skip
UNREACHABLE = {
    "a_fund_is_no_part_of_itself": "what a fund is part of is read-only once it is there",
    "stays_where_it_is": "the columns are read-only once they are there; `test_fixed_fields_are_read`",
    "only_added": "old rows of a journal are text; `test_deleting_what_has_a_journal_is_told`",
    "published_versions_stay": "a published version has no form; `test_published_versions_have_no_form`",
    "parts_of_published_versions_stay": "a published version has no form",
    "never_emptied": "TRUNCATE",
    "divides_among_own_places": "the form offers no others; `test_a_split_is_among_own_places` asks the database",
    "frozen_figures_stay": "figures of a decision have no fields; `test_frozen_figures.py` asks the database",
    "one_figure_per_membership_and_indicator": "they are not added by hand",
    "a_frozen_figure_has_a_number_exactly_when_its_status_says_so": "they are not added by hand",
    "waits_for_who_books": "the administration deletes no budget year, and its year is its key",
    **dict.fromkeys(
        (
            *("a_share_is_a_number", "a_result_is_a_number", "what_is_foreseen_is_a_number"),
            *("a_carry_over_is_a_number", "a_change_of_a_fund_is_a_number", "a_money_entry_is_a_number"),
        ),
        "no form takes NaN as a number",
    ),
}
NO_RULE = ("changes_public_state", "changed_update", "deleted_delete")  # they refuse nothing
