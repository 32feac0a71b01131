"""The face that every row of a firm shares."""

from django.db import models

from chancery.lib import ids


class FirmOwned(models.Model):
    """A row that belongs to exactly one firm; its migration calls ``chancery_protect``."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    firm = models.ForeignKey("practice.Firm", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
