"""Receiving files without falling over: what cannot be kept becomes an empty file that says why."""

import errno
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class RefusedFile(UploadedFile):
    """A file that could not be kept; forms see its name and size, `fault` says what happened."""

    def __init__(self, name: str, size: int, content_type: str, fault: str):
        super().__init__(BytesIO(), name, content_type, size)
        self.fault = fault  # "disk_full" or "too_large"


class CarefulUploadHandler(TemporaryFileUploadHandler):
    """Large files go to disk, up to the limit; a full disk or a larger file ends as a `RefusedFile`."""

    def new_file(self, *args, **kwargs):
        """Begin with a new file."""
        self.fault, self.received = "", 0
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._give_up(error)

    def receive_data_chunk(self, raw_data, start):
        """Keep the next bytes, as long as they can be kept."""
        self.received = start + len(raw_data)
        if self.received > settings.UPLOAD_MAX_MEGABYTES * 1024 * 1024:
            self.fault = self.fault or "too_large"
        if self.fault:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._give_up(error)

    def file_complete(self, file_size):
        """The file, or what is left to say about it."""
        if not self.fault:
            try:
                self.file.flush()
                return super().file_complete(file_size)
            except OSError as error:
                self._give_up(error)
        return RefusedFile(self.file_name, file_size, self.content_type, self.fault)

    def _give_up(self, error: OSError) -> None:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise error
        self.fault = "disk_full"
