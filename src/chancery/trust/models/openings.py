"""Money of before Chancery: the balances an account opens with, and a history taken over from elsewhere."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.set_up import TrustBankAccount


class OpeningState(models.TextChoices):
    """How far an opening has come."""

    DRAFT = "draft", "Being prepared"
    FINISHED = "finished", "Finished"
    UNDONE = "undone", "Undone"


class Opening(FirmOwned):
    """What a trust account held at the end of a day, as its bank and its old books said.

    A draft is changed until it agrees. Finished, it changes no more; undone, it stays beside the next one.
    """

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    bank_minor = models.BigIntegerField()
    own_minor = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=OpeningState.choices, default=OpeningState.DRAFT)
    key = models.CharField(max_length=120, blank=True)
    started_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_by = models.ForeignKey(
        "practice.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "practice.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state__in=["draft", "finished"]),
                name="trust_opening_is_one_an_account",
            ),
            models.UniqueConstraint(
                fields=["firm", "key"],
                condition=~models.Q(key=""),
                name="trust_opening_key_is_once",
            ),
            models.CheckConstraint(
                condition=models.Q(bank_minor__gte=0, own_minor__gte=0),
                name="trust_opening_is_not_below_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", finished_at=None, undone_at=None)
                | models.Q(state="finished", finished_at__isnull=False, undone_at=None)
                | models.Q(state="undone", finished_at__isnull=False, undone_at__isnull=False),
                name="trust_opening_says_how_far_it_is",
            ),
        ]

    def __str__(self) -> str:
        return f"opening of {self.on}"


class OpeningLedger(FirmOwned):
    """What an account held for one matter; finished, its journal has the same id."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="ledgers")
    matter = models.ForeignKey("practice.Matter", on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    last_moved_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "matter"], name="trust_opening_names_a_matter_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0),
                name="trust_opening_ledger_amount_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.amount_minor}"


class OpeningItem(FirmOwned):
    """What the old books knew and the bank's statement did not: a cheque out, a deposit on its way."""

    KINDS = (("cheque", "Not presented"), ("deposit", "Not credited"))

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8, choices=KINDS)
    on = models.DateField()
    number = models.CharField(max_length=40, blank=True)
    payee = models.CharField(max_length=200, blank=True)
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0),
                name="trust_opening_item_amount_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["cheque", "deposit"]),
                name="trust_opening_item_kind_is_known",
            ),
        ]
        indexes = [models.Index(fields=["opening", "on", "id"], name="trust_opening_items")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class ImportState(models.TextChoices):
    """How far an import has come."""

    READ = "read", "Read, not posted"
    POSTED = "posted", "Posted"
    UNDONE = "undone", "Undone"


class HistoryImport(FirmOwned):
    """A file of an account's past: what was read of it, and whether it is posted.

    ``digest`` is the file's SHA-256; ``faulty_count`` is how many of its rows have a finding;
    ``stood_before`` is how many other entries stood on the account when it was posted.
    """

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    faulty_count = models.PositiveIntegerField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    in_minor = models.BigIntegerField(default=0)
    out_minor = models.BigIntegerField(default=0)
    stood_before = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.READ)
    key = models.CharField(max_length=120, blank=True)
    read_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        "practice.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    posted_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "practice.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "key"],
                condition=~models.Q(key=""),
                name="trust_import_key_is_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="read", posted_at=None, undone_at=None)
                | models.Q(state="posted", posted_at__isnull=False, undone_at=None)
                | models.Q(state="undone", posted_at__isnull=False, undone_at__isnull=False),
                name="trust_import_says_how_far_it_is",
            ),
        ]
        indexes = [models.Index(fields=["account", "-read_at", "-id"], name="trust_import_latest")]

    def __str__(self) -> str:
        return self.name


class HistoryRow(FirmOwned):
    """One row of such a file, in its own words; posted, its journal has the same id.

    ``findings`` is a list of pairs, a code and a sentence. ``number`` is the row's place in the file.
    """

    batch = models.ForeignKey(
        HistoryImport, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    number = models.PositiveIntegerField()
    date = models.CharField(max_length=40)
    matter = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    amount = models.CharField(max_length=40)
    to_matter = models.CharField(max_length=60)
    party = models.CharField(max_length=200)
    reference = models.CharField(max_length=80)
    method = models.CharField(max_length=40)
    findings = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="trust_history_row_is_once")
        ]
        indexes = [
            models.Index(
                fields=["batch", "number"],
                condition=~models.Q(findings=[]),
                name="trust_history_row_faulty",
            )
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
