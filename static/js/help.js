/* Room: reports/help */
/* `?` and the mark in the bar (data-help: address of the part) open the manual beside the page; what
 * is being typed keeps the focus. Esc and 关闭 close. It stays open from page to page while the tab
 * lives. On narrow screens, and without a script, the link leads to the manual itself.
 */
(function () {
  "use strict";

  const link = document.querySelector("[data-help]");
  if (!link) return;
  const KEPT = "help-open";
  const narrow = window.matchMedia("(max-width: 1160px)");
  let panel = null;

  link.addEventListener("click", (event) => {
    if (narrow.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (panel) close();
    else open();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help-close]")) close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel || document.querySelector("dialog[open]")) return;
    if (event.target.closest(".gsearch")) return;
    close();
  });

  function open() {
    keep(true);
    fetch(`${link.dataset.help}?at=${encodeURIComponent(location.pathname)}`)
      .then((answer) => {
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        return answer.text();
      })
      .then(show)
      .catch(() => {
        location.href = link.href;
      });
  }

  function show(html) {
    if (panel) return;
    panel = document.createElement("aside");
    panel.className = "hlp";
    panel.setAttribute("aria-label", "帮助");
    panel.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    document.getElementById("main").after(panel);
    document.documentElement.classList.add("has-help");
    link.setAttribute("aria-expanded", "true");
  }

  function close() {
    keep(false);
    if (!panel) return;
    const was = panel.contains(document.activeElement);
    panel.remove();
    panel = null;
    document.documentElement.classList.remove("has-help");
    link.setAttribute("aria-expanded", "false");
    if (was) link.focus();
  }

  function keep(isOpen) {
    try {
      if (isOpen) sessionStorage.setItem(KEPT, "1");
      else sessionStorage.removeItem(KEPT);
    } catch {
      /* a browser that keeps nothing opens it by hand */
    }
  }

  try {
    if (sessionStorage.getItem(KEPT) && !narrow.matches) open();
  } catch {
    /* see above */
  }
})();
