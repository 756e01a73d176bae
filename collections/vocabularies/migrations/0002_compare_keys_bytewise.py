from django.db import migrations

from records.collation import compare_bytewise


class Migration(migrations.Migration):
    dependencies = [("vocabularies", "0001_initial")]

    operations = [compare_bytewise("vocabularies")]
