"""The set-up scripts' judgements, where a wrong one would lose data or leave a newcomer without a word."""

import os
import pwd
import shutil
import sys
from pathlib import Path

import pytest
from django.conf import settings

sys.path.insert(0, str(settings.BASE_DIR / "bin"))
import cluster
import packages
import vendor

SOMEBODY = pwd.struct_passwd(("somebody", "x", 54321, 54321, "", "/", "/bin/sh"))


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A var/ everybody can reach, which pytest's own folders are not."""
    for part in (tmp_path, *tmp_path.parents):
        if part.owner() == pwd.getpwuid(os.getuid()).pw_name and part != Path("/"):
            part.chmod(part.stat().st_mode | 0o011)
    monkeypatch.setattr(cluster, "VAR", tmp_path / "var")
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


def test_the_cluster_lies_in_the_checkout_where_its_user_can_reach_it(var):
    assert cluster.data_folder(SOMEBODY) == var / "postgres"
    assert cluster.socket_folder(SOMEBODY) == var / "socket"


def test_a_checkout_closed_to_the_clusters_user_keeps_its_data_where_no_reboot_clears_it(var):
    var.parent.chmod(0o700)
    assert cluster.data_folder(SOMEBODY).parent == Path("/var/lib")
    assert cluster.socket_folder(SOMEBODY).name == cluster.short_name()


def test_a_path_too_long_for_a_socket_falls_back_to_a_short_one_and_the_data_stays(var, monkeypatch):
    deep = var / ("d" * 60) / ("e" * 60)
    monkeypatch.setattr(cluster, "VAR", deep)
    assert cluster.data_folder(SOMEBODY) == deep / "postgres"
    assert len(os.fsencode(cluster.socket_folder(SOMEBODY) / ".s.PGSQL.5432")) <= 107


def test_two_checkouts_never_share_a_short_name():
    assert cluster.short_name(Path("/srv/a/isnad")) != cluster.short_name(Path("/srv/b/isnad"))


def test_a_socket_folder_somebody_else_made_is_refused(tmp_path, capsys):
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(SystemExit):
        cluster.own_folder(link, SOMEBODY)
    assert "belongs to somebody else" in capsys.readouterr().err


def test_a_second_start_keeps_the_secret_key(var):
    cluster.write_settings(SOMEBODY)
    first = (var / "settings.env").read_text()
    cluster.write_settings(SOMEBODY)
    assert (var / "settings.env").read_text() == first
    assert (var / "settings.env").stat().st_mode & 0o077 == 0


def test_an_address_with_spaces_and_arabic_letters_survives_the_settings_file(var, monkeypatch):
    import environ

    monkeypatch.setattr(cluster, "VAR", var / "أخبار و مواقع")
    assert environ.Env.db_url_config(cluster.database_url(SOMEBODY))["OPTIONS"]["host"] == str(cluster.socket_folder(SOMEBODY))


def test_a_bare_server_linked_into_the_path_does_not_pass_for_postgis(tmp_path, monkeypatch):
    server = tmp_path / "server" / "initdb"
    server.parent.mkdir()
    server.touch(mode=0o755)
    (tmp_path / "initdb").symlink_to(server)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(packages, "postgres_program", shutil.which)
    assert not packages.has_postgis()


def test_where_nothing_may_be_installed_one_sentence_names_every_package(monkeypatch, capsys):
    monkeypatch.setitem(packages.NEEDS, "libraries", [("GDAL", lambda: False, "libgdal32"), ("gettext", lambda: False, "gettext")])
    monkeypatch.setattr(packages, "install", lambda names: False)
    with pytest.raises(SystemExit):
        packages.main(["libraries"])
    said = capsys.readouterr().err
    assert "GDAL, gettext could not be installed" in said
    assert "`apt-get install libgdal32 gettext`" in said


def test_what_is_only_better_stops_nobody(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(packages, "NEEDS", {"browser": [("Chromium", lambda: True, "chromium")]})
    monkeypatch.setattr(packages, "WISHES", {"browser": [("a lighter Chromium", lambda: False, "chromium-headless-shell")]})
    monkeypatch.setattr(packages, "install", lambda names: asked.extend(names))
    monkeypatch.setattr(packages.os, "getuid", lambda: 1000)
    packages.main(["browser"])
    assert asked == []
    monkeypatch.setattr(packages.os, "getuid", lambda: 0)
    packages.main(["browser"])
    assert asked == ["chromium-headless-shell"]
    assert "Not to be had" in capsys.readouterr().err


def test_vendored_files_ask_for_no_source_map():
    body = b"let a = 1;\n//# sourceMappingURL=leaflet.js.map\n/*# sourceMappingURL=a.css.map */\n"
    assert b"sourceMappingURL" not in vendor.SOURCE_MAP.sub(b"", body)
