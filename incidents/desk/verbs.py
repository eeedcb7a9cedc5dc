"""What can be done with an event, each as a small form: what the verb needs, the reason, and the verb itself."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents import curation, roles
from incidents.curation.guard import APPROVE
from incidents.desk.fields import EventField, EvidenceForm
from incidents.evidence import passage_at
from incidents.models import Claim, Comment, Event, EventLink, Merge, Resolution
from incidents.taxonomy import EVENT_TYPES, Grade
from sources.models import Article

Status = Event.Status
# What may be done next, by status: (verb, what its button says, who may).
STEPS: dict[str, list[tuple[str, Any, str]]] = {
    Status.DRAFT: [("submit", _("Hand to the reviewers"), ""), ("reject", _("Set aside"), "")],
    Status.IN_REVIEW: [("approve", _("Approve"), APPROVE), ("reopen", _("Back to a draft"), ""), ("reject", _("Set aside"), "")],
    Status.APPROVED: [("publish", _("Publish"), APPROVE), ("withdraw", _("Withdraw to review"), APPROVE)],
    Status.PUBLISHED: [("withdraw", _("Withdraw to review"), APPROVE)],
    Status.REJECTED: [("reopen", _("Take up again"), "")],
    Status.MERGED: [],
}


def steps_of(event: Event, user: User) -> list[tuple[str, Any]]:
    """The steps of the workflow open to this user now: (verb, what its button says)."""
    steps = STEPS[Status(event.status)]
    if event.changed_since_approval and event.status in (Status.APPROVED, Status.PUBLISHED):
        steps = [("approve", _("Approve the changes"), APPROVE), *(step for step in steps if step[0] != "publish")]
    return [(verb, label) for verb, label, needs in steps if not needs or user.has_perm(needs)]


class Verb(forms.Form):
    """A verb's form on an event's page. `act` raises CurationError where the verb refuses; its answer is the event to show next."""

    label: ClassVar[Any] = ""
    short: ClassVar[Any] = ""  # the same in a word, for the page's head
    said: ClassVar[Any] = _("Done.")
    needs_reason: ClassVar[bool] = True

    reason = forms.CharField(max_length=2000, label=_("Reason"), widget=forms.TextInput(attrs={"dir": "auto", "size": 50}))
    # The revision of the event, or of what of it the verb changes, that the page was made from.
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, event: Event, by: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.event, self.by = event, by
        self.fields["reason"].required = self.needs_reason
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def act(self) -> Event:
        raise NotImplementedError

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "reason": self.cleaned_data["reason"]}

    @property
    def on_what(self) -> dict[str, Any]:
        """Who, and on which state: for the verbs that overwrite something."""
        return {**self.who, "seen": self.cleaned_data["seen"]}


class Move(Verb):
    """The next step of the workflow."""

    needs_reason = False
    step = forms.CharField(max_length=10, widget=forms.HiddenInput)

    def act(self) -> Event:
        step = self.cleaned_data["step"]
        if step not in {verb for steps in STEPS.values() for verb, _label, _needs in steps}:
            raise curation.CurationError(gettext("There is no such step."))
        return getattr(curation, step)(event=self.event, **self.on_what)  # type: ignore[no-any-return]


class Together(Verb):
    """Another event is this one."""

    label = _("Merge another event into this one")
    short = _("Merge")
    said = _("Merged: its code leads here now.")
    drop = EventField(label=_("The other event"))

    def act(self) -> Event:
        return curation.merge(keep=self.event, drop=self.cleaned_data["drop"], **self.on_what)


class Apart(Verb):
    """A merged event is one of its own again."""

    label = _("Part it again")
    short = _("Part")
    said = _("Parted: what had moved went back.")
    merge = forms.ModelChoiceField(Merge.objects.filter(undone_at=None), label=_("Merged"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        merges = Merge.objects.filter(Q(keep=self.event) | Q(drop=self.event), undone_at=None).select_related("keep", "drop")
        self.fields["merge"].queryset = merges  # type: ignore[attr-defined]
        self.initial["merge"] = merges.first()

    def act(self) -> Event:
        return curation.unmerge(merge=self.cleaned_data["merge"], **self.who)


class OfClaims(Verb):
    """A verb on claims ticked in the table."""

    claims = forms.ModelMultipleChoiceField(Claim.objects.none(), label=_("Claims"), error_messages={"required": _("Tick some claims.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = self.event.claims.all()  # type: ignore[attr-defined]


class Split(OfClaims):
    """Some of its claims tell of another event."""

    label = _("Split the ticked claims off as an event of their own")
    said = _("A new event was made of them.")
    type = forms.ChoiceField(required=False, label=_("Type of the new event"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(type_.slug, type_.label) for type_ in EVENT_TYPES if type_.kind == self.event.kind]
        self.fields["type"].choices = [("", _("as this one")), *types]  # type: ignore[attr-defined]

    def act(self) -> Event:
        return curation.split(event=self.event, claims=list(self.cleaned_data["claims"]), type=self.cleaned_data["type"], **self.on_what)


class Choose(OfClaims):
    """The headline value of one attribute, from the ticked claims."""

    label = _("Choose the headline value from the ticked claims")
    said = _("Chosen; the other claims stay beside it.")
    attribute = forms.ChoiceField(choices=Resolution.Attribute.choices, label=_("Attribute"))

    def act(self) -> Event:
        values = self.cleaned_data
        curation.resolve(event=self.event, attribute=values["attribute"], claims=list(values["claims"]), **self.on_what)
        return self.event


class GiveBack(Verb):
    """An editor's choice is left to the rules again."""

    said = _("The rules choose again.")
    attribute = forms.ChoiceField(choices=Resolution.Attribute.choices, widget=forms.HiddenInput)

    def act(self) -> Event:
        return curation.unresolve(event=self.event, attribute=self.cleaned_data["attribute"], **self.on_what)


class MoveReport(Verb):
    """One of its reports is of another event."""

    label = _("Move a report to another event")
    short = _("Move a report")
    said = _("The report tells of that event now.")
    article = forms.ModelChoiceField(Article.objects.none(), label=_("Report"))
    to = EventField(label=_("The other event"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports = Article.objects.filter(passages__claims__event=self.event).distinct().order_by("published_on", "pk")
        self.fields["article"].queryset = reports.defer("raw", "text", "search_text")  # type: ignore[attr-defined]

    def act(self) -> Event:
        curation.move_report(article=self.cleaned_data["article"], source=self.event, target=self.cleaned_data["to"], **self.on_what)
        return self.event


class Relate(EvidenceForm, Verb):
    """A link drawn by hand."""

    label = _("Link it to another event")
    short = _("Link it")
    said = _("Linked.")
    relation = forms.ChoiceField(choices=EventLink.Relation.choices, label=_("This event …"))
    target = EventField(label=_("The other event"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["relation", "target", "article", "words", "reason"])
        self.fields["words"].help_text = _("Without them the link is your inference, and says so")

    def act(self) -> Event:
        values = self.cleaned_data
        evidence = passage_at(*values["evidence"]) if values["evidence"] else None
        said: dict[str, Any] = {"evidence": evidence, "phrase": evidence.exact if evidence else ""}
        curation.link(source=self.event, target=values["target"], relation=values["relation"], **said, **self.who)
        return self.event


class JudgeLink(Verb):
    """A verdict on a link is given, or changed."""

    said = _("Judged.")
    needs_reason = False
    link = forms.ModelChoiceField(EventLink.objects.none(), widget=forms.HiddenInput)
    is_right = forms.TypedChoiceField(
        choices=[("yes", _("Right")), ("no", _("Wrong"))], coerce=lambda value: value == "yes", widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].queryset = EventLink.objects.filter(Q(source=self.event) | Q(target=self.event))  # type: ignore[attr-defined]

    def act(self) -> Event:
        curation.judge_link(link=self.cleaned_data["link"], is_right=self.cleaned_data["is_right"], **self.on_what)
        return self.event


class SetGrade(Verb):
    """The grade against the rule, or given back to it."""

    label = _("Set the grade")
    short = _("Grade")
    grade = forms.ChoiceField(required=False, choices=[("", _("as the rule has it")), *Grade.choices], label=_("Grade"))

    def act(self) -> Event:
        return curation.override_grade(event=self.event, grade=self.cleaned_data["grade"], **self.on_what)


class Assign(Verb):
    """Whose work it is now."""

    label = _("Assign it")
    short = _("Assign")
    needs_reason = False
    to = forms.ModelChoiceField(
        roles.desk_users(),
        required=False,
        label=_("To"),
        empty_label=_("nobody"),
    )

    def act(self) -> Event:
        return curation.assign(event=self.event, to=self.cleaned_data["to"], **self.on_what)


class Remark(Verb):
    """A comment on the event or one of its fields, for the other editors."""

    label = _("Comment")
    short = _("Comment")
    said = _("Your comment stands here now.")
    needs_reason = False
    field = forms.ChoiceField(required=False, choices=Comment.Field.choices, label=_("Field"))
    text = forms.CharField(max_length=2000, label=_("Comment"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]

    def act(self) -> Event:
        curation.comment(event=self.event, field=self.cleaned_data["field"], text=self.cleaned_data["text"], by=self.by)
        return self.event


class Settle(Verb):
    """A comment was dealt with."""

    said = _("Settled.")
    needs_reason = False
    comment = forms.ModelChoiceField(Comment.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].queryset = self.event.comments.filter(settled_at=None)  # type: ignore[attr-defined]

    def act(self) -> Event:
        curation.settle_comment(comment=self.cleaned_data["comment"], **self.who)
        return self.event


VERBS: dict[str, type[Verb]] = {
    "move": Move,
    "merge": Together,
    "unmerge": Apart,
    "split": Split,
    "choose": Choose,
    "give-back": GiveBack,
    "move-report": MoveReport,
    "link": Relate,
    "judge-link": JudgeLink,
    "grade": SetGrade,
    "assign": Assign,
    "comment": Remark,
    "settle": Settle,
}
