/* Rooms: progress/reviewing, progress/signing */
/* Keys; ignored while typing. An element names its key:
 *   <a data-key="j">下一项<kbd>J</kbd></a>   J and K next and previous, A accept, R the return panel
 *   <a data-key="z">撤销<kbd>Z</kbd></a>     takes the last 通过 back
 *   <input data-key="/">                   / goes to the search box of the frame
 * One key works while typing too, where its button can be seen:
 *   <button data-key="ctrl+enter">         confirms the open panel
 * A key that is held down counts once: the page that follows is another one.
 */
(function () {
  "use strict";

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) confirm(event);
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    const element = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!element) return;
    event.preventDefault();
    if (element.matches("input")) {
      element.focus();
      element.select();
    } else {
      element.click();
    }
  });

  function confirm(event) {
    const button = document.querySelector('[data-key="ctrl+enter"]');
    if (!button || !button.offsetParent || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    button.click();
  }

  /* The queue shows the open item, however far down it stands; the page itself stays where it is. */
  const open = document.querySelector(".ql [aria-current]");
  const queue = open && open.closest(".ql");
  if (queue) {
    const at = open.getBoundingClientRect();
    const box = queue.getBoundingClientRect();
    if (at.top < box.top) queue.scrollTop += at.top - box.top;
    if (at.bottom > box.bottom) queue.scrollTop += at.bottom - box.bottom;
  }
})();
