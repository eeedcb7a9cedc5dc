"""The private PostGIS cluster of `make run` and `make test`: start, stop, erase.

It lives under var/ and listens on a Unix socket only, so it meets no other PostgreSQL on the machine and needs no password: whoever may
enter the socket's folder (its owner, and root) is let in. PostgreSQL refuses to run as root: root's cluster belongs to another user.
`start` writes var/settings.env, which config/settings.py reads: the database's address and this installation's own secret key.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))
from common import ROOT, die, say
from packages import postgres_program

VAR = ROOT / "var"
ROLE = "isnad"
# The limit of a Unix socket's address on Linux, without its final NUL.
SOCKET_PATH_LIMIT = 107


def short_name(checkout: Path = ROOT) -> str:
    """What a folder outside the checkout is called: no two checkouts on a machine may meet there."""
    return "isnad-" + hashlib.sha256(os.fsencode(checkout)).hexdigest()[:10]


def owner() -> pwd.struct_passwd:
    """The user whose cluster it is: yourself, or for root an unprivileged user."""
    if os.getuid():
        return pwd.getpwuid(os.getuid())
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    if not users.keys() & {"postgres", "nobody"}:
        die("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to give its files to.")
    return users.get("postgres") or users["nobody"]


def can_reach(folder: Path, user: pwd.struct_passwd) -> bool:
    """Whether the user may enter every folder on the way: a checkout in root's home is closed to everybody else."""
    for part in [folder, *folder.parents]:
        if not part.exists():
            continue
        status = part.stat()
        entering = stat.S_IXUSR if status.st_uid == user.pw_uid else stat.S_IXGRP if status.st_gid == user.pw_gid else stat.S_IXOTH
        if not status.st_mode & entering:
            return False
    return True


def data_folder(user: pwd.struct_passwd) -> Path:
    return VAR / "postgres" if can_reach(VAR, user) else Path("/var/lib") / short_name()


def socket_folder(user: pwd.struct_passwd) -> Path:
    folder = VAR / "socket"
    fits = len(os.fsencode(folder / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT
    return folder if fits and can_reach(VAR, user) else Path(tempfile.gettempdir()) / short_name()


def own_folder(folder: Path, user: pwd.struct_passwd) -> None:
    """Make a folder that only the user enters; refuse one that somebody else put there first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {0, user.pw_uid, os.getuid()}:
        die(f"{folder} belongs to somebody else: remove it, and start again.")
    if not os.getuid():
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def as_owner(user: pwd.struct_passwd, *command: str, quiet: bool = False, script: str = "") -> int:
    """Run a PostgreSQL program as the cluster's user, from a folder it can enter, in a locale that knows Arabic letters."""
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": "/"}
    identity = {} if os.getuid() else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    out = subprocess.DEVNULL if quiet else sys.stderr
    done = subprocess.run(command, cwd="/", env=environment, input=script, text=True, stdout=out, stderr=out, check=False, **identity)  # type: ignore[call-overload]
    return int(done.returncode)


def is_running(user: pwd.struct_passwd) -> bool:
    data = data_folder(user)
    return (data / "PG_VERSION").exists() and as_owner(user, postgres_program("pg_ctl"), "-D", str(data), "status", quiet=True) == 0


def database_url(user: pwd.struct_passwd) -> str:
    return f"postgis://{ROLE}@/isnad?host={quote(str(socket_folder(user)), safe='/')}"


def write_settings(user: pwd.struct_passwd) -> None:
    """Write var/settings.env; the secret key is made once, so that a second start signs nobody out."""
    target = VAR / "settings.env"
    lines = dict(line.split("=", 1) for line in target.read_text().splitlines() if "=" in line) if target.exists() else {}
    lines.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    lines["DATABASE_URL"] = database_url(user)
    # The address is 127.0.0.1: there is no certificate to ask for.
    lines.setdefault("SECURE_HTTPS", "off")
    target.touch(mode=0o600)
    target.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))


def start() -> None:
    user = owner()
    VAR.mkdir(exist_ok=True)
    data, socket = data_folder(user), socket_folder(user)
    write_settings(user)
    if is_running(user):
        return
    own_folder(data, user)
    own_folder(socket, user)
    if not (data / "PG_VERSION").exists():
        say(f"Making a private PostGIS cluster in {data}")
        # C.UTF-8 and not C: pg_trgm finds no Arabic letter in a cluster whose LC_CTYPE is C, and says nothing.
        options = ["--username", ROLE, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"]
        if as_owner(user, postgres_program("initdb"), "-D", str(data), *options, quiet=True):
            die(f"initdb could not make a cluster in {data}: is there room, and may user {user.pw_name} write there?")
    say("Starting the private PostGIS cluster")
    log = data / "server.log"
    server = f"-c listen_addresses='' -c unix_socket_directories='{socket}' -c unix_socket_permissions=0700 -c shared_buffers=256MB"
    if as_owner(user, postgres_program("pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-t", "60", "-o", server, "start", quiet=True):
        die(f"PostgreSQL did not start; the reason is at the end of {log}.")
    make_database = r"SELECT 'CREATE DATABASE isnad' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'isnad') \gexec"
    if as_owner(user, postgres_program("psql"), "-X", "-q", "-h", str(socket), "-U", ROLE, "-d", "postgres", script=make_database):
        die("The cluster started but the database `isnad` could not be made; psql's message stands above.")


def stop() -> None:
    user = owner()
    if is_running(user):
        say("Stopping the private PostGIS cluster")
        as_owner(user, postgres_program("pg_ctl"), "-D", str(data_folder(user)), "-m", "fast", "-w", "stop", quiet=True)


def erase() -> None:
    """Delete the private cluster and everything in it."""
    user = owner()
    stop()
    for folder in (data_folder(user), socket_folder(user)):
        shutil.rmtree(folder, ignore_errors=True)
    (VAR / "settings.env").unlink(missing_ok=True)
    say("The private cluster and its records are gone")


if __name__ == "__main__":
    verbs = {"start": start, "stop": stop, "erase": erase}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        die(f"usage: cluster.py {' | '.join(verbs)}")
    verbs[sys.argv[1]]()
