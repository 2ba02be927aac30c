"""What an upload cannot do now, in words for the person who asked for it."""

from indicators.models import Upload


class UploadError(Exception):
    """The text is German and for people; `upload` is the first one when the same file came in before."""

    def __init__(self, text: str, *, code: str = "refused", upload: Upload | None = None):
        super().__init__(str(text))
        self.code = code
        self.upload = upload
