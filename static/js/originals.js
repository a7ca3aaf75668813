/* Room: tasks/desk/originals */
/* A notice comes in.
 *
 *   <label class="drop" data-send="form id"><input type="file" …></label>  sends the form once a file is there
 *   <textarea data-most="200000">  says before sending that a text is too long: nothing of it is cut
 *   <button disabled data-ready="form id">  may be pressed when all that is marked .is-chk is filled or confirmed
 *
 * Without JavaScript the form is sent by its button, and the page comes back with what is missing.
 */
(function () {
  "use strict";

  const MOST_BYTES = 20 * 1024 * 1024;

  function take(drop) {
    const form = document.getElementById(drop.dataset.send);
    const input = drop.querySelector("input");
    const send = () => {
      const file = input.files[0];
      if (!file) return;
      if (file.size > MOST_BYTES) {
        input.value = "";
        document.dispatchEvent(new CustomEvent("toast", { detail: { text: `${file.name}超过20MB，请删去图片，只保留通知正文和分解表后再导入。`, level: "error" } }));
        return;
      }
      form.requestSubmit();
    };
    input.addEventListener("click", () => { input.value = ""; });  // so that the same file may be chosen again
    input.addEventListener("change", send);
    ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); }));
    ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("over")));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      send();
    });
  }

  function measure(text) {
    const most = Number(text.dataset.most);
    text.addEventListener("input", () => {
      const size = text.value.length;
      text.setCustomValidity(size > most ? `现在${size}字，不像一份责任分解，请只保留通知正文和分解表。` : "");
      text.reportValidity();
    });
  }

  function release(button) {
    const form = document.getElementById(button.dataset.ready);
    const marked = Array.from(document.querySelectorAll(".is-chk"));
    const answered = (field) => {
      const tick = Array.from(form.elements).find((each) => each.name === "confirmed" && each.value === field.name);
      return (tick && tick.checked) || field.value.trim() !== field.defaultValue.trim();
    };
    const look = () => { button.disabled = !marked.every(answered); };
    document.addEventListener("input", look);
    document.addEventListener("change", look);
    look();
  }

  /* A file dropped beside the field would be opened in place of the page, and typed text lost. */
  ["dragover", "drop"].forEach((name) => window.addEventListener(name, (event) => { if (document.querySelector("[data-send]")) event.preventDefault(); }));

  document.querySelectorAll("[data-send]").forEach(take);
  document.querySelectorAll("[data-most]").forEach(measure);
  document.querySelectorAll("[data-ready]").forEach(release);
})();
