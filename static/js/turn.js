/* Room: progress/turn */
/* 年度衔接, on a table with [data-turn]: one row is marked, that of the address (#row-…) or the first.
 * J K go on and back, A and N press the button of the marked row with [data-says]; ignored while typing.
 */
(function () {
  "use strict";

  const table = document.querySelector("[data-turn]");
  if (!table) return;
  const rows = [...table.querySelectorAll(".tn-r")];
  let at = Math.max(0, rows.findIndex((row) => `#${row.id}` === location.hash));

  function mark(place) {
    rows.forEach((row) => row.classList.remove("on"));
    at = Math.min(Math.max(place, 0), rows.length - 1);
    rows[at].classList.add("on");
    rows[at].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      mark(at + (key === "j" ? 1 : -1));
    } else if (key === "a" || key === "n") {
      const button = rows[at].querySelector(`[data-says="${key}"]`);
      if (!button) return;
      button.click();
    } else {
      return;
    }
    event.preventDefault();
  });

  mark(at);
})();
