from django.db import migrations

MADE = """CREATE INDEX contact_by_folded_name
  ON practice_contact (firm_id, practice_fold(name) COLLATE "C", id)"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0003_versions_and_look_alikes")]
    operations = [migrations.RunSQL(MADE, "DROP INDEX contact_by_folded_name")]
