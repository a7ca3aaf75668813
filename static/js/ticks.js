/* Rooms: progress/sending, progress/signing, progress/urging */
/* Boxes of a list, all at once, and how many are ticked:
 *   <input type="checkbox" data-check-all="picked">      ticks every box of its form with that name
 *   <button data-counts="picked">送审签<b data-count>5</b>项</button>   says how many; none: disabled
 */
(function () {
  "use strict";

  /* those outside the form that name it are its own too */
  const boxes = (form, name) => [...form.elements].filter((one) => one.type === "checkbox" && one.name === name && !one.disabled);

  function count(form) {
    [...form.elements].filter((one) => one.dataset.counts).forEach((button) => {
      const ticked = boxes(form, button.dataset.counts).filter((box) => box.checked).length;
      button.querySelectorAll("[data-count]").forEach((place) => (place.textContent = ticked));
      button.disabled = ticked === 0;
    });
    [...form.elements].filter((one) => one.dataset.checkAll).forEach((all) => {
      const those = boxes(form, all.dataset.checkAll);
      const ticked = those.filter((box) => box.checked).length;
      all.checked = ticked > 0 && ticked === those.length;
      all.indeterminate = ticked > 0 && ticked < those.length;
    });
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form || event.target.type !== "checkbox") return;
    const name = event.target.dataset.checkAll;
    if (name) boxes(form, name).forEach((box) => (box.checked = event.target.checked));
    count(form);
  });

  document.querySelectorAll("[data-counts]").forEach((button) => button.form && count(button.form));
})();
