from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import chancery.lib.ids

SQL = Path(__file__).parent.parent / "sql"
KINDS = [
    ("journal", "Journal"),
    ("account", "Account"),
    ("availability", "Protection or early clearance"),
    ("closing", "Closing or opening again"),
    ("periodlock", "Lock of a period"),
]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_direct_writes"), ("practice", "0001_initial")]
    operations = [
        migrations.RemoveField("seal", "journal"),
        migrations.AddField(
            "seal",
            "kind",
            models.CharField(choices=KINDS, default="journal", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            "seal",
            "subject_id",
            models.UUIDField(default=chancery.lib.ids.new, unique=True),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="UnsealedEvent",
            fields=[
                ("subject_id", models.UUIDField(primary_key=True, serialize=False)),
                ("firm_id", models.UUIDField()),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["firm_id"], name="ledger_unsealedevent_by_firm")]
            },
        ),
        migrations.CreateModel(
            name="Proof",
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
                ("proved_at", models.DateTimeField()),
                ("head_number", models.BigIntegerField()),
                ("head_digest", models.BinaryField(null=True)),
                ("journal_count", models.BigIntegerField()),
                ("entry_count", models.BigIntegerField()),
                ("finding_count", models.IntegerField()),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.firm",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["firm", "-proved_at"], name="ledger_proof_latest")]
            },
        ),
        migrations.RunSQL((SQL / "sealing.sql").read_text(encoding="utf-8")),
    ]
