from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("practice", "0003_versions_and_look_alikes")]
    operations = [migrations.RunSQL((SQL / "contact_order.sql").read_text(encoding="utf-8"))]
