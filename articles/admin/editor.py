"""The one loosening of the content security policy: views that show CKEditor, and no others."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update

# CKEditor 4 draws its buttons with inline handlers and fills its frame by an inline script; a nonce would switch
# 'unsafe-inline' off again. The frame is our own page.
with_editor = csp_update({"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE], "frame-src": [SELF]})
