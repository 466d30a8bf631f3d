// Ticks every box of a name at once, and shows whether all, some or none of them are ticked. Without this script each is
// ticked by itself.
(() => {
  "use strict";
  const all = () => document.querySelector("input[data-ticks]");
  if (!all()) {
    return;
  }
  document.documentElement.classList.add("with-script");
  const boxes = () => [...all().form.querySelectorAll(`input[name="${all().dataset.ticks}"]`)];

  function tell() {
    if (!all()) {
      return;
    }
    const ticked = boxes().filter((box) => box.checked).length;
    all().checked = ticked > 0 && ticked === boxes().length;
    all().indeterminate = ticked > 0 && ticked < boxes().length;
  }

  document.addEventListener("change", (event) => {
    if (event.target === all()) {
      for (const box of boxes()) {
        box.checked = all().checked;
      }
    }
    tell();
  });
  // The list is live: rows come and go.
  new MutationObserver(tell).observe(document.querySelector("main"), { childList: true, subtree: true });
  // A browser that comes back to a page puts ticks where they were.
  window.addEventListener("pageshow", tell);
})();
