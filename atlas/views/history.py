"""`/redaktion/verlauf/`: who changed what, when and how; and bringing an earlier state back."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.actions.restoring import restore_row
from areas.models import Area
from atlas.selectors.history import KINDS, LAST_PAGE, Asked, Kind, entries_of, history_page, kinds_for, stored_values
from indicators.actions import WorkflowError
from indicators.actions.restoring import restore_values
from indicators.models import Indicator, Release

NAMES = "indicators.view_editor_names"
EDIT = "indicators.edit_values"


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, "%Y-%m-%d")


class HistoryFilter(forms.Form):
    """What can be asked for; anything else in the address is ignored."""

    art = forms.ChoiceField(label=gettext_lazy("Art"), required=False)
    indikator = forms.ModelChoiceField(
        Indicator.objects.order_by("name"),
        to_field_name="slug",
        label=gettext_lazy("Indikator"),
        required=False,
        empty_label=gettext_lazy("alle"),
    )
    rolle = forms.CharField(label=gettext_lazy("Rolle"), required=False, max_length=80)
    von = forms.DateField(
        label=gettext_lazy("Von"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    bis = forms.DateField(
        label=gettext_lazy("Bis"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args, kinds: list[Kind], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = [("", _("alle")), *((kind.slug, kind.label) for kind in kinds)]
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "select" if is_choice else "input"


class RestoreValues(forms.Form):
    """Values of an indicator as they were: with a release, or at a moment; of what was public, or of one draft."""

    indikator = forms.ModelChoiceField(Indicator.objects.all(), to_field_name="slug", widget=forms.HiddenInput)
    veroeffentlichung = forms.ModelChoiceField(
        Release.objects.published(), label=gettext_lazy("wie in der Veröffentlichung"), required=False
    )
    zeitpunkt = forms.DateTimeField(
        label=gettext_lazy("oder wie zu diesem Zeitpunkt"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    entwurf = forms.ModelChoiceField(
        Release.objects.filter(published_at__isnull=True),
        label=gettext_lazy("in diesem Entwurf"),
        required=False,
        empty_label=gettext_lazy("öffentliche Werte"),
    )
    titel = forms.CharField(label=gettext_lazy("Titel des neuen Entwurfs"), min_length=3, max_length=160)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "select" if isinstance(field, forms.ModelChoiceField) else "input"

    def clean(self) -> dict:
        """Exactly one of release and moment."""
        found = super().clean()
        if bool(found.get("veroeffentlichung")) == bool(found.get("zeitpunkt")):
            raise ValidationError(_("Bitte entweder eine Veröffentlichung oder einen Zeitpunkt angeben."))
        return found


@require_safe
@never_cache
@login_required
def history(request):
    """The newest changes, filtered; of one indicator with the form that brings values back; of one value."""
    kinds = _kinds(request)
    form = HistoryFilter(request.GET, kinds=kinds)
    asked = _asked(request, form)
    names = request.user.has_perm(NAMES)
    indicator = asked.indicator
    restoring = None
    if indicator is not None and request.user.has_perm(EDIT):
        title = _("%(name)s: früherer Stand") % {"name": indicator.name}
        restoring = RestoreValues(initial={"indikator": indicator.slug, "titel": title[:160]})
    of_value = asked.area is not None and indicator is not None and asked.period
    rest = request.GET.copy()
    rest.pop("seite", None)
    context = {
        "form": form,
        "asked": asked,
        "page": history_page(asked, kinds=kinds, names=names),
        "restoring": restoring,
        "stored": stored_values(indicator, asked.area, asked.period) if of_value else [],
        "query": rest.urlencode(),
        "names": names,
    }
    return render(request, "redaktion/history.html", context)


def _kinds(request) -> list[Kind]:
    kinds = kinds_for(request.user)
    if not kinds:
        raise PermissionDenied
    return kinds


def _asked(request, form: HistoryFilter) -> Asked:
    form.is_valid()
    found = form.cleaned_data
    level, _slash, code = request.GET.get("gebiet", "").partition("/")
    area = Area.objects.in_force().at_level(level).filter(code=code).defer("geometry").first() if code else None
    page = request.GET.get("seite", "1")
    return Asked(
        kind=found.get("art") or "",
        indicator=found.get("indikator"),
        area=area,
        period=request.GET.get("zeit", "")[:20],
        since=found.get("von"),
        until=found.get("bis"),
        role=found.get("rolle") or "",
        page=min(max(int(page), 1), LAST_PAGE) if page.isascii() and page.isdecimal() else 1,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def history_entry(request, kind: str, pk: int):
    """One change; who may change the thing itself can bring the state before it back."""
    of = next((k for k in KINDS if k.slug == kind), None)
    if of is None:
        raise Http404(_("Diese Änderung gibt es nicht."))
    if not request.user.has_perm(of.permission):
        raise PermissionDenied
    event = get_object_or_404(of.model, pk=pk)
    may_restore = of.can_restore and request.user.has_perm(of.restoring)
    if request.method == "POST":
        if not may_restore:
            raise PermissionDenied
        return _restore(request, event)
    entry = entries_of(of, [pk], names=request.user.has_perm(NAMES))[0]
    return render(request, "redaktion/history_entry.html", {"entry": entry, "may_restore": may_restore})


def _restore(request, event):
    try:
        row = restore_row(event=event)
    except ValidationError as error:
        messages.error(request, _("Nicht wiederhergestellt: %s") % " ".join(error.messages))
        return redirect(request.path)
    messages.success(request, _("„%s“ steht wieder wie vor dieser Änderung.") % row)
    return redirect("staff:history")


@require_POST
@never_cache
@login_required
@permission_required(EDIT, raise_exception=True)
def history_restore_values(request):
    """Earlier values into a new draft; nothing becomes public."""
    form = RestoreValues(request.POST)
    if not form.is_valid():
        return render(request, "redaktion/history_restore.html", {"restoring": form}, status=400)
    asked = form.cleaned_data
    try:
        made = restore_values(
            indicator=asked["indikator"],
            user=request.user,
            title=asked["titel"],
            at=asked["zeitpunkt"],
            release=asked["veroeffentlichung"],
            draft=asked["entwurf"] if asked["zeitpunkt"] else None,
        )
    except WorkflowError as error:
        form.add_error(None, str(error))
        return render(request, "redaktion/history_restore.html", {"restoring": form}, status=400)
    text = _("%(count)s Werte von früher stehen im neuen Entwurf „%(title)s“.")
    messages.success(request, text % {"count": made.values, "title": made.release.title})
    if made.later:
        later = _("%s öffentliche Werte gab es damals noch nicht; sie bleiben, wie sie sind.")
        messages.info(request, later % made.later)
    return redirect("staff:release", slug=made.release.slug)
