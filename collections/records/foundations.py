"""Which migrations of others come before our first ones.

A migration that alters a table renders every model around it anew. Those of Wagtail and the task queue, a hundred and more, are
quick as long as our sixty models are not there yet: a new museum's tables are made in a third of the time. The names need not
be the newest ones; whoever has them already has nothing to do.
"""

LAID_BEFORE = [
    ("auth", "0012_alter_user_first_name_max_length"),
    ("contenttypes", "0002_remove_content_type_name"),
    ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ("sessions", "0001_initial"),
    ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ("wagtailadmin", "0006_formstate"),
    ("wagtailcore", "0098_apitoken"),
    ("wagtaildocs", "0014_alter_document_file_size"),
    ("wagtailembeds", "0009_embed_cache_until"),
    ("wagtailimages", "0027_image_description"),
    ("wagtailredirects", "0008_add_verbose_name_plural"),
    ("wagtailsearch", "0010_add_text_fields"),
    ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
]
