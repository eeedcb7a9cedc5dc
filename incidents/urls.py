"""The public pages and what they read."""

from django.urls import path

from incidents.views import about, article, data, event, oembed, overview, takeaway, trends

urlpatterns = [
    path("", overview.index, name="index"),
    path("events/", overview.events, name="events"),
    path("events/rows/", overview.rows, name="rows"),
    path("events/sources/", overview.sources, name="sources"),
    path("events/search/", overview.search, name="search"),
    path("events/<str:code>/", event.event, name="event"),
    path("events/<str:code>/chain/", event.chain, name="chain"),
    path("events/<str:code>/panel/", event.panel, name="event-panel"),
    path("events/<str:code>/cite.<str:form>", event.cite, name="cite"),
    path("articles/<int:number>/", article.article, name="article"),
    path("trends/", trends.show, name="trends"),
    path("about/", about.about, name="about"),
    path("export.<str:form>", takeaway.export, name="export"),
    path("releases/<slug:name>/<str:file>", takeaway.release, name="release"),
    path("feed/", takeaway.feed, name="feed"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("embed/", takeaway.embed, name="embed"),
    path("snapshot.arrow", data.latest, name="snapshot"),
    path("snapshot/<str:name>.columns", data.version, name="snapshot-version"),
    path("basemap/waters.json", data.waters, name="waters"),
    path("snapshot/<str:name>/shapes.json", data.shapes, name="shapes"),
]
