"""The page in a real browser, with the real bot behind it."""

import shutil
from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.services.roles import invite, make_payload
from bot.storage.roles import Role
from tests.conftest import Running
from tests.telegram.test_form_answers import PLACE
from tests.telegram.test_revisions import put_form

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium here: get it with `apt-get install chromium`"
)


@pytest.fixture
async def page(hiwar: Running) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = await browser.new_page(viewport={"width": 400, "height": 800})
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        await opened.goto(hiwar.simulator.url)
        yield opened
        await browser.close()
        assert errors == []


async def say(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


@needs_chromium
async def test_three_people_are_answered_in_their_languages(page: Page) -> None:
    conversations = [
        ("سميرة", "متى المنتدى القادم", "مقرر في عام 2030"),
        ("Association Horizon", "quand est le prochain forum", "prévu en 2030"),
        ("Nadia", "when is the next forum", "planned for 2030"),
    ]
    for name, question, answer in conversations:
        await page.click(f"#people >> text={name}")
        await say(page, question)
        await expect(page.locator("#log .message:not(.mine) .bubble").last).to_contain_text(answer)


@needs_chromium
async def test_arabic_runs_from_right_to_left(page: Page) -> None:
    await say(page, "متى المنتدى القادم")
    bubble = page.locator("#log .message:not(.mine) .bubble").last
    await expect(bubble).to_contain_text("2030")
    assert await bubble.evaluate("node => getComputedStyle(node).direction") == "rtl"
    await expect(page.locator("main")).to_have_attribute("dir", "rtl")
    await expect(page.locator("#text")).to_have_attribute("placeholder", "اكتبوا رسالة")


@needs_chromium
async def test_buttons_edit_in_place_and_open_answers(page: Page) -> None:
    await page.click("#people >> text=Nadia")
    await say(page, "/topics")
    await page.click("#log >> text=The Forum")
    await expect(page.locator("#log .message:not(.mine)")).to_have_count(1)
    await page.click("#log >> text=Can I watch online?")
    await expect(page.locator("#log .message:not(.mine) .bubble").last).to_contain_text("3 < 4 & more")


@needs_chromium
async def test_what_somebody_is_about_to_press_stays_under_the_finger(page: Page, hiwar: Running) -> None:
    await page.click("#people >> text=Nadia")
    await say(page, "/topics")
    await page.focus("#log >> text=The Forum")
    nadia = next(person for person in hiwar.simulator.persons if person.name == "Nadia")
    await hiwar.ask(nadia, "/help")
    await expect(page.locator("#log .message:not(.mine)")).to_have_count(2)
    assert await page.evaluate("document.activeElement.textContent") == "🏛 The Forum"


@needs_chromium
async def test_the_command_menu_is_in_the_persons_language(page: Page) -> None:
    await page.click("#people >> text=Association Horizon")
    await page.click("#commands")
    await expect(page.locator("#menu")).to_contain_text("Choisir votre langue")
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu")).to_be_hidden()


@needs_chromium
async def test_the_keys_beside_the_text_field_come_and_go(page: Page, hiwar: Running) -> None:
    await page.click("#people >> text=Nadia")
    put_form(hiwar, PLACE)
    await say(page, "/forms")
    await page.click("#log >> text=Visit")
    await page.click("#log >> text=Begin without my name")
    await say(page, "Horizon")
    await page.click("#keys >> text=Send my location")
    await expect(page.locator("#log .message:not(.mine) .bubble").last).to_contain_text("Your town")
    await expect(page.locator("#keys button")).to_have_count(0)


@needs_chromium
async def test_hostile_text_is_only_text(page: Page) -> None:
    await page.click("#people >> text=Nadia")
    await say(page, "<img src=x onerror=alert(1)>")
    await expect(page.locator("#log .mine .bubble").last).to_have_text("<img src=x onerror=alert(1)>")
    assert await page.locator("#log img").count() == 0


@needs_chromium
async def test_a_person_can_be_added_and_sends_a_picture(page: Page) -> None:
    await page.set_viewport_size({"width": 900, "height": 800})
    await page.fill("#new-name", "Yusuf")
    await page.select_option("#new-language", "en")
    await page.press("#new-name", "Enter")
    await page.click("#people >> text=Yusuf")
    await page.click("#log >> text=Start")
    await expect(page.locator("#log .bubble").last).to_contain_text("Welcome, I am Hiwar")
    await page.click("#attach")
    await page.click("#menu >> text=picture")
    await expect(page.locator("#log .message:not(.mine) .bubble").last).to_contain_text("I can't look at pictures")


@pytest.mark.parametrize("origin", ["http://evil.example", "", "http://127.0.0.1:1"])
async def test_other_sites_cannot_use_the_socket(hiwar: Running, origin: str) -> None:
    async with aiohttp.ClientSession() as session:
        address = hiwar.simulator.url.replace("http", "ws") + "/page/socket"
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(address, headers={"Origin": origin} if origin else {})
        assert refused.value.status == 403


async def test_what_the_page_does_not_know_is_refused_with_a_reason(hiwar: Running) -> None:
    async with aiohttp.ClientSession() as session:
        address = hiwar.simulator.url.replace("http", "ws") + "/page/socket"
        async with session.ws_connect(address, headers={"Origin": hiwar.simulator.url}) as socket:
            for nonsense in ("not json", '{"act": "fly"}', '{"act": "say", "person": 1}', "[]"):
                await socket.send_str(nonsense)
                while (given := await socket.receive_json())["kind"] != "refused":
                    pass
                assert given["why"]


@needs_chromium
async def test_a_question_is_passed_on_and_answered_on_the_page(page: Page, hiwar: Running) -> None:
    payload = make_payload()
    await hiwar.app.db.write(lambda conn: invite(hiwar.app, conn, payload, Role.STAFF, "office"))
    await page.set_viewport_size({"width": 900, "height": 800})
    await page.click("#people >> text=Nadia")
    await say(page, f"/start {payload}")
    await expect(page.locator("#log .bubble").last).to_contain_text("You now have the role")
    await page.click("#new-group")
    await page.click("#people > button >> text=The team")
    await say(page, "/desk")
    await expect(page.locator("#log .bubble").last).to_contain_text("desk now")
    await page.click("#people >> text=Association Horizon")
    await say(page, "/human")
    await page.click("#log >> text=D’accord – écrire ma question")
    await expect(page.locator("#log .bubble").last).to_contain_text("Écrivez maintenant")
    await say(page, "<b>pain</b> aux olives")
    await expect(page.locator("#log .bubble").last).to_contain_text("Je transmets votre question")
    await page.click("#people > button >> text=The team")
    question = page.locator("#log .message", has_text="<b>pain</b> aux olives").last
    await expect(question).to_contain_text("# ")
    await question.locator(".reply").click()
    await say(page, "avec de la levure")
    await expect(page.locator("#log .bubble").last).to_contain_text("Delivered")
    await page.select_option("#speaker", label="Association Horizon")
    await question.locator(".reply").click()
    await say(page, "je suis de l’équipe")
    await page.click("#people >> text=Association Horizon")
    await expect(page.locator("#log .message:not(.mine) .bubble").last).to_contain_text("avec de la levure")
