"""What every admin of the record shares: a reason for each change, its history instead of the stock log, and no deletion."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.paginator import Page, Paginator
from django.db import connection, models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from history.clashes import Clash, clashes_since, last_seen, plain, state_seen, wished, with_seen
from history.context import because
from history.models import Change, Revision
from history.reading import steps_of
from history.words import VERBS, Values, reason_label, verb_label

# An address written without its scheme is one of https.
_SECURE = {models.URLField: {"assume_scheme": "https"}}


class EstimatedPaginator(Paginator[Any]):
    """Counts exactly up to ten thousand rows; above that by the planner's estimate, in the same time at a million rows."""

    EXACT_UP_TO = 10_000
    # Beyond so many rows a page is found by its keys alone, before anything is joined to them.
    DEEP = 1_000

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        if bottom < self.DEEP:
            return super().page(number)
        rows = cast("models.QuerySet[Any]", self.object_list)
        keys = list(rows.select_related(None).values_list("pk", flat=True)[bottom : bottom + self.per_page])
        return Page(rows.filter(pk__in=keys), number, self)

    @cached_property
    def count(self) -> int:
        rows = cast("models.QuerySet[Any]", self.object_list).order_by()
        found = rows[: self.EXACT_UP_TO + 1].count()
        if found <= self.EXACT_UP_TO:
            return found
        sql, params = rows.values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            return max(int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"]), found)


class JoiningForm(forms.ModelForm[Any]):
    """A row's form. Where somebody else saved in between, what does not clash joins; a clash shows the three values at its field, and
    saving again keeps the editor's."""

    seen = forms.IntegerField(label="", required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = getattr(self.instance, "seen", 0)
        self.wishes: dict[str, Any] = {}  # what the editor changed of what was read, by column
        self.has_joined = False  # with what somebody else saved in between
        for name in self._lists():
            self.fields[name].show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.instance.pk and not self.errors:
            self._join(values)
        return values

    def _lists(self) -> list[str]:
        """The fields that name several rows: no column, so what was read of them goes with the form itself."""
        return [field.name for field in self._meta.model._meta.many_to_many if field.name in self.fields]

    def _join(self, values: dict[str, Any]) -> None:
        """Leave in `values` what the editor changed of what was read; all else as it is now."""
        now = self._now()
        columns = {field.name: str(field.column) for field in now._meta.concrete_fields if field.name in values and not field.primary_key}
        last = last_seen(type(now), now.pk)
        seen = last if values["seen"] is None else values["seen"]
        mine = {column: getattr(values[name], "pk", values[name]) for name, column in columns.items()}
        self.wishes = wished(mine, state_seen(now, seen))
        self.has_joined = seen != last
        clashes = {clash.field: clash for clash in clashes_since(now, seen, self.wishes)}
        untouched = [name for name, column in columns.items() if column not in self.wishes]
        for name, column in columns.items():
            if column in clashes:
                self.add_error(name, self._told(clashes[column]))
        for name in untouched:
            values[name] = getattr(now, name)
        for name in self._lists():
            self._join_list(name, getattr(now, name).all(), values)
        if clashes:
            self._show_as_of(now, last, untouched)

    def _join_list(self, name: str, theirs: models.QuerySet[Any], values: dict[str, Any]) -> None:
        read = {str(pk) for pk in self.data.getlist(self.add_initial_prefix(name))}  # type: ignore[attr-defined]
        if name not in self.changed_data:
            values[name] = theirs
        elif {str(row.pk) for row in theirs} not in (read, {str(row.pk) for row in values[name]}):
            names = _(", ").join(str(row) for row in theirs) or "–"
            self.add_error(name, _("Saved by somebody else since you opened it: %(theirs)s. Save again to keep yours.") % {"theirs": names})
            data = cast(QueryDict, self.data).copy()
            data.setlist(self.add_initial_prefix(name), [str(row.pk) for row in theirs])
            self.data = data

    def _now(self) -> models.Model:
        """The row as it is, held until the save."""
        return cast(models.Model, type(self.instance)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=self.instance.pk))

    def _show_as_of(self, now: models.Model, last: int, untouched: list[str]) -> None:
        """Saved again, it is the editor's word against what was just shown. What the editor left alone is shown as it is now: the page's
        old value would be saved over a colleague's."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = str(last)
        for name in untouched:
            field = now._meta.get_field(name)
            value = self.fields[name].prepare_value(getattr(now, field.attname))
            data[self.add_prefix(name)] = "" if value is None else str(value)
        self.data = data

    def _told(self, clash: Clash) -> str:
        model = type(self.instance)
        values = Values([(model, {clash.field: value}) for value in (clash.base, clash.mine, clash.theirs)])
        base, mine, theirs = (values.said(model, clash.field, plain(value)) or "–" for value in (clash.base, clash.mine, clash.theirs))
        words = _("When you opened it: %(base)s. Yours: %(mine)s. Saved by somebody else since: %(theirs)s. Save again to keep yours.")
        return format_html('<span class="clash" dir="auto">{}</span>', words % {"base": base, "mine": mine, "theirs": theirs})


class ReasonForm(JoiningForm):
    """Asks why. An addition explains itself; a change does not."""

    refused: ClassVar[str] = ""  # why a verb would not write what the form says

    reason = forms.CharField(label=_("reason"), required=False, help_text=_("Why the record changes; it is kept in the history"))

    def clean(self) -> dict[str, Any]:
        if self.instance.pk and self.has_changed() and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Say why: every change keeps its reason."))
        if self.refused:
            self.add_error(None, self.refused)
        return super().clean()


class JoiningInline(admin.TabularInline[Any, Any]):
    """Rows that hang on another one, each joining what somebody else saved of it in between."""

    form: Any = JoiningForm
    formfield_overrides: ClassVar[Any] = _SECURE

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return with_seen(super().get_queryset(request))


class RecordAdmin(admin.ModelAdmin[Any]):
    """Nothing is deleted, every change has a reason, and what it was before is one click away."""

    form: Any = ReasonForm
    paginator = EstimatedPaginator
    show_full_result_count = False
    list_per_page = 50
    actions: Any = ()
    formfield_overrides: ClassVar[Any] = _SECURE

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, with the number of the revision that was read: asked for first, so that no later one passes for read."""
        number = str(object_id)
        seen = last_seen(self.model, int(number)) if number.isdecimal() and len(number) < 19 else 0
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.seen = seen
        return row

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was read goes with every form, wherever its fields are listed."""
        fieldsets = super().get_fieldsets(request, obj)
        is_written = obj is not None and issubclass(self.form, ReasonForm) and self.has_change_permission(request, obj)
        if not is_written or "seen" in flatten_fieldsets(fieldsets):
            return fieldsets
        return [*fieldsets, (None, {"fields": ["seen"]})]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every relation to a model with an admin of its own: no drop-down of a hundred thousand rows."""
        fields = [*self.model._meta.fields, *self.model._meta.many_to_many]
        return [f.name for f in fields if f.is_relation and self.admin_site.is_registered(f.related_model)]

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> Any:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        reason = request.POST.get("reason", "").strip() or str(_("Added.") if object_id is None else "")
        with because(by=request.user, verb=f"admin: {self.opts.model_name}", reason=reason):
            return super().changeform_view(request, object_id, form_url, extra_context)

    # The history is written by the database; the stock log would tell half of it a second time.
    def log_addition(self, *args: Any, **kwargs: Any) -> None: ...  # type: ignore[override]

    def log_change(self, *args: Any, **kwargs: Any) -> None: ...  # type: ignore[override]

    def log_deletions(self, *args: Any, **kwargs: Any) -> None: ...  # type: ignore[override]

    def revisions(self, obj: models.Model) -> Any:
        return Revision.objects.of(obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what, when, why, from which value to which; newest first."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        revisions = self.revisions(obj).select_related("change__by").order_by("-id")[:500]
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(row)s") % {"row": obj},
            "object": obj,
            "opts": self.opts,
            "steps": steps_of(revisions),
        }
        return TemplateResponse(request, "admin/history/history.html", context)


class ReadOnlyAdmin(RecordAdmin):
    """To look at; what changes it is a verb."""

    form = forms.ModelForm  # nothing is changed, so nobody is asked why

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VerbFilter(admin.SimpleListFilter):
    """By verb. The list is the code's: to ask the table which verbs it holds would read a million rows."""

    title = _("verb")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*sorted(VERBS.items(), key=lambda item: str(item[1])), ("-", verb_label(""))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        wanted = self.value()
        return queryset.filter(verb="" if wanted == "-" else wanted) if wanted else queryset


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb_in_words", "by", "why", "role"]
    sortable_by = ["at"]
    list_filter = [VerbFilter]
    list_select_related = ["by"]
    search_fields = ["reason", "verb", "by__username"]

    @admin.display(description=_("verb"))
    def verb_in_words(self, change: Change) -> str:
        return verb_label(change.verb)

    @admin.display(description=_("reason"))
    def why(self, change: Change) -> str:
        return reason_label(change.reason)
