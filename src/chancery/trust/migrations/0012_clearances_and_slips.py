from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import chancery.lib.ids

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0006_folded_name"),
        ("trust", "0011_register_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClearanceRequest",
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
                ("evidence", models.CharField(max_length=300)),
                ("bank_reference", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
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
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to="trust.receipt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClearanceAnswer",
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
                ("is_confirmed", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=300)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
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
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="trust.clearancerequest",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DepositSlip",
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
                ("opened_at", models.DateTimeField()),
                ("banked_on", models.DateField(null=True)),
                ("banked_at", models.DateTimeField(null=True)),
                ("bank_reference", models.CharField(blank=True, max_length=80)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.trustbankaccount",
                    ),
                ),
                (
                    "banked_by",
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
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DepositSlipLine",
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
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.firm",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slip_line",
                        to="trust.receipt",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="trust.depositslip",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="clearancerequest",
            index=models.Index(fields=["receipt", "asked_at"], name="trust_clearance_of_receipt"),
        ),
        migrations.AddIndex(
            model_name="depositslip",
            index=models.Index(fields=["firm", "-opened_at", "-id"], name="trust_slip_latest"),
        ),
        migrations.AddConstraint(
            model_name="depositslip",
            constraint=models.UniqueConstraint(
                fields=("account", "number"), name="trust_slip_number_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="depositslip",
            constraint=models.UniqueConstraint(
                condition=models.Q(("banked_on__isnull", True)),
                fields=("account",),
                name="trust_slip_is_one_open_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="depositslip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("banked_at__isnull", True),
                        ("banked_by__isnull", True),
                        ("banked_on__isnull", True),
                    ),
                    models.Q(
                        ("banked_at__isnull", False),
                        ("banked_by__isnull", False),
                        ("banked_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="trust_slip_banked_says_when_and_by_whom",
            ),
        ),
        migrations.RunSQL((SQL / "clearances_and_slips.sql").read_text(encoding="utf-8")),
    ]
