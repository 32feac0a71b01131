from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("host", models.CharField(max_length=120)),
                ("process", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField()),
                ("beat_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-beat_at"], name="worker_beat_latest")],
            },
        ),
        migrations.RemoveField(model_name="message", name="remedy"),
        migrations.AddField(
            model_name="message", name="remedies", field=models.JSONField(default=list)
        ),
        migrations.AddField(
            model_name="message",
            name="asked_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="call",
            name="given_up_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["lane"],
                name="call_under_way",
            ),
        ),
    ]
