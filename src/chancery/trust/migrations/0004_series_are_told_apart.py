from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trust", "0003_firm_currency"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="trustbankaccount",
            constraint=models.UniqueConstraint(
                fields=("firm", "receipt_prefix"), name="trust_receipt_prefix_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustbankaccount",
            constraint=models.UniqueConstraint(
                fields=("firm", "withdrawal_prefix"), name="trust_withdrawal_prefix_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustbankaccount",
            constraint=models.UniqueConstraint(
                fields=("firm", "transfer_prefix"), name="trust_transfer_prefix_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustbankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("receipt_prefix__regex", "[^0-9]$"), ("receipt_first__gte", 1)),
                name="trust_receipt_series_is_readable",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustbankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawal_prefix__regex", "[^0-9]$"), ("withdrawal_first__gte", 1)
                ),
                name="trust_withdrawal_series_is_readable",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustbankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("transfer_prefix__regex", "[^0-9]$"), ("transfer_first__gte", 1)
                ),
                name="trust_transfer_series_is_readable",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustbankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("receipt_prefix", models.F("withdrawal_prefix")), _negated=True),
                    models.Q(("receipt_prefix", models.F("transfer_prefix")), _negated=True),
                    models.Q(("withdrawal_prefix", models.F("transfer_prefix")), _negated=True),
                ),
                name="trust_account_prefixes_differ",
            ),
        ),
    ]
