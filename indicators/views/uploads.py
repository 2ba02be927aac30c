"""/redaktion/lieferungen/: all uploads, and the form for a new one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from indicators.actions.uploads import UploadError, receive_upload
from indicators.forms_uploads import UploadForm
from indicators.models import Upload
from indicators.selectors_uploads import uploads_for_list

ACCEPTED = ".xlsx,.xls,.ods,.csv,.tsv,.txt,.zip"
PER_PAGE = 30


@login_required
@permission_required("indicators.view_upload", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request):
    """List what came in; take a new file."""
    may_add = request.user.has_perm("indicators.add_upload")
    form = UploadForm() if may_add else None
    if request.method == "POST" and may_add:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid() and (received := _receive(request, form)):
            return redirect("indicators:upload", received.pk)
    page = Paginator(uploads_for_list(), PER_PAGE).get_page(request.GET.get("seite"))
    context = {"form": form, "page": page, "accepted": ACCEPTED, "limit_megabytes": settings.UPLOAD_MAX_MEGABYTES}
    return render(request, "redaktion/uploads/list.html", context, status=422 if form and form.errors else 200)


def _receive(request, form: UploadForm) -> Upload | None:
    """The stored upload; None when the form tells why there is none."""
    file = form.cleaned_data["file"]
    try:
        upload = receive_upload(
            file_name=file.name,
            body=file,
            template=form.cleaned_data["template"],
            source=form.cleaned_data["source"],
            note=form.cleaned_data["note"],
            user=request.user,
        )
    except UploadError as error:
        form.add_error("file", str(error))
        return None
    if upload.state == Upload.State.WAITING:
        messages.info(request, _("Die Vorlage passt; die Prüfung läuft."))
    return upload
