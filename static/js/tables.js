/* Room: none, every page */
/* A table that scrolls sideways can be reached and scrolled with the keyboard. */
(function () {
  "use strict";

  function prepare() {
    document.querySelectorAll(".tw").forEach((frame) => {
      const scrolls = frame.scrollWidth > frame.clientWidth + 1;
      frame.classList.toggle("scrolls", scrolls);
      if (scrolls) {
        frame.tabIndex = 0;
        frame.setAttribute("role", "group");
        frame.setAttribute("aria-label", "可左右滚动的表格");
      } else {
        ["tabindex", "role", "aria-label"].forEach((name) => frame.removeAttribute(name));
      }
    });
  }

  window.addEventListener("resize", prepare);
  document.addEventListener("htmx:load", prepare);
  prepare();
})();
