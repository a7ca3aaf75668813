/* Room: units/lists */
/* What was chosen of a list stays chosen on its other pages: ids only, in this tab. A list says
 * data-picks="name"; its boxes are [data-pick], the box in the head [data-pick-all]. The bar
 * [data-picked="name"] counts them, and its forms send all of them, joined by commas, as their data-field. On a narrow
 * screen a long list opens twenty rows at a time.
 */
(function () {
  "use strict";

  const FEW = 20;
  const narrow = window.matchMedia("(max-width: 760px)");

  function stored(name) {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(`picks:${name}`) || "[]"));
    } catch {
      return new Set();
    }
  }

  function keep(name, chosen) {
    try {
      sessionStorage.setItem(`picks:${name}`, JSON.stringify([...chosen]));
    } catch {
      /* private windows: what is on this page is chosen all the same */
    }
  }

  function show(list) {
    const name = list.dataset.picks;
    const chosen = stored(name);
    const boxes = [...list.querySelectorAll("[data-pick]")];
    for (const box of boxes) box.checked = chosen.has(box.value);
    const all = list.querySelector("[data-pick-all]");
    if (all) {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = boxes.length > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    const bar = document.querySelector(`[data-picked="${CSS.escape(name)}"]`);
    if (!bar) return;
    bar.hidden = chosen.size === 0;
    bar.querySelector("[data-count]").textContent = chosen.size;
  }

  function change(list, values, on) {
    const chosen = stored(list.dataset.picks);
    for (const value of values) {
      if (on) chosen.add(value);
      else chosen.delete(value);
    }
    keep(list.dataset.picks, chosen);
    show(list);
  }

  document.addEventListener("change", (event) => {
    const list = event.target.closest("[data-picks]");
    if (!list) return;
    if (event.target.matches("[data-pick]")) change(list, [event.target.value], event.target.checked);
    if (event.target.matches("[data-pick-all]")) {
      const boxes = [...list.querySelectorAll("[data-pick]")].filter((box) => box.offsetParent);
      change(list, boxes.map((box) => box.value), event.target.checked);
    }
  });

  document.addEventListener("click", (event) => {
    const clear = event.target.closest("[data-picked] [data-clear]");
    if (!clear) return;
    const { picked } = clear.closest("[data-picked]").dataset;
    keep(picked, new Set());
    document.querySelectorAll(`[data-picks="${CSS.escape(picked)}"]`).forEach(show);
  });

  document.addEventListener("submit", (event) => {
    const bar = event.target.closest("[data-picked]");
    if (!bar) return;
    const field = event.target.dataset.field;
    event.target.querySelectorAll(`input[name="${CSS.escape(field)}"]`).forEach((each) => each.remove());
    const input = document.createElement("input");
    const value = [...stored(bar.dataset.picked)].join(",");
    Object.assign(input, { type: "hidden", name: field, value });
    event.target.append(input);
  });

  function shorten(list) {
    const rows = [...list.querySelectorAll("tbody tr")];
    if (!narrow.matches || rows.length <= FEW + 5 || list.dataset.shortened) return;
    list.dataset.shortened = "1";
    const more = document.createElement("button");
    Object.assign(more, { type: "button", className: "btn btn-line lt-more" });
    let shown = 0;
    const open = () => {
      shown += FEW;
      rows.forEach((row, place) => row.classList.toggle("lt-off", place >= shown));
      more.textContent = `再显示${Math.min(FEW, rows.length - shown)}行（还有${rows.length - shown}行）`;
      if (shown >= rows.length) more.remove();
    };
    list.after(more);
    more.addEventListener("click", open);
    open();
  }

  function start(root) {
    root.querySelectorAll("[data-picks]").forEach(show);
    root.querySelectorAll("table.lt-t").forEach(shorten);
  }

  start(document);
  document.addEventListener("htmx:afterSettle", () => start(document));
})();
