"""The addresses of the API."""

from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter, SimpleRouter

from . import changes, events, views
from .desk.candidates import CandidateViewSet
from .desk.chain import DeskCommitmentViewSet, DeskLinkViewSet, DeskStatisticViewSet
from .desk.comments import CommentViewSet
from .desk.events import DeskClaimViewSet, DeskEventViewSet
from .desk.imports import ImportedRowViewSet, ImportViewSet
from .desk.reuse import ReuseViewSet
from .desk.submissions import SubmissionViewSet
from .renderers import GeoJSON
from .schema import description

router = DefaultRouter(use_regex_path=False)
router.include_format_suffixes = False
for name, viewset in {
    "events": events.EventViewSet,
    "incidents": events.IncidentViewSet,
    "coordination": events.CoordinationViewSet,
    "claims": views.ClaimViewSet,
    "articles": views.ArticleViewSet,
    "statements": views.StatementViewSet,
    "speakers": views.SpeakerViewSet,
    "outlets": views.OutletViewSet,
    "actors": views.ActorViewSet,
    "places": views.PlaceViewSet,
    "links": views.LinkViewSet,
    "commitments": views.CommitmentViewSet,
    "statistics": views.StatisticViewSet,
    "releases": views.ReleaseViewSet,
}.items():
    router.register(name, viewset, basename=name)

desk = SimpleRouter(use_regex_path=False)
for name, viewset in {
    "submissions": SubmissionViewSet,
    "candidates": CandidateViewSet,
    "events": DeskEventViewSet,
    "claims": DeskClaimViewSet,
    "comments": CommentViewSet,
    "links": DeskLinkViewSet,
    "reuse": ReuseViewSet,
    "commitments": DeskCommitmentViewSet,
    "statistics": DeskStatisticViewSet,
    "imports": ImportViewSet,
    "imported-rows": ImportedRowViewSet,
}.items():
    desk.register(name, viewset, basename=f"desk-{name}")

app_name = "api"
urlpatterns = [
    path("v1/desk/", include(desk.urls)),
    path("v1/", include(router.urls)),
    path("v1/events.geojson", events.EventViewSet.as_view({"get": "list"}, renderer_classes=(GeoJSON,)), name="events-geojson"),
    path("v1/changes/", changes.ChangeViewSet.as_view({"get": "list"}), name="changes"),
    path("v1/openapi.yaml", description, name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api.html"), name="docs"),
]
