from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import chancery.lib.ids

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0006_folded_name"),
        ("trust", "0014_dormant_guards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="movement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("interest", "Interest"),
                    ("foundation_paid", "Interest paid on"),
                    ("bank_charge", "Bank charge"),
                    ("own_funds_in", "Own money paid in"),
                    ("own_funds_out", "Own money paid out"),
                    ("restoration", "Shortage restored"),
                    ("deposit_made", "Statutory deposit made"),
                    ("deposit_drawn", "Statutory deposit drawn"),
                    ("advance", "The firm's money lent to a client"),
                    ("advance_recovered", "The firm's money taken back"),
                    ("opening", "Opening balance"),
                    ("imported", "Imported"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="HistoryImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chancery.lib.ids.new,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("row_count", models.PositiveIntegerField()),
                ("faulty_count", models.PositiveIntegerField()),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("in_minor", models.BigIntegerField(default=0)),
                ("out_minor", models.BigIntegerField(default=0)),
                ("stood_before", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Read, not posted"),
                            ("posted", "Posted"),
                            ("undone", "Undone"),
                        ],
                        default="read",
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=120)),
                ("read_at", models.DateTimeField()),
                ("posted_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_reason", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.trustbankaccount",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.firm",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.person",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.person",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoryRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chancery.lib.ids.new,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("date", models.CharField(max_length=40)),
                ("matter", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=40)),
                ("amount", models.CharField(max_length=40)),
                ("to_matter", models.CharField(max_length=60)),
                ("party", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=80)),
                ("method", models.CharField(max_length=40)),
                ("findings", models.JSONField(default=list)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="trust.historyimport",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.firm",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chancery.lib.ids.new,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("on", models.DateField()),
                ("bank_minor", models.BigIntegerField()),
                ("own_minor", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("finished", "Finished"),
                            ("undone", "Undone"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=120)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_reason", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.trustbankaccount",
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.person",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.firm",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.person",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpeningItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chancery.lib.ids.new,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("cheque", "Not presented"), ("deposit", "Not credited")],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("number", models.CharField(blank=True, max_length=40)),
                ("payee", models.CharField(blank=True, max_length=200)),
                ("amount_minor", models.BigIntegerField()),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.firm",
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="trust.opening",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpeningLedger",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chancery.lib.ids.new,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("amount_minor", models.BigIntegerField()),
                ("last_moved_on", models.DateField(null=True)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.firm",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.matter",
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ledgers",
                        to="trust.opening",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="historyimport",
            index=models.Index(fields=["account", "-read_at", "-id"], name="trust_import_latest"),
        ),
        migrations.AddConstraint(
            model_name="historyimport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("firm", "key"),
                name="trust_import_key_is_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("posted_at", None), ("state", "read"), ("undone_at", None)),
                    models.Q(
                        ("posted_at__isnull", False), ("state", "posted"), ("undone_at", None)
                    ),
                    models.Q(
                        ("posted_at__isnull", False),
                        ("state", "undone"),
                        ("undone_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="trust_import_says_how_far_it_is",
            ),
        ),
        migrations.AddIndex(
            model_name="historyrow",
            index=models.Index(
                condition=models.Q(("findings", []), _negated=True),
                fields=["batch", "number"],
                name="trust_history_row_faulty",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyrow",
            constraint=models.UniqueConstraint(
                fields=("batch", "number"), name="trust_history_row_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "finished"])),
                fields=("account",),
                name="trust_opening_is_one_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("firm", "key"),
                name="trust_opening_key_is_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(("bank_minor__gte", 0), ("own_minor__gte", 0)),
                name="trust_opening_is_not_below_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("state", "draft"), ("undone_at", None)),
                    models.Q(
                        ("finished_at__isnull", False), ("state", "finished"), ("undone_at", None)
                    ),
                    models.Q(
                        ("finished_at__isnull", False),
                        ("state", "undone"),
                        ("undone_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="trust_opening_says_how_far_it_is",
            ),
        ),
        migrations.AddIndex(
            model_name="openingitem",
            index=models.Index(fields=["opening", "on", "id"], name="trust_opening_items"),
        ),
        migrations.AddConstraint(
            model_name="openingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)),
                name="trust_opening_item_amount_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["cheque", "deposit"])),
                name="trust_opening_item_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingledger",
            constraint=models.UniqueConstraint(
                fields=("opening", "matter"), name="trust_opening_names_a_matter_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="openingledger",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)),
                name="trust_opening_ledger_amount_is_positive",
            ),
        ),
        migrations.RunSQL((SQL / "openings.sql").read_text(encoding="utf-8")),
    ]
