"""How uploads are written in the interface for programs."""

from rest_framework import serializers

from indicators.intake.findings import Finding
from indicators.models import Upload, UploadFinding


class UploadFindingSerializer(serializers.ModelSerializer):
    """One finding; `cell` as spreadsheets write it, `count` how many it stands for."""

    cell = serializers.SerializerMethodField()

    class Meta:
        model = UploadFinding
        fields = (
            "kind",
            "code",
            "sheet",
            "row",
            "column",
            "cell",
            "found",
            "expected",
            "suggestion",
            "count",
            "reason",
        )

    def get_cell(self, finding: UploadFinding) -> str:
        """Such as C14; empty for the whole file."""
        return Finding("", "", "", row=finding.row, column=finding.column).cell


class UploadSerializer(serializers.ModelSerializer):
    """An upload on its way."""

    template = serializers.CharField(source="template.name", default="", read_only=True)
    release = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    findings = UploadFindingSerializer(many=True, read_only=True)

    class Meta:
        model = Upload
        fields = (
            *("id", "file_name", "digest", "size", "format", "template", "state", "step", "done", "total", "message"),
            *("value_count", "error_count", "warning_count", "release", "created_at", "checked_at", "accepted_at"),
            "findings",
        )


class NewUploadSerializer(serializers.Serializer):
    """What is sent to begin an upload, as multipart form data."""

    file = serializers.FileField(help_text="XLSX, XLS, ODS, CSV, TSV or zipped CSV")
    template = serializers.CharField(help_text="name of a template; its current version applies")
    source = serializers.SlugField(required=False, help_text="slug of a source, if not that of the template")
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class AcceptSerializer(serializers.Serializer):
    """Into which draft the values go, and why warnings are right."""

    release = serializers.SlugField(required=False, help_text="slug of a draft")
    title = serializers.CharField(required=False, max_length=160, help_text="title of a new draft, without `release`")
    replace = serializers.BooleanField(default=False, help_text="replace values that the draft already has")
    reason = serializers.CharField(required=False, help_text="why all warnings without a reason are right")


class ProblemSerializer(serializers.Serializer):
    """Why something was not done: a German sentence and a code."""

    detail = serializers.CharField()
    code = serializers.CharField()
    upload = serializers.IntegerField(required=False, help_text="the first upload of the same file")
