// Keeps what a page shows up to date: when the server tells that something has changed, the page is fetched again and its
// live parts become like the fresh ones. What is the same stays as it is, so that neither focus nor an opened detail is
// lost. Without this script the page is the same, and stands still.
(() => {
  "use strict";
  const parts = () => document.querySelectorAll("[data-live]");

  /** Makes `shown` like `fresh`, and touches only what differs. */
  function follow(shown, fresh) {
    if (shown.nodeType !== fresh.nodeType || shown.nodeName !== fresh.nodeName) {
      shown.replaceWith(fresh);
      return;
    }
    if (shown.nodeType !== Node.ELEMENT_NODE) {
      if (shown.data !== fresh.data) {
        shown.data = fresh.data;
      }
      return;
    }
    followAttributes(shown, fresh);
    // What somebody has ticked stays his: it never passes to another thing that has come to stand in its place.
    keepOrder(shown, fresh);
    const [before, after] = [[...shown.childNodes], [...fresh.childNodes]];
    after.forEach((child, place) => {
      if (place < before.length) {
        follow(before[place], child);
      } else {
        shown.append(child);
      }
    });
    for (const child of before.slice(after.length)) {
      child.remove();
    }
  }

  /** The key of what a row or an item is about, if it says so. */
  const key = (element) => element.querySelector?.("[data-key]")?.dataset.key;

  /** Puts the rows that `shown` has already in the order in which `fresh` has them, and takes away those that are gone. */
  function keepOrder(shown, fresh) {
    if (shown.nodeName !== "TBODY") {
      return;
    }
    const known = new Map([...shown.children].map((row) => [key(row), row]));
    const wanted = new Set([...fresh.children].map(key));
    for (const [name, row] of known) {
      if (name && !wanted.has(name)) {
        row.remove();
      }
    }
    [...fresh.children].forEach((row, place) => {
      const mine = key(row) && (known.get(key(row)) ?? row.cloneNode(true));
      if (mine && shown.children[place] !== mine) {
        shown.insertBefore(mine, shown.children[place] ?? null);
      }
    });
  }

  function followAttributes(shown, fresh) {
    for (const { name } of [...shown.attributes]) {
      // Whether a detail is open is the reader's choice.
      if (!fresh.hasAttribute(name) && name !== "open") {
        shown.removeAttribute(name);
      }
    }
    for (const { name, value } of fresh.attributes) {
      if (shown.getAttribute(name) !== value) {
        shown.setAttribute(name, value);
      }
    }
  }

  /** Much may change at once: a page is fetched no more often than this, in milliseconds. */
  const PAUSE = 250;
  let underWay = false;
  let again = false;

  async function refresh() {
    if (underWay) {
      again = true;
      return;
    }
    underWay = true;
    do {
      again = false;
      try {
        // Nobody need sit before the page: such requests keep no session alive.
        const headers = { "Bestow-By-Itself": "1" };
        const answer = await fetch(window.location.href, { credentials: "same-origin", headers });
        if (answer.ok) {
          replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
        }
      } catch {
        // The stream tells when the server is back.
      }
      await new Promise((go) => setTimeout(go, PAUSE));
    } while (again);
    underWay = false;
  }

  function replace(page) {
    localise(page);
    for (const part of parts()) {
      const fresh = page.getElementById(part.id);
      if (fresh) {
        follow(part, fresh);
      }
    }
  }

  /** What is under way and tells nobody is looked at again until it is over, after so many milliseconds. */
  const AGAIN = 500;

  async function untilOver() {
    while (document.querySelector("[data-again]")) {
      await new Promise((go) => setTimeout(go, AGAIN));
      await refresh();
    }
  }

  untilOver();
  if (parts().length === 0 || !("EventSource" in window)) {
    return;
  }
  const events = new EventSource("/api/v1/events");
  for (const kind of ["open", "device", "action", "bulk", "missed"]) {
    events.addEventListener(kind, refresh);
  }
})();
