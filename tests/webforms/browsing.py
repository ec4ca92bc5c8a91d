"""A real browser (Chromium through selenium) and a real server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.waiting import lines_of
from tests.webforms.conftest import PASSWORD

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
WAIT = 20
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
    "--window-size=1366,768",
)  # fmt: skip


def serving(folder: Path) -> Iterator[str]:
    """The address of a server of its own over that folder, while the generator is held."""
    code = (
        "import sys; from pathlib import Path; from webforms.serving import serve; "
        "serve(Path(sys.argv[1]), port=0)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True
    )
    with lines_of(process) as lines:
        # A folder that was copied says first that it is a new place.
        while (found := re.search(r"http://[\d.:]+", lines.next())) is None:
            continue
        yield found[0]
        process.terminate()
        process.wait(10)


def browser(folder: Path, *, scripts: bool):
    for program in (CHROMIUM, DRIVER):
        if not Path(program).exists():
            reason = f"{program} is missing: apt install chromium chromium-driver"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2}
        )
    return webdriver.Chrome(options=options, service=Service(DRIVER))


class Person:
    """Somebody with a browser."""

    def __init__(self, driver, server: str) -> None:
        self.driver, self.server = driver, server

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        self.driver.delete_all_cookies()
        self.open("/dang-nhap")
        self.type("login", login)
        self.type("password", password)
        self.press("Đăng nhập")

    def open(self, path: str) -> None:
        self.driver.get(self.server + path)

    def find(self, how: str, what: str):
        return self.driver.find_element(how, what)

    def type(self, id: str, text: str) -> None:
        box = self.find("id", id)
        box.clear()
        box.send_keys(text)

    def press(self, words: str) -> None:
        """Press the last visible button of these words."""
        buttons = self.driver.find_elements("xpath", f"//button[contains(., '{words}')]")
        self.send([one for one in buttons if one.is_displayed() and one.size["height"] > 5][-1])

    def send(self, button) -> None:
        """Press the button of a form, and wait until the page was left, or the part with the button was
        replaced."""
        button.click()
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, WAIT).until(lambda _: _gone(button))

    @property
    def words(self) -> str:
        return " ".join(self.find("tag name", "body").text.split())

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.server)


def _gone(element) -> bool:
    """Whether the element is no longer on a page."""
    from selenium.common.exceptions import StaleElementReferenceException, WebDriverException

    try:
        element.is_enabled()
    except StaleElementReferenceException:
        return True
    except WebDriverException as wrong:
        # What chromedriver says when the page goes at that very moment.
        if "does not belong to the document" in str(wrong):
            return True
        raise
    return False
