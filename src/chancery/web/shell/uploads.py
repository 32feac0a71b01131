"""Files that are sent: what is beyond the largest that anything reads is dropped as it arrives."""

from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 20_000_000
"""No reader takes a file of more bytes than this."""


class Bounded(FileUploadHandler):
    """Stand before the handlers that keep a file, and pass on its beginning only.

    What is kept of a file that is too large is still larger than ``LARGEST``, so whoever reads it refuses
    it with its own words; nobody fills the disk.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if start > LARGEST else raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind this one."""
