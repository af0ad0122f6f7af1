"""Flatline: a what-if calculator for sales-incentive plans. The page from top to bottom, as it is read."""

from ui import presentation
from ui.page import adjust, read, shell
from ui.page.view_model import formats_for
from ui.session import store
from ui.session.fragments import calm_errors, draw_part
from ui.session.workspace import Desk


def page(desk: Desk) -> None:
    """The page as it is where nothing is presented."""
    shell.page_head(desk)
    shell.page_notices(desk)
    if shell.begin_run():
        draw_part("tour", "The tour", shell.show_page_tour)
        draw_part("said", "What is found", read.show_said)
        left, right = shell.page_columns()
        with left:
            draw_part("picture", "The picture", read.show_picture)
            draw_part("found", "What is found", read.show_found)
            team = shell.place_of_team()
            draw_part("more", "What else is found", read.show_more)
        with right:
            draw_part("ways", "The way back", adjust.show_ways)
            adjust.show_adjusting()
        people = shell.place_of_people()
        draw_part("below", "The numbers", read.show_below)
        draw_part("address", "The address", shell.follow_screen)
        with team:
            draw_part("team", "The team", read.show_team)
        with people:  # comes last, as it takes longest while it is open
            draw_part("year", "The year", read.show_year)
            draw_part("conduct", "What people do", read.show_conduct)
    else:
        adjust.show_ways()
        draw_part("address", "The address", shell.follow_screen)


shell.page_frame()
with calm_errors("The page"):
    desk = store.session_desk()
    if presentation.show_presentation(desk, formats_for(desk)):
        shell.follow_screen()
    else:
        page(desk)
