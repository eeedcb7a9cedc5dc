"""What a program shows instead of a password: it acts as its owner, within its scopes, until it expires or is revoked."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So that whoever finds one in a file knows what it is.
PREFIX = "isnad_"
LONGEST = timedelta(days=366)
# How exactly `used_at` is kept: a write for every request would cost more than most requests.
NOTED = timedelta(hours=1)


class TokenQuerySet(models.QuerySet["Token"]):
    def live(self) -> "TokenQuerySet":
        """Those that still open something: not revoked, not expired, of somebody who may sign in."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True)

    def shown(self, secret: str) -> "Token | None":
        """The live token that this secret is, with its owner; None for any other text."""
        return self.live().select_related("user").filter(digest=digest_of(secret)).first()


def digest_of(secret: str) -> str:
    """A plain SHA-256: a secret of 256 random bits cannot be guessed, as a password could."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


class Token(models.Model):
    """The secret itself is shown once, when it is made; only its digest is kept."""

    class Scope(models.TextChoices):
        READ = "read", _("Read what is not published")
        SUBMIT = "submit", _("Hand in sources")
        REVIEW = "review", _("Correct and judge candidates")
        EDIT = "edit", _("Change events and claims")
        APPROVE = "approve", _("Approve, publish and withdraw")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens", verbose_name=_("acts as"))
    name = models.CharField(_("name"), max_length=100, help_text=_("What it is for: the program or the machine"))
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), verbose_name=_("scopes"))
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False, help_text=_("SHA-256 of the secret"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False, help_text=_("To the hour"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("revoked by")
    )

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="token_opens_something"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"), expires_at__lte=F("created_at") + LONGEST), name="token_lives_a_year_at_most"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_is_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(cls, *, user: User, name: str, scopes: list[str], expires_at: datetime) -> "tuple[Token, str]":
        """A new token and its secret, which is in no table."""
        secret = PREFIX + secrets.token_urlsafe(32)
        return cls.objects.create(user=user, name=name, scopes=sorted(set(scopes)), expires_at=expires_at, digest=digest_of(secret)), secret

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now() and self.user.is_active

    def revoke(self, *, by: User) -> None:
        """From now on it opens nothing. A second time changes nothing."""
        Token.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_by=by)

    def note_use(self) -> None:
        now = timezone.now()
        if self.used_at is None or self.used_at < now - NOTED:
            Token.objects.filter(pk=self.pk).update(used_at=now)
