"""Rows of another dataset at the desk: uploaded, their columns assigned, every row's fate shown, then imported, or not."""

from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incidents import importing
from incidents.desk.access import DeskRequest, attempt, desk
from incidents.desk.reading import fields_of
from incidents.interchange import columns
from incidents.interchange.table import MOST_BYTES, MOST_ROWS, read_table
from incidents.models import Candidate, DatasetImport, ImportedRow
from incidents.taxonomy import EVENT_TYPES
from sources.intake import IntakeError
from sources.models import Article, Outlet

A_PAGE = 25
State, Fate = DatasetImport.State, ImportedRow.Fate


class ImportForm(forms.Form):
    """A file of rows, and the dataset they are of."""

    dataset = forms.CharField(
        max_length=200,
        label=_("Dataset"),
        widget=forms.TextInput(attrs={"list": "datasets", "dir": "auto"}),
        help_text=_("Its rows are known by this name and their own number when they come again"),
    )
    file = forms.FileField(label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt"}), help_text=_("CSV"))
    becomes = forms.ChoiceField(
        choices=DatasetImport.Becomes.choices, label=_("Rows become"), widget=forms.RadioSelect, initial=DatasetImport.Becomes.CANDIDATES
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("%(name)s has more than %(most)d bytes.") % {"name": file.name, "most": MOST_BYTES})
        return file


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: DeskRequest) -> HttpResponse:
    """Hand in a table; under it, what was handed in before."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            file, language = given.pop("file"), get_language() or "ar"
            source = importing.hand_in(label=file.name, raw=file.read(), by=request.user, language=language, **given)
        except (IntakeError, importing.CurationError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk-import", source.pk)
    if form.is_bound and request.FILES:
        form.add_error("file", gettext("Files cannot be kept: choose them again."))
    rows = DatasetImport.objects.defer("raw").select_related("dataset", "submitted_by")
    context = {
        "form": form,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "datasets": Outlet.objects.filter(kind=Outlet.Kind.DATASET).values_list("name_ar", flat=True),
        "most": MOST_ROWS,
    }
    return render(request, "desk/imports.html", context, status=400 if form.is_bound else 200)


def _found(number: int) -> DatasetImport:
    return get_object_or_404(DatasetImport.objects.defer("raw").select_related("dataset", "submitted_by"), pk=number)


@desk
@require_safe
def one(request: DeskRequest, number: int) -> HttpResponse:
    """One import: its columns to be assigned, or its progress and every row's fate."""
    source = _found(number)
    if source.state == State.MAPPING:
        return _mapping(request, source, source.mapping)
    counts = dict(source.rows.order_by().values_list("fate").annotate(n=Count("pk")))
    fate = request.GET.get("fate", "")
    rows = source.rows.select_related("article", "candidate__event").filter(**({"fate": fate} if fate in Fate.values else {}))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "counts": [(value, label, counts.get(value, 0)) for value, label in Fate.choices],
        "fate": fate,
        "query": f"fate={fate}&" if fate in Fate.values else "",
        "page": page,
        "rows": [(row, _said(row)) for row in page],
        "coming": counts.get(Fate.NEW, 0) + counts.get(Fate.CHANGED, 0),
        "leaving": counts.get(Fate.DELETED, 0),
        "alike": source.rows.exclude(resembles="").count(),
        "remarks": source.rows.exclude(remark="").count(),
        "is_table": source.format == DatasetImport.Format.TABLE,
        "can_start": source.state == State.CHECKED,
        "can_undo": source.rows.filter(is_done=True).exists() and not source.is_moving,
    }
    return render(request, "desk/import.html", context)


def _said(row: ImportedRow) -> list[Any]:
    """What the row would become, field by field, as the queue will show it."""
    if not row.proposal:
        return []
    proposal = row.proposal
    shown = Candidate(kind=proposal["kind"], type=proposal["type"], proposal=proposal, article=Article(text=row.text))
    return fields_of(shown)


def _mapping(request: HttpRequest, source: DatasetImport, mapping: dict[str, str], *, status: int = 200) -> HttpResponse:
    table = read_table(bytes(source.raw))
    samples = {column: [line.cells.get(column, "") for line in table.lines[:3]] for column in table.columns if column}
    context = {
        "source": source,
        "slots": [(slot, mapping.get(slot.name, "")) for slot in columns.SLOTS],
        "columns": [column for column in table.columns if column],
        "samples": samples.items(),
        "types": [(type_.slug, type_.label) for type_ in EVENT_TYPES],
        "type_of_all": mapping.get(columns.TYPE_OF_ALL, ""),
    }
    return render(request, "desk/import_columns.html", context, status=status)


@desk
@require_POST
def assign(request: DeskRequest, number: int) -> HttpResponse:
    """What the columns hold; then the check."""
    source = _found(number)
    wanted = [slot.name for slot in columns.SLOTS] + [columns.TYPE_OF_ALL]
    mapping = {name: request.POST[name] for name in wanted if request.POST.get(name)}
    if not attempt(request, lambda: importing.assign(source=source, mapping=mapping, by=request.user, seen=request.POST.get("seen"))):
        return _mapping(request, source, mapping, status=400) if source.state == State.MAPPING else redirect("desk-import", number)
    return _move(request, source, State.CHECKING)


@desk
@require_POST
def change_columns(request: DeskRequest, number: int) -> HttpResponse:
    """Back to the columns, from a check that shows they were assigned wrongly."""
    source = _found(number)
    again = partial(importing.assign, source=source, mapping=source.mapping, by=request.user, seen=request.POST.get("seen"))
    attempt(request, again)
    return redirect("desk-import", number)


@desk
@require_POST
def start(request: DeskRequest, number: int) -> HttpResponse:
    """Import what the check showed."""
    return _move(request, _found(number), State.RUNNING, seen=request.POST.get("seen"))


@desk
@require_POST
def undo(request: DeskRequest, number: int) -> HttpResponse:
    """Take the whole import back."""
    return _move(request, _found(number), State.UNDOING, seen=request.POST.get("seen"))


def _move(request: DeskRequest, source: DatasetImport, to: str, *, seen: str | None = None) -> HttpResponseRedirect:
    language = get_language() or "ar"
    attempt(request, lambda: importing.move(source=source, to=to, by=request.user, language=language, seen=seen))
    return redirect("desk-import", source.pk)
