"""What the search box looks through: one row for each place at which a name or number may begin."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class SearchEntry(FirmOwned):
    """The rest of a name from one of its words on, folded. Kept by triggers on contact and matter.

    ``ladder`` is 0 for contacts and active matters, 1 inactive, 2 closed.
    """

    kind = models.CharField(max_length=7)
    record_id = models.UUIDField()
    ladder = models.PositiveSmallIntegerField()
    folded = models.TextField(db_collation="C")

    class Meta:
        indexes = [
            models.Index(
                fields=["firm", "kind", "ladder", "folded", "record_id"], name="search_by_beginning"
            ),
            models.Index(fields=["firm", "kind", "record_id"], name="search_of_record"),
        ]

    def __str__(self) -> str:
        return self.folded
