import django.db.models.deletion
from django.db import migrations, models


def say_what_copies_were_made_of(apps, schema_editor):
    """Until now an asset had one original for ever."""
    assets = apps.get_model("media", "Asset").objects.filter(pk=models.OuterRef("asset_id"))
    apps.get_model("media", "AccessCopy").objects.update(original=models.Subquery(assets.values("blob__sha256")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0004_text_layers'),
    ]

    operations = [
        migrations.AddField(
            model_name='accesscopy',
            name='original',
            field=models.CharField(blank=True, max_length=64, verbose_name='made of the original'),
        ),
        migrations.AddField(
            model_name='accesscopy',
            name='turn',
            field=models.PositiveSmallIntegerField(choices=[(0, 'as in the file'), (90, 'a quarter to the right'), (180, 'upside down'), (270, 'a quarter to the left')], default=0, verbose_name='turned'),
        ),
        migrations.RunPython(say_what_copies_were_made_of, migrations.RunPython.noop),
        migrations.AddField(
            model_name='asset',
            name='turn',
            field=models.PositiveSmallIntegerField(choices=[(0, 'as in the file'), (90, 'a quarter to the right'), (180, 'upside down'), (270, 'a quarter to the left')], default=0, help_text='On top of what the file itself says of its orientation.', verbose_name='turned'),
        ),
        migrations.AlterField(
            model_name='preservationevent',
            name='type',
            field=models.CharField(choices=[('ingestion', 'ingestion'), ('message digest calculation', 'message digest calculation'), ('format identification', 'format identification'), ('validation', 'validation'), ('fixity check', 'fixity check'), ('creation', 'creation of a derivative'), ('modification', 'another original, or another orientation'), ('deletion', 'deletion')], max_length=40, verbose_name='event'),
        ),
        migrations.CreateModel(
            name='FormerOriginal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_filename', models.CharField(max_length=255, verbose_name='file name')),
                ('format', models.CharField(blank=True, max_length=20, verbose_name='format')),
                ('width', models.PositiveIntegerField(null=True, verbose_name='width')),
                ('height', models.PositiveIntegerField(null=True, verbose_name='height')),
                ('turn', models.PositiveSmallIntegerField(choices=[(0, 'as in the file'), (90, 'a quarter to the right'), (180, 'upside down'), (270, 'a quarter to the left')], default=0, verbose_name='turned')),
                ('until', models.DateTimeField(auto_now_add=True, verbose_name='shown until')),
                ('by', models.CharField(blank=True, max_length=150, verbose_name='replaced by')),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_originals', to='media.asset')),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='formerly_of', to='media.blob', verbose_name='original')),
            ],
            options={
                'verbose_name': 'former original',
                'verbose_name_plural': 'former originals',
                'ordering': ['-until', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Replacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(blank=True, max_length=150, verbose_name='by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('asset', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='replacement', to='media.asset', verbose_name='picture')),
                ('scan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='replaces', to='media.asset', verbose_name='new scan')),
            ],
            options={
                'verbose_name': 'new scan of a picture',
                'verbose_name_plural': 'new scans of pictures',
            },
        ),
    ]
