from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
ORDER = (
    "guards",
    "erasure",
    "accounts",
    "periods",
    "days",
    "entries",
    "journals",
    "availability",
    "posting",
    "locking",
    "rights",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("tenancy", "0001_tenancy")]
    operations = [
        migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8")) for name in ORDER
    ]
