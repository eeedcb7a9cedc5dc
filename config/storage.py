"""Static files under names that hold a digest of their content, compressed once: a browser keeps them for good and never asks again."""

from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_CSS, _JS = HashedFilesMixin.patterns
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]
# An address of a source map is no resource of a page, and not every package ships what it names.
_CSS_ADDRESSES = tuple(pattern for pattern in _CSS[1] if "sourceMappingURL" not in str(pattern))


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Stylesheets and our own modules name what they load by its hashed name; no other script imports by a relative address."""

    patterns = ((_CSS[0], _CSS_ADDRESSES), ("js/*.js", _IMPORTS))
    # A pass settles one more level of modules that import modules.
    max_post_process_passes = 20

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one where nothing has been collected, as for a command that only renders."""
        return str(super().stored_name(name)) if self.hashed_files else str(self.clean_name(name))

    def post_process(self, *args: Any, **kwargs: Any) -> Any:
        """Refuses, where whitenoise would go on: a page whose script loads half its modules is worse than none."""
        for name, hashed, processed in super().post_process(*args, **kwargs):
            if isinstance(processed, Exception):
                raise processed
            yield name, hashed, processed
