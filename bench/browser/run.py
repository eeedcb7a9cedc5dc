"""The map page in headless Chromium over however many events the database holds: first paint, heap, and how long a brush frame takes.

    make bench-browser            (a bench database of its own, 1,000,000 made-up events)
    python bench/browser/run.py URL   (a server that is running)

A frame is timed from the pointer's move to the paint that follows the engine's answer, as a reader sees it.
"""

import argparse
import json
import shutil
from urllib.parse import urljoin

from playwright.sync_api import CDPSession, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
FRAMES = 200
GOALS = {
    "first paint, ms": 3000,
    "on the wire, MB": 14,
    "heap of the page, MB": 300,
    "input to paint p95, ms": 16.7,
    "script a frame, ms": 4,
}

BRUSH = """async (frames) => {
    const plot = document.querySelector("[data-plot]");
    const { left, top, width } = plot.getBoundingClientRect();
    const send = (type, x, target = plot) => target.dispatchEvent(new PointerEvent(type, {
        clientX: x, clientY: top + 20, pointerId: 1, button: 0, buttons: 1, bubbles: true }));
    plot.setPointerCapture = () => {};
    send("pointerdown", left + width * 0.3);
    send("pointermove", left + width * 0.45);
    const root = document.documentElement;
    // A move within one day changes nothing and paints nothing: it is not waited for.
    const drawn = () => new Promise((resolve) => {
        new MutationObserver((_, seen) => { seen.disconnect(); resolve(performance.now()); }).observe(root, { attributes: true });
        setTimeout(resolve, 1000, NaN);
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const times = [];
    for (let frame = 0; frame < frames; frame += 1) {
        await new Promise(requestAnimationFrame);
        const after = drawn();
        const start = performance.now();
        send("pointermove", left + width * (0.45 + 0.4 * Math.abs(Math.sin(frame / 40)) + frame * 1e-4));
        times.push(await after - start);
    }
    times.splice(0, times.length, ...times.filter(Number.isFinite));
    send("pointerup", left + width * 0.8);
    return times.sort((a, b) => a - b);
}"""


def percentile(sorted_times: list[float], share: float) -> float:
    return sorted_times[min(int(len(sorted_times) * share), len(sorted_times) - 1)]


def script_seconds(meter: CDPSession) -> float:
    """How long the page's scripts have run, the worker's not counted."""
    return float(next(each["value"] for each in meter.send("Performance.getMetrics")["metrics"] if each["name"] == "ScriptDuration"))


def measure(page: Page, url: str) -> dict[str, float]:
    page.goto(url, wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", timeout=60_000)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    ready = page.evaluate("performance.now()")
    version = json.loads(page.locator("#setup").text_content() or "{}")["snapshot"]
    wire = page.request.head(urljoin(url, version), headers={"Accept-Encoding": "zstd"}).headers["content-length"]
    meter = page.context.new_cdp_session(page)
    meter.send("Performance.enable")
    before = script_seconds(meter)
    frames = page.evaluate(BRUSH, FRAMES)
    script = (script_seconds(meter) - before) * 1000 / FRAMES
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    return {
        "events in the brush": int(page.locator("html").get_attribute("data-total") or 0),
        "first paint, ms": paint,
        "ready, ms": ready,
        "on the wire, MB": int(wire) / 1e6,
        "input to paint p50, ms": percentile(frames, 0.5),
        "input to paint p95, ms": percentile(frames, 0.95),
        "script a frame, ms": script,
        "late frames of 200": sum(time > 33.4 for time in frames),
        "heap of the page, MB": heap,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000/")
    url = parser.parse_args().url
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
        for name, value in measure(page, url).items():
            goal = f"  goal {GOALS[name]:g}" if name in GOALS else ""
            print(f"{name:28}{value:12,.1f}{goal}")
        browser.close()


if __name__ == "__main__":
    main()
