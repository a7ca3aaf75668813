/* Room: reports/search */
/* From a search box (data-hits) the arrow keys go through the hits (data-hit) and Enter opens; what
 * the box of the frame lists while one types closes with Esc, and when it loses the focus.
 */
(function () {
  "use strict";

  const hits = () => [...document.querySelectorAll("[data-hit]")].filter((each) => each.offsetParent);

  document.addEventListener("keydown", (event) => {
    const on = event.target === document.body ? document.querySelector("main [data-hits]") : null;
    const here = on || event.target.closest("[data-hits], [data-hit]");
    if (!here || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return close(here);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const found = hits();
    const place = found.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1);
    const box = document.querySelector(here.closest(".gsearch") ? ".gsearch [data-hits]" : "main [data-hits]");
    const next = place < 0 ? box : found[place];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  document.addEventListener("focusout", (event) => {
    const form = event.target.closest(".gsearch");
    if (form && !form.contains(event.relatedTarget)) empty(form);
  });

  function close(here) {
    const form = here.closest(".gsearch");
    if (!form) return;
    empty(form);
    form.querySelector("[data-hits]").focus();
  }

  function empty(form) {
    form.querySelector(".q-hits").textContent = "";
  }
})();
