"""Addresses of staff pages that join figures with the action plan, below /redaktion/."""

from django.urls import path

from .views import (
    adjusting,
    compilation_edit,
    compilation_run,
    compilation_runs,
    compilation_texts,
    compilations,
    history,
    reports,
    review,
    review_steps,
)

app_name = "staff"

ONE = "berichte/zusammenstellungen/<int:pk>/"

urlpatterns = [
    path("aktionsplan/anpassungen/", adjusting.adjustments, name="adjustments"),
    path("aktionsplan/anpassungen/<slug:slug>/", adjusting.adjustment, name="adjustment"),
    path("aktionsplan/anpassungen/<slug:slug>/verwerfen/", adjusting.adjustment_drop, name="adjustment_drop"),
    path("berichte/", reports.reports, name="reports"),
    path("berichte/stand.json", reports.reports_state, name="reports_state"),
    path("berichte/neu/<slug:slug>/", reports.report_new, name="report_new"),
    path("berichte/<int:pk>/datei/", reports.report_file, name="report_file"),
    path("berichte/<int:pk>/abbrechen/", reports.report_cancel, name="report_cancel"),
    path("berichte/<int:pk>/noch-einmal/", reports.report_again, name="report_again"),
    path("berichte/<int:pk>/teilen/", reports.report_share, name="report_share"),
    path("berichte/<int:pk>/entfernen/", reports.report_forget, name="report_forget"),
    path("berichte/zusammenstellungen/", compilations.compilations, name="compilations"),
    path("berichte/zusammenstellungen/neu/", compilations.compilation_new, name="compilation_new"),
    path(ONE, compilation_edit.compilation, name="compilation"),
    path(f"{ONE}titel/", compilation_edit.compilation_head, name="compilation_head"),
    path(f"{ONE}teil/neu/", compilation_edit.compilation_part_new, name="compilation_part_new"),
    path(f"{ONE}teil/<slug:key>/", compilation_edit.compilation_part, name="compilation_part"),
    path(f"{ONE}ordnen/", compilation_edit.compilation_order, name="compilation_order"),
    path(f"{ONE}fassung/", compilation_edit.compilation_version, name="compilation_version"),
    path(f"{ONE}texte/", compilation_texts.compilation_texts, name="compilation_texts"),
    path(f"{ONE}vorschau/", compilation_runs.compilation_preview, name="compilation_preview"),
    path(f"{ONE}erstellen/", compilation_runs.compilation_start, name="compilation_start"),
    path(f"{ONE}durchlauf/<int:run>/", compilation_run.compilation_run, name="compilation_run"),
    path(
        f"{ONE}durchlauf/<int:run>/aenderungen.<slug:ending>",
        compilation_run.compilation_changes,
        name="compilation_changes",
    ),
    path(f"{ONE}teilen/", compilations.compilation_share, name="compilation_share"),
    path(f"{ONE}kopieren/", compilations.compilation_copy, name="compilation_copy"),
    path(f"{ONE}loeschen/", compilations.compilation_delete, name="compilation_delete"),
    path(f"{ONE}zurueckholen/", compilations.compilation_bring_back, name="compilation_bring_back"),
    path("verlauf/", history.history, name="history"),
    path("verlauf/werte-zurueckholen/", history.history_restore_values, name="history_restore_values"),
    path("verlauf/<slug:kind>/<int:pk>/", history.history_entry, name="history_entry"),
    path("veroeffentlichungen/", review.releases, name="releases"),
    path("veroeffentlichungen/neu/", review_steps.begin, name="release_begin"),
    path("veroeffentlichungen/<slug:slug>/", review.release, name="release"),
    path("veroeffentlichungen/<slug:slug>/aenderungen.csv", review.release_changes, name="release_changes"),
    path("veroeffentlichungen/<slug:slug>/zur-pruefung/", review_steps.submit, name="release_submit"),
    path("veroeffentlichungen/<slug:slug>/zurueckholen/", review_steps.recall, name="release_recall"),
    path("veroeffentlichungen/<slug:slug>/zurueckgeben/", review_steps.send_back, name="release_return"),
    path("veroeffentlichungen/<slug:slug>/freigeben/", review_steps.approve, name="release_approve"),
    path("veroeffentlichungen/<slug:slug>/kommentar/", review_steps.comment, name="release_comment"),
    path("veroeffentlichungen/<slug:slug>/zeitpunkt/", review_steps.schedule, name="release_schedule"),
    path("veroeffentlichungen/<slug:slug>/zeitpunkt-aufheben/", review_steps.unschedule, name="release_unschedule"),
    path("veroeffentlichungen/<slug:slug>/veroeffentlichen/", review_steps.publish, name="release_publish"),
    path("veroeffentlichungen/<slug:slug>/zurueckziehen/", review_steps.withdraw, name="release_withdraw"),
    path("veroeffentlichungen/<slug:slug>/berichtigen/", review_steps.correct, name="release_correct"),
    path("veroeffentlichungen/<slug:slug>/vorschau/", review_steps.share, name="release_share"),
    path("veroeffentlichungen/<slug:slug>/vorschau/<int:pk>/", review_steps.revoke, name="release_revoke"),
]
