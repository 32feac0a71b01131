from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounting", "0004_account_uses")]
    operations = [
        migrations.AddField(
            model_name="connection", name="seen_at", field=models.DateTimeField(null=True)
        ),
        migrations.RunSQL((SQL / "watching.sql").read_text(encoding="utf-8")),
    ]
