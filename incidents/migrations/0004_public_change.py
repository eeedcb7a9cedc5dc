import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0003_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('is_public', models.BooleanField(help_text='No: it was withdrawn or merged at that moment', verbose_name='published')),
            ],
            options={
                'verbose_name': 'public change',
                'verbose_name_plural': 'public changes',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='public_change', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE was_shown boolean; is_shown boolean; moment timestamptz;', func="\n                    is_shown = NEW.status = 'published';\n                    IF TG_OP = 'INSERT' THEN\n                        was_shown = NEW.published_at IS NOT NULL;\n                        moment = NEW.modified_at;\n                    ELSE\n                        was_shown = OLD.status = 'published';\n                        moment = CASE WHEN NEW.modified_at <> OLD.modified_at THEN NEW.modified_at ELSE clock_timestamp() END;\n                    END IF;\n                    IF was_shown OR is_shown THEN\n                        INSERT INTO incidents_publicchange (event_id, at, is_public) VALUES (NEW.id, moment, is_shown)\n                        ON CONFLICT (event_id) DO UPDATE SET at = EXCLUDED.at, is_public = EXCLUDED.is_public;\n                    END IF;\n                    RETURN NULL;\n                ", hash='293e3e7b6184ed0321ae03c247f7d967a184846f', operation='INSERT OR UPDATE', pgid='pgtrigger_public_change_7ccbe', table='incidents_event', when='AFTER')),
        ),
        migrations.AddField(
            model_name='publicchange',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='public_change', to='incidents.event', verbose_name='event'),
        ),
        migrations.AddIndex(
            model_name='publicchange',
            index=models.Index(fields=['at', 'id'], name='publicchange_at'),
        ),
        # What was withdrawn before there was this table keeps the moment it was last edited.
        migrations.RunSQL(
            "INSERT INTO incidents_publicchange (event_id, at, is_public)"
            " SELECT id, modified_at, status = 'published' FROM incidents_event WHERE published_at IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
