from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_guards")]
    operations = [migrations.RunSQL((SQL / "firm_currency.sql").read_text(encoding="utf-8"))]
