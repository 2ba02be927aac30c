"""/redaktion/vorlagen/: how known kinds of spreadsheets are read, version by version."""

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.intake.findings import Refusal, column_letters
from indicators.intake.mapping import IGNORE, Mapping
from indicators.mapping_form import LAYOUT_LABELS, ROLE_LABELS
from indicators.models import UploadTemplate


@login_required
@permission_required("indicators.view_upload", raise_exception=True)
@require_safe
def templates(request):
    """Every template with what its columns mean."""
    known = UploadTemplate.objects.select_related("source").annotate(used=Count("uploads"))
    shown = [{"template": template, **_in_words(template)} for template in known]
    return render(request, "redaktion/uploads/templates.html", {"templates": shown})


def _in_words(template: UploadTemplate) -> dict:
    try:
        mapping = Mapping.from_json(template.mapping)
    except Refusal as refusal:
        return {"layout": refusal.finding.found, "columns": []}
    columns = [
        {"letters": column_letters(column.index), "title": column.title, "role": ROLE_LABELS[column.role]}
        for table in mapping.read_tables[:1]
        for column in table.columns
        if column.role != IGNORE
    ]
    return {"layout": LAYOUT_LABELS[mapping.layout], "columns": columns}
