"""Flatline: a what-if calculator for sales-incentive plans. The page from top to bottom, as it is read."""

from ui import presentation
from ui.page import adjust, read, shell
from ui.page.view_model import formats
from ui.session import store
from ui.session.fragments import calm, draw
from ui.session.workspace import Desk


def page(desk: Desk) -> None:
    """The page as it is where nothing is presented."""
    shell.head(desk)
    shell.notices(desk)
    if shell.begin():
        draw("said", "What is found", read.said)
        left, right = shell.columns()
        with left:
            draw("picture", "The picture", read.picture)
            draw("found", "What is found", read.found)
            draw("more", "What else is found", read.more)
        with right:
            draw("ways", "The way back", adjust.ways)
            adjust.adjusting()
        people = shell.place_of_people()
        draw("below", "The numbers", read.below)
        draw("address", "The address", shell.follow)
        with people:  # comes last, as it takes longest while it is open
            draw("conduct", "What people do", read.conduct)
    else:
        adjust.ways()
        draw("address", "The address", shell.follow)


shell.frame()
with calm("The page"):
    desk = store.desk()
    if presentation.shown(desk, formats(desk)):
        shell.follow()
    else:
        page(desk)
