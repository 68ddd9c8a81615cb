"""What matplotlib writes as SVG, made fit for the inside of a page with a strict policy and two colour schemes."""

from __future__ import annotations

import re
import sys
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
# Colours that stand for a part of a picture; each becomes a class. They differ in every digit from any default.
CLASSES = {
    f"#0102{number:02x}": name
    for number, name in enumerate(("ink", "soft", "grid", "ground", "on-dark", "a", "b", "c"), 1)
}
# What a style attribute may say and a presentation attribute says as well.
_KEPT = {
    "fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-dasharray", "stroke-dashoffset",
    "opacity", "fill-opacity", "stroke-opacity", "text-anchor", "font-size", "clip-path", "fill-rule",
}  # fmt: skip


def matplotlib() -> Any:
    """Return matplotlib, imported without a ``matplotlibrc`` of the current folder, which it would read first of all."""
    if "matplotlib" not in sys.modules:
        with chdir(Path(sys.executable).parent):
            import_module("matplotlib")
    return sys.modules["matplotlib"]


def prepare() -> None:
    """Begin to import what draws, which takes half a second, while the store is asked: it answers in native code."""
    matplotlib()  # here, since it changes the folder of the whole process for a moment
    Thread(target=_load).start()


def _load() -> None:
    from matplotlib.backends import backend_svg  # noqa: F401
    from matplotlib.figure import Figure  # noqa: F401


def tidy(text: str, name: str) -> str:
    """Return the svg element of a picture: no style attributes or elements, no metadata, ids that begin with ``name``.

    A page whose policy allows its own style sheet alone would not draw style attributes, and two pictures of one
    page must not share ids. Fonts are left to the page.
    """
    ET.register_namespace("", _SVG)
    # matplotlib has just written it from texts that it escaped itself; nothing of it came from a file.
    root = ET.fromstring(text[text.index("<svg") :])  # noqa: S314
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rsplit("}", 1)[-1] in ("metadata", "style", "title", "desc"):
                parent.remove(child)
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        # Line ends between elements say nothing; text stands in text elements alone.
        element.tail = None
        if not element.tag.endswith("}text"):
            element.text = None
        _restyle(element)
        _rename(element, name)
    root.set("class", "plot")
    root.set("aria-hidden", "true")
    for attribute in ("height", "version"):
        root.attrib.pop(attribute, None)
    # Its own size in pixels; the style sheet lets it shrink where there is room to read it still.
    root.set("width", root.get("width", "").removesuffix("pt"))
    return ET.tostring(root, encoding="unicode")


def _restyle(element: ET.Element) -> None:
    style = element.attrib.pop("style", "")
    for part in style.split(";"):
        key, value = (piece.strip() for piece in part.partition(":")[::2])
        if key == "font":
            if size := re.search(r"([\d.]+)px", value):
                element.set("font-size", size[1])
        elif key in _KEPT:
            element.set(key, value.removesuffix("px"))
    classes = []
    for key in ("fill", "stroke"):
        if found := CLASSES.get(element.get(key, "").lower()):
            del element.attrib[key]
            classes.append(f"{key[0]}-{found}")
    # Letters are filled, and black where matplotlib says nothing; in the dark they would not be seen.
    if element.tag.endswith("}text") and "fill" not in element.attrib and not classes:
        classes.append("f-ink")
    if classes:
        element.set("class", " ".join(classes))


def _rename(element: ET.Element, name: str) -> None:
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.attrib['id']}")
    link = element.attrib.pop(f"{{{_XLINK}}}href", None)
    if link is not None:
        element.set("href", f"#{name}-{link[1:]}")
    for key, value in element.attrib.items():
        if "url(#" in value:
            element.set(key, value.replace("url(#", f"url(#{name}-"))
