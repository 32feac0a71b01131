from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounting", "0001_initial"),
        ("office", "0002_guards"),
        ("trust", "0002_guards"),
    ]
    operations = [migrations.RunSQL((SQL / "guards.sql").read_text(encoding="utf-8"))]
