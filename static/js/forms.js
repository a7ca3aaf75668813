/* Room: none, every page */
/* Comfort in forms; every one of them works without it.
 *
 *   <form data-guard>                        leaving with unsaved edits asks; "[data-dirty]" is shown meanwhile
 *   <span data-count-for="id" data-count-max="500">   characters typed so far
 *   <textarea maxlength="500">               is told in words what is too much, instead of being cut
 *   <label class="chip ck"><input …>         the chosen chip gets the class ck-on
 *   <button data-copy-from="id" data-copy-to="id">    puts a text into a field (复制原文, 引用到本期)
 *                                            with data-copy-append behind what is there
 *   <a href="#…" data-select="id" data-from="3" data-to="9">   selects these characters of the field's text
 *   <button data-toggle="id">                shows and hides a part of the page (筛选, 退回原因)
 *   <div data-when="source" data-is="meeting check">   is there while the field of that name has one of
 *                                            these values; what it holds is sent all the same
 */
(function () {
  "use strict";

  const dirty = new Set();

  function markDirty(form, isDirty) {
    if (isDirty) dirty.add(form);
    else dirty.delete(form);
    form.querySelectorAll("[data-dirty]").forEach((note) => { note.hidden = !isDirty; });
  }

  /* As the server counts: a rare character is one, a line end is one, blanks at the edges are none. */
  function lengthOf(field) {
    return Array.from(field.value.trim()).length;
  }

  function count(field) {
    const length = lengthOf(field);
    document.querySelectorAll(`[data-count-for="${field.id}"]`).forEach((note) => {
      note.textContent = `${length} / ${note.dataset.countMax}`;
      note.classList.toggle("c-late", length > Number(note.dataset.countMax));
    });
  }

  /* The browser's own limit counts a rare character twice, and cuts what is pasted without a word. */
  function takeLimit(field) {
    if (!field.matches("textarea[maxlength], input[maxlength]:not([type=password])")) return;
    field.dataset.most = field.getAttribute("maxlength");
    field.removeAttribute("maxlength");
  }

  function tellLimit(field) {
    const length = lengthOf(field);
    const most = Number(field.dataset.most);
    field.setCustomValidity(length > most ? `不超过${most}字，现在${length}字，请删减。` : "");
  }

  function colourChips() {
    document.querySelectorAll(".ck").forEach((chip) => {
      const box = chip.querySelector("input");
      chip.classList.toggle("ck-on", Boolean(box && box.checked));
    });
  }

  function showWhen(form) {
    form.querySelectorAll("[data-when]").forEach((part) => {
      const field = form.elements[part.dataset.when];
      if (field) part.hidden = !part.dataset.is.split(" ").includes(field.value);
    });
  }

  function copyText(button) {
    const source = document.getElementById(button.dataset.copyFrom);
    const field = document.getElementById(button.dataset.copyTo);
    const words = source.textContent.trim();
    field.value = "copyAppend" in button.dataset && field.value.trim() ? `${field.value.trimEnd()}\n${words}` : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  /* Python counts a rare character as one, the browser as two; a line end is one in both. */
  function selectWords(link) {
    const field = document.getElementById(link.dataset.select);
    if (!field) return;
    const signs = Array.from(field.value);
    const place = (at) => signs.slice(0, at).join("").length;
    field.focus();
    field.setSelectionRange(place(Number(link.dataset.from)), place(Number(link.dataset.to)));
    field.scrollIntoView({ block: "center" });
  }

  function togglePart(button) {
    const part = document.getElementById(button.dataset.toggle);
    const isOpen = part.classList.toggle("open");
    document.querySelectorAll(`[data-toggle="${part.id}"]`).forEach((each) => each.setAttribute("aria-expanded", String(isOpen)));
    const first = isOpen && (part.querySelector("textarea") || part.querySelector("input, select"));
    if (first) first.focus();
  }

  /* What is still being composed counts for nothing yet. */
  function measure(field) {
    if (field.id) count(field);
    if (field.dataset.most) tellLimit(field);
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!event.isComposing) measure(field);
    /* field.form, not the element around it: a file waits for its own form inside the report's. */
    if (field.form && "guard" in field.form.dataset) markDirty(field.form, true);
  });

  document.addEventListener("compositionend", (event) => measure(event.target));

  document.addEventListener("change", colourChips);
  document.addEventListener("reset", () => setTimeout(colourChips));

  document.addEventListener("focusin", (event) => {
    takeLimit(event.target);
    const chip = event.target.closest(".ck");
    if (chip && event.target.matches(":focus-visible")) chip.classList.add("ck-f");
  });

  document.addEventListener("focusout", (event) => {
    const chip = event.target.closest(".ck");
    if (chip) chip.classList.remove("ck-f");
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-from], [data-toggle], [data-select]");
    if (!button) return;
    if ("select" in button.dataset) {
      event.preventDefault();
      selectWords(button);
    }
    if ("copyFrom" in button.dataset) copyText(button);
    if ("toggle" in button.dataset) togglePart(button);
  });

  /* One click, one request. The button is disabled a moment later, so that its value is still sent. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    markDirty(form, false);
    setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((button) => { button.disabled = true; }));
  });

  /* By Back the page comes with the choices that were made, put in after it was read; from the browser's
     memory also with the buttons still off. */
  window.addEventListener("pageshow", (event) => {
    document.querySelectorAll("form").forEach(showWhen);
    if (!event.persisted) return;
    document.querySelectorAll("form[method=post] button:disabled").forEach((button) => { button.disabled = false; });
  });

  window.addEventListener("beforeunload", (event) => {
    if (!dirty.size) return;
    event.preventDefault();
    event.returnValue = "";
  });

  function prepare() {
    document.querySelectorAll("[maxlength]").forEach(takeLimit);
    document.querySelectorAll("[data-count-for]").forEach((note) => {
      const field = document.getElementById(note.dataset.countFor);
      if (field) count(field);
    });
    document.querySelectorAll('form[data-guard] [aria-invalid="true"]').forEach((field, index) => { if (!index) field.focus(); });
    colourChips();
  }

  /* One-time keys: a page that comes again by Back is fetched anew, with the words that the browser puts
     back, and has the key it had before. The entry of the history remembers it. */
  function keepKeys() {
    const keys = document.querySelectorAll('input[name="once"]');
    if (!keys.length) return;
    const held = { ...history.state };
    held.once = held.once || keys[0].value;
    history.replaceState(held, "");
    keys.forEach((key) => { key.value = held.once; });
  }

  document.addEventListener("htmx:load", prepare);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("form[data-guard]");
    if (form && event.detail.successful) markDirty(form, false);
  });
  document.addEventListener("autosaved", (event) => markDirty(event.target, false));
  prepare();
  keepKeys();

  document.querySelectorAll("form").forEach(showWhen);
  document.addEventListener("change", (event) => {
    if (event.target.form) showWhen(event.target.form);
  });
})();
