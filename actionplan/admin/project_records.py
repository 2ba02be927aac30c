"""What a project counts itself, its documents and pictures, in the administration."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from actionplan.actions.filing import FilingError, take_in
from actionplan.models import ProjectFile, ProjectResult

from .journals import AMOUNTS


class ResultInline(admin.StackedInline):
    """What it counts itself."""

    model = ProjectResult
    autocomplete_fields = ["source"]
    formfield_overrides = AMOUNTS
    extra = 0


class ProjectFileForm(forms.ModelForm):
    """A file is checked before it is kept; what cannot be taken is said at the field."""

    file = forms.FileField(label=_("Datei"), required=False, help_text=_("PDF, PNG oder JPEG, höchstens 10 MB"))

    class Meta:
        model = ProjectFile
        fields = ("title", "alternative", "made_by", "licence")

    def clean(self):
        """The bytes are part of what is checked: a picture needs its text."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is None and self.instance.pk is None and "file" not in self.errors:
            self.add_error("file", _("Bitte eine Datei auswählen."))
        if file is not None:
            try:
                take_in(self.instance, file.read())
            except FilingError as error:
                self.add_error("file", str(error))
        if self.instance.is_picture and self.instance.size and not cleaned.get("alternative"):
            self.add_error("alternative", _("Ein Bild braucht einen Alternativtext."))
        return cleaned


class FileInline(admin.StackedInline):
    """Documents and pictures."""

    model = ProjectFile
    form = ProjectFileForm
    fields = ["file", "title", "alternative", "made_by", "licence"]
    extra = 0

    def get_queryset(self, request):
        """Lists need no bytes."""
        return super().get_queryset(request).defer("body")
