from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("trust", "0018_shortage_cases")]
    operations = [migrations.RunSQL((SQL / "proof_cases.sql").read_text(encoding="utf-8"))]
