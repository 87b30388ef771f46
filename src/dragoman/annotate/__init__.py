"""The parse of an article as columns.

Once a module of this package is imported, `dragoman.annotate` is the package and no longer the function of that name. Both can be
called, so users need not know.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.records import Reading


class _Callable(ModuleType):
    """A package that is called like the function `dragoman.annotate`."""

    def __call__(self, text: str, published: str | None = None, **more: Any) -> Reading:
        from dragoman.run.local import annotate_text

        given = {name: more.pop(name, None) for name in ("title", "outlet", "url", "model", "codebook")}
        return annotate_text(text, published, **given, **more)


sys.modules[__name__].__class__ = _Callable
