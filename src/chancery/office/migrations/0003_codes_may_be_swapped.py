from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0002_guards")]
    operations = [
        migrations.RemoveConstraint(
            model_name="officebankaccount", name="office_account_code_is_once"
        ),
        migrations.AddConstraint(
            model_name="officebankaccount",
            constraint=models.UniqueConstraint(
                fields=["firm", "code"],
                name="office_account_code_is_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ),
    ]
