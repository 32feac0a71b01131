from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("trust", "0010_registers")]
    operations = [migrations.RunSQL((SQL / "registers.sql").read_text(encoding="utf-8"))]
