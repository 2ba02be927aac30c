"""The interface for the statistics office's own job: send a file, read the findings, accept; see docs/api.md."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from areas.models import Source
from indicators.actions.uploads import (
    UploadError,
    accept_upload,
    give_reasons,
    receive_upload,
    release_stuck_uploads,
)
from indicators.models import Release, Upload, UploadFinding, UploadTemplate
from indicators.serializers import AcceptSerializer, NewUploadSerializer, ProblemSerializer, UploadSerializer

_STATUS = {
    "too_large": 413,
    "disk_full": 507,
    "known": 409,
    "state": 409,
    "conflict": 409,
    "database": 503,
    "store": 503,
}


class Problem(APIException):
    """An `UploadError` as an answer."""

    def __init__(self, error: UploadError):
        self.status_code = _STATUS.get(error.code, 422)
        self.detail = {"detail": str(error), "code": error.code}
        if error.upload is not None:
            self.detail["upload"] = error.upload.pk


class MayUpload(BasePermission):
    """The permission that the view names, of the account behind the token."""

    def has_permission(self, request: Request, view: "UploadsView") -> bool:
        """Accounts without it, and nobody, may nothing."""
        user = request.user
        return bool(user and user.is_authenticated and user.is_active and user.has_perm(view.permission))


class ByAccount(UserRateThrottle):
    """As many requests as `API_UPLOAD_RATE` allows, per account."""

    scope = "uploads"


class UploadsView(APIView):
    """What all three addresses share."""

    parser_classes = [MultiPartParser, FormParser, JSONParser]
    permission_classes = [MayUpload]
    throttle_classes = [ByAccount]
    permission = "indicators.add_upload"

    def get_authenticators(self) -> list:
        """Tokens only: a browser's session never reaches this interface, so no other site can use it."""
        from dortmund_sozial.accounts.tokens import ApiTokenAuthentication  # noqa: PLC0415 - needs loaded models

        return [ApiTokenAuthentication()]

    def finalize_response(self, request, response, *args, **kwargs):
        """Nothing of this is kept anywhere on the way."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class NewUpload(UploadsView):
    """POST /api/v1/uploads/"""

    @extend_schema(
        operation_id="uploads_send",
        request={"multipart/form-data": NewUploadSerializer},
        responses={202: UploadSerializer, 409: ProblemSerializer, 413: ProblemSerializer, 422: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Send a spreadsheet; its check is queued. The same file twice is answered 409 with the first upload."""
        if fault := next((f.fault for f in request.FILES.values() if getattr(f, "fault", "")), ""):
            raise Problem(_fault(fault))
        asked = NewUploadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        source = None
        if slug := data.get("source"):
            source = _known(Source.objects.filter(slug=slug), "source", _("Diese Quelle gibt es nicht."))
        current = UploadTemplate.objects.filter(is_current=True, name=data["template"])
        try:
            upload = receive_upload(
                file_name=data["file"].name,
                body=data["file"],
                template=_known(current, "template", _("Diese Vorlage gibt es nicht.")),
                source=source,
                note=data.get("note", ""),
                way=Upload.Way.API,
                user=request.user,
            )
        except UploadError as error:
            raise Problem(error) from error
        if upload.state == Upload.State.REFUSED:
            raise Problem(UploadError(upload.message, code="refused", upload=upload))
        return Response(
            UploadSerializer(upload).data, status=202, headers={"Location": f"/api/v1/uploads/{upload.pk}/"}
        )


class OneUpload(UploadsView):
    """GET /api/v1/uploads/<id>/"""

    @extend_schema(operation_id="uploads_read", responses={200: UploadSerializer})
    def get(self, request: Request, pk: int) -> Response:
        """State, progress and findings; ask again until `state` is `checked`, `accepted`, `failed` or `cancelled`."""
        release_stuck_uploads()
        return Response(UploadSerializer(_upload(pk)).data)


class AcceptUpload(UploadsView):
    """POST /api/v1/uploads/<id>/accept/"""

    permission = "indicators.accept_upload"

    @extend_schema(
        operation_id="uploads_accept",
        request=AcceptSerializer,
        responses={200: UploadSerializer, 202: UploadSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Put all values into a draft: 200 when done, 202 when the worker does it because there are many."""
        asked = AcceptSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data, upload, release = asked.validated_data, _upload(pk), None
        if slug := data.get("release"):
            release = _known(Release.objects.filter(slug=slug), "release", _("Diesen Entwurf gibt es nicht."))
        try:
            if data.get("reason"):
                _reason(upload, data["reason"], request.user)
            title = data.get("title") or upload.file_name.rsplit(".", 1)[0]
            accept_upload(upload=upload, release=release, title=title, replace=data["replace"], user=request.user)
        except UploadError as error:
            raise Problem(error) from error
        done = upload.state == Upload.State.ACCEPTED
        return Response(UploadSerializer(_upload(pk)).data, status=200 if done else 202)


def _reason(upload: Upload, reason: str, user) -> None:
    """The reason for those warnings that have none yet."""
    open_ones = upload.findings.filter(kind=UploadFinding.Kind.WARNING, reason="").values_list("pk", flat=True)
    if open_ones:
        give_reasons(upload=upload, reason=reason, user=user, findings=list(open_ones))


def _upload(pk: int) -> Upload:
    found = Upload.objects.select_related("template", "release").prefetch_related("findings")
    upload = found.filter(pk=pk).first()
    if upload is None:
        raise NotFound(_("Diese Lieferung gibt es nicht."))
    return upload


def _known(found, field: str, text: str):
    """The only one of a queryset; status 400 with the field when there is none."""
    thing = found.first()
    if thing is None:
        raise ValidationError({field: [text]})
    return thing


def _fault(fault: str) -> UploadError:
    from indicators.actions.uploads.limits import disk_full, too_large  # noqa: PLC0415 - only for faults

    return UploadError(too_large() if fault == "too_large" else disk_full(), code=fault)
