import pytest
from django.contrib.auth.models import Group, Permission

from incidents.roles import ROLES, write_roles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_a_fresh_database_gives_every_role_all_its_permissions(role):
    Permission.objects.all().delete()
    write_roles()
    assert set(Group.objects.get(name=role).permissions.values_list("codename", flat=True)) == set(ROLES[role])


def test_nobody_may_delete():
    assert not [name for names in ROLES.values() for name in names if name.startswith("delete_")]
