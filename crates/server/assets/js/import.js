// Shows what would come of a table as soon as its file is chosen. Without this script the button "Preview" does the same.
(() => {
  "use strict";
  const form = document.querySelector("form[data-import]");
  if (!form) {
    return;
  }
  document.documentElement.classList.add("with-script");
  let latest = 0;

  async function preview() {
    const mine = ++latest;
    const shown = document.getElementById("preview");
    shown.replaceChildren();
    if (form.elements.table.files.length === 0) {
      return;
    }
    const body = new FormData(form);
    body.append("check", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("preview");
      if (mine === latest && fresh) {
        localise(fresh);
        shown.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // What would come of it is told when the form is sent.
    }
  }

  form.addEventListener("change", preview);
})();
