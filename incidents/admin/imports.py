"""Imports of datasets, to be looked up; they are made and undone at the desk."""

from django.contrib import admin

from history.admin import ReadOnlyAdmin
from incidents.models import DatasetImport, ImportedRow


@admin.register(DatasetImport)
class DatasetImportAdmin(ReadOnlyAdmin):
    list_display = ["label", "dataset", "format", "becomes", "state", "total", "submitted_by", "submitted_at"]
    list_filter = ["format", "state"]
    list_select_related = ["dataset", "submitted_by"]
    search_fields = ["label", "dataset__name_ar", "dataset__name_en"]
    exclude = ["raw"]


@admin.register(ImportedRow)
class ImportedRowAdmin(ReadOnlyAdmin):
    list_display = ["line", "key", "title", "fate", "resembles", "is_done", "remark", "source"]
    sortable_by = ()
    list_filter = ["fate", "is_done"]
    list_select_related = ["source__dataset"]
    search_fields = ["key", "title"]
    exclude = ["article", "candidate"]
