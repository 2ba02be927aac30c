"""/redaktion/lieferungen/<pk>/zuordnung/: what stands where in a spreadsheet, decided once and kept as a template."""

from dataclasses import dataclass, field, replace
from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from indicators import mapping_form as forms
from indicators.actions.uploads import UploadError, decide_mapping, mapping_of, open_upload, propose_mapping
from indicators.intake.entries import Entry, Skipped, read_entries
from indicators.intake.findings import ERROR, NOTE, Finding, Refusal, column_letters
from indicators.intake.fitting import entitled
from indicators.intake.grid import Book
from indicators.intake.layout import Proposal
from indicators.intake.mapping import Mapping
from indicators.intake.numbers import NumberReader
from indicators.mapping_post import read_mapping
from indicators.mapping_words import Word, needs_level, questions
from indicators.models import Upload, UploadTemplate
from indicators.selectors_intake import intake_catalogue
from indicators.selectors_uploads import upload_page
from indicators.statuses import Status

ROWS = 40  # of each sheet that are shown
READ = 3000  # entries that are read to find words nobody knows
SHOWN = 12  # readings that are shown
CHANGEABLE = (Upload.State.RECEIVED, Upload.State.CHECKED, Upload.State.FAILED, Upload.State.CANCELLED)
SURE = 0.5  # confidence from which on the proposal is called recognised

SKIPPED = {
    "empty": gettext_lazy("leer"),
    "total": gettext_lazy("Summe"),
    "footnote": gettext_lazy("Fußnote"),
    "header": gettext_lazy("Spaltennamen"),
    "after_table": gettext_lazy("nach der Tabelle"),
}


@dataclass(frozen=True)
class ReadCell:
    """One number of the preview as the portal understands it."""

    place: str
    area: str
    indicator: str
    period: str
    value: str
    rate: str
    status: str
    fault: str
    note: str
    advice: str


@dataclass
class MappingView:
    """What the page shows beyond the mapping itself."""

    tables: list[forms.TableField]
    readings: list[ReadCell]
    skipped: list[dict]
    words: list[Word]
    level_unset: str  # what it means that the level of the whole file is not chosen
    notes: list[str]
    doubts: list[Finding]
    remarks: list[Finding]
    is_sure: bool
    format: str
    indicators: list[tuple[str, str]]
    levels: list[tuple[str, str]]
    template_names: list[str]
    rounding: str
    advice: bool  # whether a number shown needs a decision of the planner
    layouts: list = field(default_factory=lambda: list(forms.LAYOUT_LABELS.items()))
    roles: list = field(default_factory=lambda: list(forms.ROLE_LABELS.items()))
    decimals: list = field(default_factory=lambda: list(forms.DECIMALS.items()))
    zeros: list = field(default_factory=lambda: list(forms.ZEROS.items()))
    brackets: list = field(default_factory=lambda: list(forms.BRACKETS.items()))
    roundings: list = field(default_factory=forms.rounding_choices)
    used: list = field(default_factory=lambda: list(forms.USED.items()))
    meanings: list = field(default_factory=forms.sign_choices)
    signs: list[dict] = field(default_factory=list)


@login_required
@permission_required("indicators.add_upload", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def upload_mapping(request, pk: int):
    """Show how the file is read; take another mapping, keep it as a template, start the check."""
    upload = get_object_or_404(Upload.objects.select_related("template", "source"), pk=pk)
    if upload.state not in CHANGEABLE:
        messages.info(request, _("Die Zuordnung lässt sich jetzt nicht ändern."))
        return redirect("indicators:upload", upload.pk)
    with open_upload(upload) as book:
        proposal = _before(upload, book)
        mapping, faults = proposal.mapping, []
        if request.method == "POST":
            mapping, faults = _posted(request, upload, book, mapping)
            if not faults and request.POST.get("do") == "check":
                faults = _decide(request, upload, mapping)
                if not faults:
                    return redirect("indicators:upload", upload.pk)
        view = _view(upload, book, mapping, proposal, first_look=request.method != "POST")
    context = {
        "upload": upload,
        "mapping": mapping,
        "view": view,
        "page": upload_page(upload, shows_names=False),
        "faults": faults,
        "template_name": request.POST.get("template_name", upload.template.name if upload.template else ""),
        "crumbs": [
            {"label": _("Lieferungen"), "url": reverse("indicators:uploads")},
            {"label": upload.file_name, "url": reverse("indicators:upload", args=[upload.pk])},
            {"label": _("Zuordnung"), "url": ""},
        ],
    }
    return render(request, "redaktion/uploads/mapping.html", context, status=422 if faults else 200)


def _before(upload: Upload, book: Book) -> Proposal:
    """How the file is read so far; by its cells alone when template or mapping are of no use for it."""
    try:
        known = mapping_of(upload, book)
    except Refusal as refusal:
        known = Proposal(Mapping(), (refusal.finding,))
    if known.mapping.tables:
        return known
    guessed = propose_mapping(upload, book)
    return replace(guessed, notes=(*known.notes, *guessed.notes))


def _posted(request, upload: Upload, book: Book, before: Mapping) -> tuple[Mapping, list[Finding]]:
    try:
        mapping, faults = read_mapping(request.POST.dict(), before)
    except Refusal as refusal:
        return before, [refusal.finding]
    return entitled(mapping, book), faults


def _decide(request, upload: Upload, mapping: Mapping) -> list[Finding]:
    """Nothing when the check is on its way, else why it is not; then nothing has been kept."""
    name = request.POST.get("template_name", "").replace("\x00", "")
    try:
        decide_mapping(upload=upload, mapping=mapping, template_name=name, user=request.user)
    except UploadError as error:
        return [Finding(ERROR, error.code, str(error))]
    return []


def _view(upload: Upload, book: Book, mapping: Mapping, proposal: Proposal, *, first_look: bool) -> MappingView:
    catalogue = intake_catalogue()
    skipped: list[Skipped] = []
    entries = list(islice(read_entries(book, mapping, skipped), READ))
    unanswered = replace(mapping, indicator_words={}, level_words={})
    raw = islice(read_entries(book, unanswered), READ)
    left_out = {(row.sheet, row.row): row.reason for row in skipped}
    indicators = [(measure.slug, measure.name) for measure in catalogue.measures]
    readings = _readings(entries, mapping, dict(indicators))
    return MappingView(
        tables=forms.table_fields(book, mapping, skipped=left_out, rows=ROWS),
        readings=readings,
        advice=any(reading.advice for reading in readings),
        skipped=[{"row": row.row, "why": str(SKIPPED.get(row.reason, row.reason))} for row in skipped],
        words=questions(raw, mapping, catalogue, timezone.localdate().year),
        level_unset=_("bitte wählen") if needs_level(mapping) else _("steht in der Datei"),
        notes=list(proposal.reasons) if first_look else [],
        doubts=[note for note in proposal.notes if note.kind != NOTE] if first_look else [],
        remarks=[note for note in proposal.notes if note.kind == NOTE] if first_look else [],
        is_sure=proposal.confidence >= SURE,
        format=upload.format,
        indicators=indicators,
        levels=[(level.slug, level.name) for level in catalogue.levels],
        template_names=list(UploadTemplate.objects.filter(is_current=True).values_list("name", flat=True)),
        signs=[
            {"name": f"sign-{sign}", "label": forms.sign_name(sign), "chosen": meaning}
            for sign, meaning in mapping.numbers.signs.items()
        ],
        rounding="" if mapping.numbers.round_to is None else str(mapping.numbers.round_to),
    )


def _readings(entries: list[Entry], mapping: Mapping, names: dict[str, str]) -> list[ReadCell]:
    """The first entries, spread over the columns, so that each is seen."""
    reader = NumberReader(mapping.numbers)
    chosen = entries[:SHOWN]
    seen = {(entry.sheet, entry.column) for entry in chosen}
    chosen += [e for e in entries[SHOWN:] if (e.sheet, e.column) not in seen and not seen.add((e.sheet, e.column))]
    return [_read(entry, reader, names) for entry in chosen[: SHOWN * 2]]


def _read(entry: Entry, reader: NumberReader, names: dict[str, str]) -> ReadCell:
    read = reader(entry.value) if entry.value is not None else None
    parts = [reader(cell) for cell in (entry.numerator, entry.denominator) if cell is not None]
    return ReadCell(
        place=f"{column_letters(entry.column)}{entry.row}",
        area=" ".join(text for text in (entry.area_code, entry.area_name) if text),
        indicator=names.get(entry.indicator, entry.indicator),
        period=entry.period,
        value=_german(read.value) if read else "",
        rate=" / ".join(_german(part.value) for part in parts),
        status=str(Status(read.status).label) if read and read.status else "",
        fault=next((r.fault for r in [read, *parts] if r and r.fault), ""),
        note=read.note if read else "",
        advice=next((r.advice for r in [read, *parts] if r and r.advice), ""),
    )


def _german(number) -> str:
    return "" if number is None else f"{number:f}".replace(".", ",")
