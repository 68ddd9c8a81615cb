"""The overview of :mod:`konkyo.questions.overview` as one page: bands from strategies to ministries, which open on a click.

The first picture is drawn here, so that the page can be read and printed without scripts. What is opened later is grouped and
drawn by the page's own script, of the rows that stand in it: nothing is loaded.
"""

from konkyo.present.overview.page import OverviewPage, content_policy, lead, picture_svg, render_html

__all__ = ["OverviewPage", "content_policy", "lead", "picture_svg", "render_html"]
