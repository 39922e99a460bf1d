"""Foreign scripts are exactly the published ones."""

import hashlib
import json

from django.conf import settings

VENDOR = settings.STATICFILES_DIRS[0] / "bothways/vendor"


def test_every_vendored_file_has_the_hash_that_is_on_record() -> None:
    record = json.loads((VENDOR / "vendored.json").read_text(encoding="utf-8"))
    scripts = {path.name for path in VENDOR.rglob("*.js")}
    assert scripts == set(record)
    for name, entry in record.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == entry["sha256"], name
