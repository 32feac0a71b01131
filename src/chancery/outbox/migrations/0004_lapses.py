from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_what_a_worker_needs")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="lapses",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
