from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("trust", "0004_series_are_told_apart"), ("practice", "0006_folded_name")]
    operations = [migrations.RunSQL((SQL / "bank_of_account.sql").read_text(encoding="utf-8"))]
