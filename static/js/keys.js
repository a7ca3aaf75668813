/* Rooms: progress/reviewing, progress/signing */
/* Keys; ignored while typing. An element names its key:
 *   <a data-key="j">下一项<kbd>J</kbd></a>   J and K next and previous, A accept, R the return panel
 *   <input data-key="/">                   / goes to the search box of the frame
 */
(function () {
  "use strict";

  document.addEventListener("keydown", (event) => {
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

  /* The queue shows the open item, however far down it stands. */
  const open = document.querySelector(".ql [aria-current]");
  if (open) open.scrollIntoView({ block: "nearest" });
})();
