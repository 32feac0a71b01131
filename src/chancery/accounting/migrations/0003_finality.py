from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounting", "0002_guards")]
    operations = [
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.UniqueConstraint(
                fields=["organisation_id"], name="organisation_serves_one_firm"
            ),
        ),
        migrations.RunSQL((SQL / "finality.sql").read_text(encoding="utf-8")),
    ]
