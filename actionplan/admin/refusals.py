"""What the database refuses stands in the form, whatever form it is."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from actionplan.actions.booking import in_words


class SaysRefusals:
    """An administration whose forms tell the database's own sentence; first of the bases.

    Where the database refuses to save, everything is rolled back and the same form is answered once more with the
    sentence, so nothing that was typed is lost. That holds for rows of inlines too, and for what somebody else did
    between the check and the saving.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; after a refusal the form with its reason."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            request.refusal = in_words(error)
        for file in request.FILES.values():
            file.seek(0)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form; with the database's sentence as its error once it has refused."""
        made = super().get_form(request, obj, change, **kwargs)
        told = getattr(request, "refusal", "")
        return _refused(made, told) if told else made

    def delete_view(self, request, object_id, extra_context=None):
        """Deleting one; what cannot be deleted is told on its page."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            self.message_user(request, in_words(error), messages.ERROR)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[object_id]))

    def changelist_view(self, request, extra_context=None):
        """The list; a step for many that is refused changes none."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except IntegrityError as error:
            self.message_user(request, in_words(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


def _refused(form, told: str):
    class Refused(form):
        def clean(self):
            cleaned = super().clean()
            self.add_error(None, told)
            return cleaned

    return Refused
