/* Room: units/entrance */
/* A code of six figures is sent when the sixth is typed (input[data-code]); the button does the same. */
(function () {
  "use strict";

  const input = document.querySelector("input[data-code]");
  if (!input) return;
  let sent = false;
  input.addEventListener("input", () => {
    const plain = input.value.replace(/\s/g, "");
    if (sent || plain.length !== Number(input.dataset.code) || !/^\d+$/.test(plain)) return;
    sent = true;
    input.form.requestSubmit();
  });
})();
