"""The story as one page to look at: a single HTML file that needs no network and opens anywhere."""

from fabula.exports.page.shell import to_page

__all__ = ["to_page"]
