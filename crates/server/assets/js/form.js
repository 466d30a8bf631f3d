// Keeps the plan beside a form in step with what is filled in. Passwords are not sent for it. Without this script the
// button "Check plan" does the same.
(() => {
  "use strict";
  const form = document.querySelector("form[data-order]");
  if (!form) {
    return;
  }
  document.documentElement.classList.add("with-script");
  const WAIT = 350;
  let waiting;
  let latest = 0;

  /** What the plan is made of. */
  function asked() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (form.elements[name].type !== "password" && name !== "plan_id") {
        body.append(name, value);
      }
    }
    body.append("check", "true");
    return body;
  }

  let planned = asked().toString();

  async function plan() {
    const mine = ++latest;
    try {
      const answer = await fetch(form.action, { method: "POST", body: asked(), credentials: "same-origin" });
      if (!answer.ok || mine !== latest) {
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("plan");
      const shown = document.getElementById("plan");
      if (!fresh || !shown) {
        return;
      }
      localise(fresh);
      if (fresh.innerHTML !== shown.innerHTML) {
        shown.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // The plan is made again when the form is sent.
    }
  }

  function follow() {
    const now = asked().toString();
    if (now === planned) {
      return;
    }
    planned = now;
    // What is shown is no longer about what is filled in, nor is an answer that is still under way: the form must not
    // claim that its plan was seen.
    latest += 1;
    form.querySelector("input[name=plan_id]")?.remove();
    clearTimeout(waiting);
    waiting = setTimeout(plan, WAIT);
  }

  form.addEventListener("input", follow);
  form.addEventListener("change", follow);

  // A second click does no harm, the server knows the form again; this only shows that the first one counted.
  form.addEventListener("submit", (event) => {
    if (event.submitter && !event.submitter.hasAttribute("data-check")) {
      form.setAttribute("aria-busy", "true");
    }
  });
})();
