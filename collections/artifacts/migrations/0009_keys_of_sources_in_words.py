from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('artifacts', '0008_texts_turn_with_pictures'),
        ('vocabularies', '0003_words_of_help_for_dates'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name='artifact',
            name='artifact_natural_key',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='artifact_natural_key', violation_error_message='Another object came from this source under the same key.'),
        ),
    ]
