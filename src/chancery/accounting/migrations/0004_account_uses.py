from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounting", "0003_finality")]
    operations = [migrations.RunSQL((SQL / "account_uses.sql").read_text(encoding="utf-8"))]
