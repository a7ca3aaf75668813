/* Room: reports/frame */
/* Drawer of the main menu on narrow screens, menus that close again, "/" for the search, printing, passwords. */
(function () {
  "use strict";

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  }

  function toggleDrawer(button) {
    const drawer = document.getElementById(button.dataset.drawer);
    button.setAttribute("aria-expanded", String(drawer.classList.toggle("open")));
  }

  function closeDrawer() {
    const button = document.querySelector('[data-drawer][aria-expanded="true"]');
    if (!button) return;
    toggleDrawer(button);
    button.focus();
  }

  function togglePassword(button) {
    const input = document.getElementById(button.dataset.password);
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.setAttribute("aria-label", hidden ? "隐藏密码" : "显示密码");
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const button = event.target.closest("[data-drawer], [data-password], [data-print]");
    if (!button) return;
    if ("drawer" in button.dataset) toggleDrawer(button);
    if ("password" in button.dataset) togglePassword(button);
    if ("print" in button.dataset) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;  // Esc and "/" are the input method's
    if (event.key === "Escape") {
      const menu = document.activeElement.closest("details.menu[open]");
      closeMenus();
      closeDrawer();
      if (menu) menu.querySelector("summary").focus();
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = document.getElementById("q");
    if (!search) return;
    event.preventDefault();
    search.focus();
  });
})();
