"""A lead gives out work, the other country sees it come, does it, and the lead sees it done: nobody reloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.screens import Network, add_task, dialog, search
from tests.support.world import team

if TYPE_CHECKING:
    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def test_a_task_given_in_one_country_is_done_in_the_other(desk: Desk) -> None:
    world = await team(desk.world)
    tasks = f"/s/{world.ids['Saltmarsh']}/tasks"
    chiara = await (await desk.sit("Chiara")).open(tasks)
    maarten = await (await desk.sit("Maarten", size=PHONE)).open(tasks + "?of=MINE")
    await expect(maarten.get_by_text("No task fits this choice.")).to_be_visible()

    await chiara.get_by_role("button", name="Add task").click()
    await add_task(chiara, "Confirm receipt of E-014", "Maarten (NL)", "Count the pages\nSign")

    await maarten.get_by_role("link", name="Confirm receipt of E-014").click()
    await maarten.get_by_role("checkbox", name="Count the pages").click()
    await expect(maarten.get_by_role("checkbox", name="Count the pages")).to_be_checked()
    await maarten.get_by_role("button", name="Doing").click()
    await expect(maarten.get_by_text("Doing since")).to_be_visible()

    await chiara.get_by_role("link", name="Confirm receipt of E-014").click()
    await expect(chiara.get_by_role("checkbox", name="Count the pages")).to_be_checked()
    await expect(chiara.get_by_text("Doing since")).to_be_visible()
    await maarten.get_by_role("button", name="Done").click()
    await expect(chiara.get_by_text("Done since")).to_be_visible()


async def test_a_task_that_is_marked_is_not_there_for_whoever_lacks_the_marking(desk: Desk) -> None:
    world = await team(desk.world)
    await world.task("Saltmarsh", "Meet the source", "Chiara", to="Eglė", markings=["Covert"])
    await world.task("Saltmarsh", "Read the lease", "Chiara")
    tasks = f"/s/{world.ids['Saltmarsh']}/tasks"
    maarten = await (await desk.sit("Maarten")).open(tasks)
    await expect(maarten.get_by_role("link", name="Read the lease")).to_be_visible()
    await expect(maarten.get_by_text("Meet the source")).to_have_count(0)
    maarten = await (await desk.sit("Maarten")).open(f"{tasks}/{world.ids['Meet the source']}")
    await expect(maarten.get_by_text("There is nothing here that you can open.")).to_be_visible()


async def test_a_task_made_on_an_entitys_page_is_shown_there_and_on_its_cases_page(desk: Desk) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    await world.task("Saltmarsh", "Of the case", "Chiara", case="NA-1")
    space = f"/s/{world.ids['Saltmarsh']}"
    maarten = await (await desk.sit("Maarten")).open(f"{space}/entities/{world.ids['Ilian']}")
    await expect(maarten.get_by_text("No tasks here yet.")).to_be_visible()
    chiara = await (await desk.sit("Chiara")).open(f"{space}/entities/{world.ids['Ilian']}")
    await chiara.get_by_role("button", name="Add task").click()
    await add_task(chiara, "Ask for the lease")
    await expect(maarten.get_by_role("link", name="Ask for the lease")).to_be_visible()
    case = await (await desk.sit("Maarten")).open(f"{space}/cases/{world.ids['NA-1']}")
    await expect(case.get_by_role("link", name="Of the case")).to_be_visible()


async def test_a_task_is_made_from_a_selection_in_the_network(desk: Desk) -> None:
    world = await team(desk.world)
    for name in ("Ilian Dravec", "Bruno Keel"):
        await world.entity("Saltmarsh", name, "Chiara", "NA-1", name=name)
    chiara = await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/network")
    network = Network(chiara)
    await network.show("Table")
    await network.row("Ilian Dravec").click()
    await network.row("Bruno Keel").click(modifiers=["Control"])
    await network.row("Bruno Keel").get_by_role("button").first.click()
    await chiara.get_by_role("menuitem", name="Task about the selection…").click()
    await expect(dialog(chiara, "Add task").get_by_text("About 2 things of the chart.")).to_be_visible()
    await add_task(chiara, "Find out how they met")
    page = await (await desk.sit("Maarten")).open(f"/s/{world.ids['Saltmarsh']}/tasks")
    await page.get_by_role("link", name="Find out how they met").click()
    for name in ("Ilian Dravec", "Bruno Keel"):
        await expect(page.get_by_role("link", name=name)).to_be_visible()


async def test_what_a_task_is_about_is_added_and_taken_off_on_its_page(desk: Desk) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    await world.task("Saltmarsh", "Ask for the lease", "Chiara")
    path = f"/s/{world.ids['Saltmarsh']}/tasks/{world.ids['Ask for the lease']}"
    chiara, maarten = await (await desk.sit("Chiara")).open(path), await (await desk.sit("Maarten")).open(path)
    await chiara.get_by_role("textbox", name="Add something it is about").fill("Ilian")
    await chiara.get_by_role("button", name="Ilian Dravec", exact=True).click()
    await expect(maarten.get_by_role("link", name="Ilian Dravec")).to_be_visible()
    await chiara.get_by_role("button", name="Remove Ilian Dravec").click()
    await expect(maarten.get_by_role("link", name="Ilian Dravec")).to_have_count(0)


async def test_a_case_and_a_link_are_put_on_a_task_and_whoever_does_not_see_the_case_reads_on_without_it(desk: Desk) -> None:
    world = await team(desk.world)
    for name in ("Ilian Dravec", "Bruno Keel"):
        await world.entity("Saltmarsh", name, "Chiara", "NA-1", name=name)
    await world.link("Saltmarsh", "knows", ("Ilian Dravec", "Bruno Keel"), "Chiara", "NA-1")
    await world.case("Saltmarsh", "Harbour sources", "Chiara", ["Covert"])
    await world.task("Saltmarsh", "Ask for the lease", "Chiara", case="NA-1")
    path = f"/s/{world.ids['Saltmarsh']}/tasks/{world.ids['Ask for the lease']}"
    chiara, maarten = await (await desk.sit("Chiara")).open(path), await (await desk.sit("Maarten")).open(path)
    found = chiara.get_by_role("textbox", name="Add something it is about")
    await found.fill("harbour")
    await chiara.get_by_role("button", name="Harbour sources").click()
    await expect(chiara.get_by_role("link", name="Harbour sources")).to_be_visible()
    await expect(chiara.get_by_text("Harbour sources carries Covert, this task does not.")).to_be_visible()
    await found.fill("Ilian")
    await chiara.get_by_role("button", name="Links of Ilian Dravec").click()
    await chiara.get_by_role("textbox", name="Links of Ilian Dravec").fill("keel")
    await chiara.get_by_role("button", name="Bruno Keel").click()
    about = maarten.get_by_role("region", name="About")
    await expect(about.get_by_role("link", name="Bruno Keel")).to_be_visible()
    await expect(maarten.get_by_text("Harbour sources")).to_have_count(0)
    await maarten.get_by_role("textbox", name="Add something it is about").fill("harbour")
    await expect(about.get_by_role("status")).to_be_visible()
    await expect(maarten.get_by_role("button", name="Harbour sources")).to_have_count(0)
    case = await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/cases/{world.ids['Harbour sources']}")
    await expect(case.get_by_role("link", name="Ask for the lease")).to_be_visible()
    await chiara.get_by_role("button", name="Remove Harbour sources").click()
    await expect(case.get_by_text("No tasks here yet.")).to_be_visible()


async def test_the_palette_makes_a_task_about_what_it_found(desk: Desk) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    page = await (await desk.sit("Maarten")).open(f"/s/{world.ids['Saltmarsh']}/tasks")
    await expect(page.get_by_role("heading", name="Tasks", exact=True)).to_be_visible()
    options = await search(page, "dravec")
    await expect(options.filter(has_text="New task about Ilian Dravec")).to_be_visible()
    for _ in range(await options.count()):  # the last of what can be done
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    form = dialog(page, "Add task")
    await expect(form.get_by_role("button", name="Remove Ilian Dravec")).to_be_visible()
    await form.get_by_role("textbox", name="What is to be done").fill("Ask for the lease")
    await form.get_by_role("button", name="Add task").click()
    await page.get_by_role("link", name="Ask for the lease").click()
    await expect(page.get_by_role("region", name="About").get_by_role("link", name="Ilian Dravec")).to_be_visible()


async def test_who_clears_others_learns_on_a_task_who_sees_it_and_why(desk: Desk) -> None:
    world = await team(desk.world)
    await world.task("Saltmarsh", "Meet the source", "Chiara", to="Eglė", markings=["Covert"])
    path = f"/s/{world.ids['Saltmarsh']}/tasks/{world.ids['Meet the source']}"
    why = (await (await desk.sit("Chiara")).open(path)).get_by_role("region", name="Who can see this")
    await expect(why.get_by_text("You also hold Covert, which it carries.")).to_be_visible()
    for person, reason in (("Eglė", "Sees it: holds Covert"), ("Maarten", "Does not see it: lacks Covert")):
        await expect(why.get_by_role("listitem").filter(has_text=person)).to_contain_text(reason)
    why = (await (await desk.sit("Eglė")).open(path)).get_by_role("region", name="Who can see this")
    await expect(why.get_by_text("You see this because you are in Saltmarsh")).to_be_visible()
    await expect(why.get_by_role("listitem")).to_have_count(0)
