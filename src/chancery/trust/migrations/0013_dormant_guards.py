from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("trust", "0012_dormant")]
    operations = [migrations.RunSQL((SQL / "dormant.sql").read_text(encoding="utf-8"))]
