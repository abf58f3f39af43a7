"""The page in a real browser (skipped without chromium): nothing overflows, nothing is loaded or complained of."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")

PHONE, DESK = 390, 1280
# In a frame as wide as a phone; a script outside of it tells how wide its page is.
FRAME = """<!DOCTYPE html><title>frame</title><body style="margin:0">
<iframe id="f" src="page.html" style="width:{width}px;height:900px;border:0"></iframe>
<pre id="told">not measured</pre>
<script>
document.getElementById("f").onload = () => {{
  const inside = document.getElementById("f").contentDocument;
  const wide = [...inside.querySelectorAll("body *")].filter(one => !one.closest(".scrolls") &&
    one.getBoundingClientRect().right > {width} + 0.5);
  const images = [...inside.images].filter(one => !one.complete || one.naturalWidth === 0);
  document.getElementById("told").textContent =
    "width " + inside.documentElement.scrollWidth + " beyond " + wide.length +
    " broken " + images.length + " seen " + inside.images.length +
    " loaded " + inside.defaultView.performance.getEntriesByType("resource").length;
}};
</script>"""


def chromium(profile: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    usual = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={profile}",
    ]
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    return subprocess.run(
        [CHROMIUM, *usual, *quiet, *arguments], capture_output=True, text=True, timeout=120, check=True
    )


@pytest.fixture
def place(run_folder: Path, tmp_path: Path) -> Path:
    shutil.copyfile(run_folder / "report.html", tmp_path / "page.html")
    return tmp_path


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_is_wider_than_the_screen(place: Path, width: int) -> None:
    (place / "frame.html").write_text(FRAME.format(width=width), encoding="utf-8")
    arguments = ("--allow-file-access-from-files", "--virtual-time-budget=5000", "--window-size=1400,1000")
    shown = chromium(place / "profile", *arguments, "--dump-dom", f"file://{place}/frame.html").stdout
    told = re.search(r'id="told">(.*?)</pre>', shown)
    assert told and told[1] == f"width {width} beyond 0 broken 0 seen 3 loaded 0"


def test_the_console_has_no_complaint(place: Path) -> None:
    arguments = ("--enable-logging=stderr", "--v=0", "--virtual-time-budget=2000", "--dump-dom")
    shown = chromium(place / "profile", *arguments, f"file://{place}/page.html")
    assert "<h1" in shown.stdout
    assert "CONSOLE" not in shown.stderr
    foreign = '<img src="http://127.0.0.1:9/x.png" alt="">'
    page = (place / "page.html").read_text(encoding="utf-8").replace("</h1>", f"</h1>{foreign}")
    (place / "foreign.html").write_text(page, encoding="utf-8")
    assert "CONSOLE" in chromium(place / "profile", *arguments, f"file://{place}/foreign.html").stderr


def test_it_prints(place: Path) -> None:
    paper = place / "page.pdf"
    chromium(
        place / "profile", f"--print-to-pdf={paper}", "--no-pdf-header-footer", f"file://{place}/page.html"
    )
    content = paper.read_bytes()
    assert (
        content.startswith(b"%PDF") and content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") > 2
    )
