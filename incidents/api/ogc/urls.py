"""The addresses of OGC API – Features, under /ogc/; the standard writes them without a slash at the end."""

from django.urls import path

from . import documents, items

app_name = "ogc"
urlpatterns = [
    path("", documents.document(documents.landing), name="landing"),
    path("conformance", documents.document(documents.conformance), name="conformance"),
    path("api", documents.document(documents.description), name="api"),
    path("collections", documents.document(documents.collections), name="collections"),
]
for view in (items.IncidentItems, items.CoordinationItems, items.PlaceItems):
    here = f"collections/{view.collection}"
    converter = "slug" if view.lookup_field == "code" else "str"
    urlpatterns += [
        path(here, documents.document(documents.collection), {"name": view.collection}, name="collection"),
        path(f"{here}/items", view.as_view({"get": "list"}), name=view.collection),
        path(f"{here}/items/<{converter}:{view.lookup_field}>", view.as_view({"get": "retrieve"}), name=f"{view.collection}-item"),
    ]
