from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_initial"), ("tenancy", "0001_tenancy")]
    operations = [
        migrations.RunSQL((SQL / "guards.sql").read_text(encoding="utf-8")),
        migrations.RunSQL((SQL / "search.sql").read_text(encoding="utf-8")),
    ]
