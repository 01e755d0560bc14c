"""Shows a plan in Markdown, from standard input, as a comment on a pull request looks: comment.html with it.

It needs markdown-it-py, from PyPI. The manual's page "Review" says how its picture is made.
"""

import pathlib
import sys

from markdown_it import MarkdownIt

frame = pathlib.Path(__file__).with_name("comment.html").read_text(encoding="utf-8")
text = sys.stdin.read()
print(frame.replace("BODY", MarkdownIt("commonmark", {"html": True}).enable("table").render(text)))
