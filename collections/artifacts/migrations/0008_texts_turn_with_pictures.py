from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('artifacts', '0007_words_of_help_for_dates'),
    ]

    operations = [
        migrations.AddField(
            model_name='textlayer',
            name='turn',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='turned with its picture'),
        ),
    ]
