"""The tables of the books themselves. The program reads them; what it may write goes through ``ledger/sql``.

Rows of firms, accounts and people that every posting of a day would touch carry no foreign key here:
checking one locks the row that is pointed at, and a firm's postings would queue for it. The triggers in
``sql/`` check the same in one go, and accounts are never deleted.

No index of a table that postings look up by its key begins with the firm: row security adds the firm to
every question, and a plan made while the table was small would then read all that the firm has.
"""

from django.db import models

from chancery.lib import ids


class AccountKind(models.TextChoices):
    """What an account of the ledger stands for."""

    TRUST_BANK = "trust_bank", "Bank account"
    CLIENT = "client", "Client ledger"
    OWN_FUNDS = "own_funds", "The firm's own money"
    FOUNDATION_INTEREST = "foundation_interest", "Interest due to a foundation"
    UNIDENTIFIED = "unidentified", "Unidentified money"
    DEFICIENCY = "deficiency", "Shortage to be restored"
    STATUTORY_DEPOSIT = "statutory_deposit", "Statutory deposit"


class Side(models.TextChoices):
    """Which side of an account an entry stands on."""

    DEBIT = "D", "Debit"
    CREDIT = "C", "Credit"


DEBIT_KINDS = frozenset(
    {AccountKind.TRUST_BANK, AccountKind.DEFICIENCY, AccountKind.STATUTORY_DEPOSIT}
)


class Account(models.Model):
    """One account of the ledger; ``pool`` is the bank account whose money it is a part of.

    ``side`` is its normal side: what an account holds is that side less the other. Every kind but the
    bank account itself is floored: it holds nothing or more on every day.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    firm = models.ForeignKey(
        "practice.Firm", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20, choices=AccountKind.choices)
    side = models.CharField(max_length=1, choices=Side.choices)
    floored = models.BooleanField()
    currency = models.CharField(max_length=3)
    pool = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AccountKind.values), name="ledger_account_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(DEBIT_KINDS), side="D")
                | models.Q(~models.Q(kind__in=sorted(DEBIT_KINDS)), side="C"),
                name="ledger_account_side_is_its_kinds",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="trust_bank", floored=False, pool=models.F("id"))
                | models.Q(~models.Q(kind="trust_bank"), floored=True),
                name="ledger_account_is_floored_unless_a_bank",
            ),
        ]
        indexes = [models.Index(fields=["pool", "kind"], name="ledger_account_by_pool")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Journal(models.Model):
    """One posting, for ever. ``narrative`` may be erased by law; its salted digest stays."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    firm_id = models.UUIDField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    narrative = models.TextField(null=True)
    salt = models.BinaryField(null=True)
    narrative_digest = models.BinaryField()
    actor_id = models.UUIDField()
    key = models.CharField(max_length=120)
    reverses = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,  # the trigger asks more of it
        db_index=False,
    )
    entry_count = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "firm_id"], name="ledger_key_names_one_journal"),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=models.Q(reverses__isnull=False),
                name="ledger_journal_is_reversed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(entry_count__gte=2), name="ledger_journal_has_two_entries"
            ),
            models.CheckConstraint(
                condition=models.Q(narrative__isnull=True, salt__isnull=True)
                | models.Q(narrative__isnull=False, salt__isnull=False),
                name="ledger_narrative_has_its_salt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.kind}"


class Entry(models.Model):
    """One line of a journal: a side and a positive amount, never a sign.

    ``clears_on`` is the day from which the amount counts as cleared; it is later than ``effective_on``
    only for money received that the bank may still take back, and for the reversal of such a receipt.
    """

    pk = models.CompositePrimaryKey("journal_id", "line")
    journal = models.ForeignKey(
        Journal,
        on_delete=models.PROTECT,
        related_name="entries",
        db_constraint=False,
        db_index=False,
    )
    line = models.SmallIntegerField()
    firm_id = models.UUIDField()
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    side = models.CharField(max_length=1, choices=Side.choices)
    amount_minor = models.BigIntegerField()
    effective_on = models.DateField()
    clears_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0, amount_minor__lte=10**15),
                name="ledger_entry_amount_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="ledger_entry_has_a_side"
            ),
            models.CheckConstraint(
                condition=models.Q(clears_on__gte=models.F("effective_on")),
                name="ledger_entry_clears_no_earlier",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "effective_on", "journal", "line"],
                include=["side", "amount_minor", "clears_on"],
                name="ledger_entry_by_account",
            )
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.amount_minor}"
