"""/redaktion/lieferungen/<pk>/zuordnung/: what stands where in a spreadsheet, decided once and kept as a template."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from areas.models import AreaLevel
from indicators import mapping_form as forms
from indicators.actions.uploads import (
    UploadError,
    open_upload,
    propose_mapping,
    save_mapping,
    save_template,
    start_check,
)
from indicators.intake.entries import Entry, Skipped, read_entries
from indicators.intake.findings import Finding, Refusal, column_letters
from indicators.intake.grid import Book
from indicators.intake.mapping import Mapping
from indicators.intake.matching import AreaMatcher
from indicators.intake.numbers import NumberReader
from indicators.models import Indicator, Upload, UploadTemplate
from indicators.selectors_intake import intake_catalogue
from indicators.selectors_uploads import upload_page
from indicators.statuses import Status

ROWS = 40  # of each sheet that are shown
READ = 3000  # entries that are read to find words nobody knows
SHOWN = 12  # readings that are shown
CHANGEABLE = (Upload.State.RECEIVED, Upload.State.CHECKED, Upload.State.FAILED, Upload.State.CANCELLED)
MOST_ASKED = 20  # areas that the page asks about at once
ASKED = {"area_ambiguous", "unknown_area"}  # remarks that an answer can settle
SURE = 0.5  # confidence from which on the proposal is called recognised

SKIPPED = {
    "empty": gettext_lazy("leer"),
    "total": gettext_lazy("Summe"),
    "footnote": gettext_lazy("Fußnote"),
    "header": gettext_lazy("Spaltennamen"),
    "after_table": gettext_lazy("nach der Tabelle"),
}


@dataclass(frozen=True)
class Word:
    """A word of the file that means nothing to the portal, and what it could mean."""

    name: str
    word: str
    label: str
    options: list[tuple[str, str]]
    chosen: str = ""

    @property
    def meant_name(self) -> str:
        """Name of the select box."""
        return f"{self.name}-meant"


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


@dataclass
class MappingView:
    """What the page shows beyond the mapping itself."""

    tables: list[forms.TableField]
    readings: list[ReadCell]
    skipped: list[dict]
    words: list[Word]
    notes: list[str]
    is_sure: bool
    format: str
    indicators: list[tuple[str, str]]
    levels: list[tuple[str, str]]
    template_names: list[str]
    layouts: list = field(default_factory=lambda: list(forms.LAYOUT_LABELS.items()))
    roles: list = field(default_factory=lambda: list(forms.ROLE_LABELS.items()))
    decimals: list = field(default_factory=lambda: list(forms.DECIMALS.items()))
    zeros: list = field(default_factory=lambda: list(forms.ZEROS.items()))
    brackets: list = field(default_factory=lambda: list(forms.BRACKETS.items()))
    used: list = field(default_factory=lambda: [("1", _("lesen")), ("0", _("nicht lesen"))])
    meanings: list = field(default_factory=forms.sign_choices)
    signs: list[dict] = field(default_factory=list)


@login_required
@permission_required("indicators.add_upload", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def upload_mapping(request, pk: int):
    """Show how the file is read; take another mapping, keep it as a template, start the check."""
    upload = get_object_or_404(Upload.objects.select_related("template"), pk=pk)
    if upload.state not in CHANGEABLE:
        messages.info(request, _("Die Zuordnung lässt sich jetzt nicht ändern."))
        return redirect("indicators:upload", upload.pk)
    with open_upload(upload) as book:
        proposal = None if upload.mapping else propose_mapping(upload, book)
        mapping = Mapping.from_json(upload.mapping) if proposal is None else proposal.mapping
        fault = None
        if request.method == "POST":
            try:
                mapping = forms.read_mapping(request.POST, mapping)
                if request.POST.get("do") == "check":
                    return _check(request, upload, mapping)
            except Refusal as refusal:
                fault = refusal.finding
            except UploadError as error:
                fault = Finding("error", "mapping", str(error))
        view = _view(upload, book, mapping, proposal)
    context = {
        "upload": upload,
        "mapping": mapping,
        "view": view,
        "page": upload_page(upload, shows_names=False),
        "fault": fault,
        "template_name": request.POST.get("template_name", upload.template.name if upload.template else ""),
        "crumbs": [
            {"label": _("Lieferungen"), "url": reverse("indicators:uploads")},
            {"label": upload.file_name, "url": reverse("indicators:upload", args=[upload.pk])},
            {"label": _("Zuordnung"), "url": ""},
        ],
    }
    return render(request, "redaktion/uploads/mapping.html", context, status=422 if fault else 200)


def _check(request, upload: Upload, mapping: Mapping):
    template = None
    if name := request.POST.get("template_name", "").strip():
        template = save_template(name=name, mapping=mapping, source=upload.source, user=request.user)
    save_mapping(upload=upload, mapping=mapping, template=template, user=request.user)
    start_check(upload=upload, user=request.user)
    return redirect("indicators:upload", upload.pk)


def _view(upload: Upload, book: Book, mapping: Mapping, proposal) -> MappingView:
    skipped: list[Skipped] = []
    entries = list(islice(read_entries(book, mapping, skipped), READ)) if mapping.tables else []
    left_out = {(row.sheet, row.row): row.reason for row in skipped}
    indicators = list(Indicator.objects.values_list("slug", "name"))
    levels = list(AreaLevel.objects.values_list("slug", "name"))
    return MappingView(
        tables=forms.table_fields(book, mapping, skipped=left_out, rows=ROWS),
        readings=_readings(entries, mapping, dict(indicators)),
        skipped=[{"row": row.row, "why": str(SKIPPED.get(row.reason, row.reason))} for row in skipped],
        words=[
            *_words(
                "indicator_word", _("Indikator"), (e.indicator for e in entries), indicators, mapping.indicator_words
            ),
            *_words("level_word", _("Ebene"), (e.level for e in entries), levels, mapping.level_words),
        ],
        notes=list(proposal.reasons) if proposal else [],
        is_sure=bool(proposal and proposal.confidence >= SURE),
        format=upload.format,
        indicators=indicators,
        levels=levels,
        template_names=list(UploadTemplate.objects.filter(is_current=True).values_list("name", flat=True)),
        signs=[
            {"name": f"sign-{sign}", "label": forms.sign_name(sign), "chosen": meaning}
            for sign, meaning in mapping.numbers.signs.items()
        ],
    )


def _all_words(entries: list[Entry], mapping: Mapping, indicators: list, levels: list) -> list[Word]:
    about = [entry.indicator for entry in entries]
    where = [entry.level for entry in entries]
    return [
        *_words("indicator_word", _("Indikator"), about, indicators, mapping.indicator_words),
        *_words("level_word", _("Ebene"), where, levels, mapping.level_words),
        *_area_words(entries, mapping),
    ]


def _area_words(entries: list[Entry], mapping: Mapping) -> list[Word]:
    """Areas that nobody can find, or that there are several of: the planner says which one is meant."""
    catalogue = intake_catalogue()
    matcher = AreaMatcher(catalogue)
    today = timezone.localdate().year
    level = mapping.level
    asked: dict[str, None] = dict.fromkeys(mapping.area_words)
    for entry in entries:
        word = entry.area_code or entry.area_name
        match = matcher(entry.level or level, entry.area_code, entry.area_name, today, entry.code_is_number)
        if word and match.place is None and any(remark.code in ASKED for remark in match.remarks):
            asked.setdefault(word)
        if len(asked) >= MOST_ASKED:
            break
    names = {lv.slug: lv.name for lv in catalogue.levels}
    options = [(f"{p.level}:{p.code}", f"{names[p.level]} {p.code} {p.name}") for p in catalogue.places]
    return [
        Word(
            f"area_word-{number}",
            word,
            _("Gebiet „%(word)s“") % {"word": word},
            options,
            mapping.area_words.get(word, ""),
        )
        for number, word in enumerate(asked)
    ]


def _words(prefix: str, kind: str, words: Iterable[str], known: list[tuple[str, str]], answers: dict) -> list[Word]:
    """What is asked: words that nobody knows, and those that were answered; what names a known thing is no question."""
    names = {word.casefold() for pair in known for word in pair}
    told = {slug: name.casefold() for slug, name in known}
    unknown = dict.fromkeys(w for w in words if w and w.casefold() not in names and w not in answers)
    given = [w for w, slug in answers.items() if not w.casefold().startswith(told.get(slug, slug)[:-2])]
    return [
        Word(f"{prefix}-{number}", word, f"{kind} „{word}“", known, answers.get(word, ""))
        for number, word in enumerate([*unknown, *given])
    ]


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
    )


def _german(number) -> str:
    return "" if number is None else f"{number:f}".replace(".", ",")
