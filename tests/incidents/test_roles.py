"""The roles have their permissions from the first migration on, and none may delete."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from incidents.roles import ROLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_every_permission_it_names(role):
    assert set(Group.objects.get(name=role).permissions.values_list("codename", flat=True)) == set(ROLES[role])


def test_roles_are_whole_where_the_permissions_were_not_made_yet():
    Permission.objects.all().delete()
    call_command("migrate", "incidents", verbosity=0)
    for role, codenames in ROLES.items():
        assert Group.objects.get(name=role).permissions.count() == len(codenames)


def test_no_role_may_delete_anything():
    assert not Permission.objects.filter(group__isnull=False, codename__startswith="delete_").exists()


def test_only_reviewers_and_admins_approve():
    assert {name for name, codenames in ROLES.items() if "approve_event" in codenames} == {"reviewer", "admin"}
