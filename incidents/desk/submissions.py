"""Sources handed in at the desk: a pasted text, files, an address. They are read in the background; the jobs page says how far they are."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incidents import tasks
from incidents.desk.access import DeskRequest, desk
from incidents.desk.forms import DayField
from sources.addresses import FetchError, target_of
from sources.intake import MAX_BYTES, IntakeError, ManifestRow, canonical_url, manifest_of, outlet_named
from sources.models import Feed, Outlet, Submission

MANIFEST = "manifest.csv"
MOST_FILES = 100
A_PAGE = 50


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(gettext("At most %(n)d files at once."), params={"n": MOST_FILES})
        return [super(FilesField, self).clean(one, initial) for one in given]


class SourceForm(forms.Form):
    """One way or several at once: addresses (one a line), files, a text."""

    urls = forms.CharField(
        required=False, max_length=20_000, label=_("Web addresses, one a line"), widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"})
    )
    files = FilesField(
        required=False,
        label=_("Files"),
        widget=Files(attrs={"accept": ".txt,.html,.htm,.csv"}),
        help_text=_("Text or HTML; a manifest.csv among them says each one's path, outlet, url, published"),
    )
    text = forms.CharField(
        required=False,
        max_length=500_000,
        strip=False,
        label=_("Or a text, pasted"),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    url = forms.CharField(
        required=False, max_length=2000, label=_("Address of the pasted text"), widget=forms.TextInput(attrs={"dir": "ltr", "size": 50})
    )
    outlet = forms.CharField(
        required=False,
        max_length=200,
        label=_("Outlet"),
        widget=forms.TextInput(attrs={"list": "outlets", "dir": "auto"}),
        help_text=_("Empty: as the page or the text says"),
    )
    published_on = DayField(label=_("Published on"), help_text=_("Empty: as the page or the text says"))

    def clean_urls(self) -> list[str]:
        urls = list(dict.fromkeys(line.strip() for line in self.cleaned_data["urls"].splitlines() if line.strip()))
        for url in urls:
            try:
                target_of(url)
            except FetchError as error:
                raise forms.ValidationError(f"{url[:80]}: {error}") from error
        return urls

    def clean_url(self) -> str:
        try:
            canonical_url(self.cleaned_data["url"])
        except IntakeError as error:
            raise forms.ValidationError(str(error)) from error
        return str(self.cleaned_data["url"])

    def clean_files(self) -> list[tuple[Any, ManifestRow]]:
        """Each file with what the manifest among them knows of it."""
        files, manifest = [], {}
        for file in self.cleaned_data["files"]:
            if file.size > MAX_BYTES:
                raise forms.ValidationError(gettext("%(name)s has more than %(most)d bytes.") % {"name": file.name, "most": MAX_BYTES})
            if file.name.casefold() != MANIFEST:
                files.append(file)
                continue
            try:
                manifest = manifest_of(file.read(), file.name)
            except IntakeError as error:
                raise forms.ValidationError(str(error)) from error
        strange = sorted(manifest.keys() - {file.name for file in files})
        if strange:
            names = {"manifest": MANIFEST, "names": gettext(", ").join(strange[:5])}
            raise forms.ValidationError(gettext("%(manifest)s names what is not among the files: %(names)s.") % names)
        return [(file, manifest.get(file.name) or ManifestRow(path=file.name)) for file in files]

    def clean_text(self) -> str:
        # Browsers send line ends as CRLF; the article keeps the text as it was pasted.
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not any(values.get(name) for name in ("urls", "files", "text")):
            raise forms.ValidationError(gettext("Give an address, a file or a text."))
        return values


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: DeskRequest) -> HttpResponse:
    """Hand in sources."""
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        count = hand_in(form.cleaned_data, by=request.user)
        messages.success(request, ngettext("%(n)d source was handed in.", "%(n)d sources were handed in.", count) % {"n": count})
        return redirect("desk-jobs")
    if form.is_bound and request.FILES:
        form.add_error("files", gettext("Files cannot be kept: choose them again."))
    outlets = Outlet.objects.values_list("name_ar", flat=True)[:500]
    return render(request, "desk/sources.html", {"form": form, "outlets": outlets}, status=400 if form.is_bound else 200)


@transaction.atomic
def hand_in(values: dict[str, Any], *, by: User) -> int:
    """Store each source as it came and queue it; how many."""
    outlet = outlet_named(values["outlet"].strip()) if values["outlet"].strip() else None
    common = {"outlet": outlet, "published_on": values["published_on"], "submitted_by": by}
    rows = [Submission(form="address", label=url[:300], url=url, **common) for url in values["urls"]]
    rows += [_of_file(file, known, common) for file, known in values["files"]]
    if values["text"]:
        words = " ".join(values["text"].split())[:120]
        rows.append(Submission(form="text", label=words, raw=values["text"].encode(), url=values["url"], **common))
    return len(tasks.hand_in(rows, language=get_language() or "ar"))


def _of_file(file: Any, known: ManifestRow, common: dict[str, Any]) -> Submission:
    """A file; what the manifest says of it goes before what the form says of all."""
    outlet = (
        outlet_named(known.outlet, name_en=known.outlet_en, kind=known.outlet_kind, side=known.side) if known.outlet else common["outlet"]
    )
    return Submission(
        form="file",
        label=file.name.replace("\x00", "")[:300],
        raw=file.read(),
        url=known.url,
        outlet=outlet,
        published_on=known.published or common["published_on"],
        submitted_by=common["submitted_by"],
    )


@desk
@require_safe
def jobs(request: DeskRequest) -> HttpResponse:
    """Every submission with its state, the newest first. The page asks again by itself while one is open."""
    rows = Submission.objects.defer("raw").select_related("article", "submitted_by", "feed")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    waiting = Submission.objects.open().count()
    return render(request, "desk/jobs.html", {"page": page, "waiting": waiting, "states": counts(), "failing": Feed.objects.failing()})


def counts() -> list[tuple[str, int]]:
    """(state's label, how many) of every state."""
    found = dict(Submission.objects.order_by().values_list("state").annotate(n=Count("pk")))
    return [(str(state.label), found.get(state.value, 0)) for state in Submission.State]


@desk
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    row = get_object_or_404(Submission, pk=number)
    if not tasks.retry(row, language=get_language() or "ar"):
        messages.error(request, gettext("Only what failed is tried again."))
    return redirect("desk-jobs")
