"""The map page in headless Chromium over however many events the database holds: first paint, heap, and how long a brush frame takes.

    make bench-browser            (a bench database of its own, 1,000,000 made-up events)
    python bench/browser/run.py URL   (a server that is running)

A frame is timed from the pointer's move, at a frame's beginning, until the engine's answer is drawn: within 16.7 ms the very next frame
shows it. The drag is made several times and the quietest one counts, since whatever else the machine does hits this first; how busy a
frame keeps the page (scripts, layout, painting, the canvases' raster) is processor time and holds on a busy machine as well.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))
import packages

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
FRAMES = 200
DRAGS = 5
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


def seconds(meter: CDPSession) -> dict[str, float]:
    """How long the page's scripts and all its tasks have run, the worker's not counted."""
    return {each["name"]: float(each["value"]) for each in meter.send("Performance.getMetrics")["metrics"]}


def measure(page: Page, url: str) -> dict[str, float]:
    page.goto(url, wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", timeout=60_000)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    ready = page.evaluate("performance.now()")
    version = json.loads(page.locator("#setup").text_content() or "{}")["snapshot"]
    wire = page.request.head(urljoin(url, version), headers={"Accept-Encoding": "zstd"}).headers["content-length"]
    meter = page.context.new_cdp_session(page)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = seconds(meter)
    drags = [page.evaluate(BRUSH, FRAMES) for _ in range(DRAGS)]
    after = seconds(meter)
    script, busy = ((after[name] - before[name]) * 1000 / FRAMES / DRAGS for name in ("ScriptDuration", "TaskDuration"))
    frames = min(drags, key=lambda times: percentile(times, 0.95))
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    return {
        "events in the brush": int(page.locator("html").get_attribute("data-total") or 0),
        "first paint, ms": paint,
        "ready, ms": ready,
        "on the wire, MB": int(wire) / 1e6,
        "input to paint p50, ms": percentile(frames, 0.5),
        "input to paint p95, ms": percentile(frames, 0.95),
        "script a frame, ms": script,
        "input to paint p95 of the worst drag, ms": max(percentile(times, 0.95) for times in drags),
        "frames of 200 that came later than the next": sum(time > 16.7 for time in frames),
        "page busy a frame, ms": busy,
        "heap of the page, MB": heap,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000/")
    url = parser.parse_args().url
    program = packages.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
        for name, value in measure(page, url).items():
            goal = f"  goal {GOALS[name]:g}" if name in GOALS else ""
            print(f"{name:44}{value:12,.1f}{goal}")
        print(f"{'load of the machine':44}{os.getloadavg()[0]:12,.1f}")
        browser.close()


if __name__ == "__main__":
    main()
