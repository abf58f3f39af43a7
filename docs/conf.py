"""How the documentation becomes a site: `make docs`, then open build/docs/index.html.

The source directory is the repository, so that links between pages are those that GitHub follows too:
pages are plain Markdown, the tree is read from the tables of the README pages (`site/tree.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "site"), str(HERE.parent)]

from ccsim import __version__  # noqa: E402

project = "ccsim"
author = "The ccsim founders"
release = __version__
root_doc = "docs/README"
include_patterns = ["docs/**", "notebooks/*", "benchmarks/README.md"]
exclude_patterns = ["**/*.template.md", "**/.*", ".*", "build", "dist", "runs", "ccsim", "tests", "scenarios"]

extensions = ["myst_nb", "tree", "diagrams"]
myst_heading_anchors = 4
nb_execution_mode = "off"  # tests/notebooks executes them; the site shows what they keep
nb_code_prompt_show = nb_code_prompt_hide = "How it is drawn"
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # DuckDB's SQL has words that the lexer does not know
smartquotes = False  # quotes in the prose are often those of code

html_theme = "furo"
html_title = "ccsim"
html_static_path = ["site/static"]
html_css_files = ["ccsim.css"]
html_extra_path = ["site/front"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#00568c", "color-brand-content": "#00568c"},
    "dark_css_variables": {"color-brand-primary": "#56b4e9", "color-brand-content": "#56b4e9"},
}
