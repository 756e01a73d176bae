from django.db import migrations

from records.collation import compare_bytewise


class Migration(migrations.Migration):
    dependencies = [("artifacts", "0004_reading_order_and_chapters")]

    operations = [compare_bytewise("artifacts")]
