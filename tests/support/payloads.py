"""What a stranger writes where a text is expected, so that a page would run it."""

from __future__ import annotations

RUN = "window.ran=1"
PAYLOADS = [
    f"</script><script>{RUN}</script>", f'"><img src=x onerror="{RUN}">', f"'><svg onload={RUN}>", f"]]><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--", f"</style></title></textarea><script>{RUN}</script>", f"\u2028{RUN}//", f"';{RUN};//", f"javascript:{RUN}",
    f'<iframe srcdoc="<script>{RUN}</script>">', "<base href=//evil.example/>", "a\x0bb\x1fc\ufffe", "\u202egnp", "<!--<script>", "\r\nX: y", "長" * 2000,
]  # fmt: skip
