from django.db import migrations


class Migration(migrations.Migration):
    """What addresses have asked for this minute. Not part of the record: unlogged, so that counting writes nothing to disk."""

    dependencies = [
        ('incidents', '0004_public_change'),
    ]

    operations = [
        migrations.RunSQL(
            'CREATE UNLOGGED TABLE request_count (who text PRIMARY KEY, "window" bigint NOT NULL, used integer NOT NULL)',
            'DROP TABLE request_count',
        ),
    ]
