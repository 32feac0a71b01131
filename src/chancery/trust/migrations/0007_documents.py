from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("trust", "0006_client_money"), ("ledger", "0002_guards")]
    operations = [migrations.RunSQL((SQL / "documents.sql").read_text(encoding="utf-8"))]
