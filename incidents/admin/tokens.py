"""Access tokens: an editor makes them for programs that act as that editor, and sees each secret once."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.models import Token

from .verbs import editor

USUAL = timedelta(days=90)
LONGEST = timedelta(days=365)


class TokenForm(forms.ModelForm[Token]):
    scopes = forms.MultipleChoiceField(
        choices=Token.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        label=_("Scopes"),
        help_text=_("What the program may do, as far as you may do it yourself"),
    )
    last_day = forms.DateField(label=_("Last day"), widget=AdminDateWidget, help_text=_("A year from now at the latest"))

    class Meta:
        model = Token
        fields = ["name", "scopes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate() + USUAL

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise forms.ValidationError(gettext("From today to a year from now."))
        return day

    def save(self, commit: bool = True) -> Token:
        raise TypeError("A token is made by Token.make, which alone knows its secret.")


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin[Token]):
    """One's own tokens; who manages the users sees everybody's. Made or revoked, never changed and never deleted."""

    form = TokenForm
    list_display = ["name", "user", "opens", "created_at", "expires_at", "used_at", "revoked_at", "is_live"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username"]
    fields = ["name", "scopes", "last_day"]
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Token]:
        rows = super().get_queryset(request)
        return rows if request.user.has_perm("auth.change_user") else rows.filter(user=editor(request))

    def get_fields(self, request: HttpRequest, obj: Token | None = None) -> Any:
        if obj is None:
            return self.fields
        return ["name", "user", "opens", "created_at", "expires_at", "used_at", "revoked_at", "revoked_by"]

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("incidents.change_token")

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Token:
        given = form.cleaned_data
        expires_at = timezone.make_aware(datetime.combine(given["last_day"] + timedelta(days=1), time()))
        token, request.new_secret = Token.make(  # type: ignore[attr-defined]
            user=editor(request), name=given["name"], scopes=given["scopes"], expires_at=expires_at
        )
        form.instance = token
        form.save_m2m = lambda: None
        return token

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: bool) -> None: ...

    def response_add(self, request: HttpRequest, obj: Token, post_url_continue: str | None = None) -> HttpResponse:
        """The page that shows the secret: neither a redirect nor a message, which would carry it through a cookie."""
        context = {**self.admin_site.each_context(request), "title": obj.name, "opts": self.opts, "token": obj}
        context["secret"] = request.new_secret  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/incidents/token.html", context)

    @admin.display(description=_("scopes"))
    def opens(self, token: Token) -> str:
        return gettext(", ").join(str(Token.Scope(scope).label) for scope in token.scopes)

    @admin.display(description=_("opens something"), boolean=True)
    def is_live(self, token: Token) -> bool:
        return token.is_live

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        for token in queryset:
            token.revoke(by=editor(request))
