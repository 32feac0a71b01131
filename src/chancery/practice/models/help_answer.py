"""What readers said of a guide; it never leaves this database."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class HelpAnswer(FirmOwned):
    """One reader's answer to "Was this helpful?", with the reason when it was not."""

    guide = models.CharField(max_length=60)
    person = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    was_helpful = models.BooleanField()
    reason = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["firm", "guide", "at"], name="help_answer_by_guide")]

    def __str__(self) -> str:
        return f"{self.guide}: {'yes' if self.was_helpful else 'no'}"
