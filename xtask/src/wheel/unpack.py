"""unpack.py WHEEL FOLDER PREFIX...: unpack the members whose paths start with a PREFIX."""

import sys
import zipfile

wheel, folder, *prefixes = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    members = [name for name in archive.namelist() if name.startswith(tuple(prefixes))]
    if not members:
        sys.exit(f"{wheel} holds nothing under {prefixes}")
    archive.extractall(folder, members)
