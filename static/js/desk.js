/* Room: tasks/desk/editing */
/* 核对, on a page with [data-desk]; without it every act is a form, one item at a time (?item=).
 *
 *   form[data-part-form]       is sent where it stands; the answer brings <template data-part="id"> for
 *                              the parts of the page that changed
 *   a[data-open] a[data-close] opens and closes the editor of an item in its row; one is open
 *   form[data-editor-form]     stores two seconds after the last input and on leaving a field; "base" and
 *                              "stamp" say what it showed; 409 brings it back as typed, with what is wrong
 *   [data-i]                   the place of an item in the reading, on both sides; a click marks the other
 *   [data-hides]               hides a kind of the source
 * Keys, ignored while typing: J K next and previous doubt or item, 1–5 its answers, Enter opens the item;
 * Esc closes it, Ctrl+S stores it.
 */
(function () {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const DELAY = 2000;
  const KEPT_KEY = "data-editor";
  const UNSENT = "没有连上服务器，内容保留在本页，请稍后再保存。";
  let timer = 0, queue = Promise.resolve(), marked = null, cursor = 0;

  const editor = () => desk.querySelector("[data-editor]");
  const editorForm = () => desk.querySelector("[data-editor-form]");
  const toast = (text, level) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, level } }));

  /* --- asking the server --- */

  function asked(address, options) {
    const url = new URL(address, location.href);
    new URLSearchParams(location.search).forEach((value, name) => {
      if (name !== "item" && !url.searchParams.has(name)) url.searchParams.set(name, value);
    });
    return fetch(url, { ...options, headers: { "X-In-Place": "1" } });
  }

  /* One after another: each sends what the page knows when the one before has been answered. */
  function inTurn(work) {
    const turn = queue.then(work);
    queue = turn.catch(() => null);
    return turn;
  }

  /* The answer, or null where there is none that says anything. */
  async function send(address, body) {
    try {
      const answer = await asked(address, { method: "POST", body });
      if (answer.status >= 500) throw new Error("server");
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!isJson) {
        toast("没有办理：页面已过期或没有权限，请刷新页面。", "error");
        return null;
      }
      const told = await answer.json();
      told.isOk = answer.ok;
      if (answer.status === 401) toast(told.problem, "error");
      return answer.status === 401 ? null : told;
    } catch (error) {
      toast(UNSENT, "error");
      return null;
    }
  }

  /* --- parts of the page --- */

  function take(html) {
    if (!html) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll("template").forEach((each) => put(each.dataset.part, each.content));
    hideKinds();
    if (marked && !marked.isConnected) marked = null;
  }

  function put(id, content) {
    const old = document.getElementById(id);
    if (!old || old.matches(`[${KEPT_KEY}]`)) return;  // an open editor is its own
    const open = old.contains(editor()) ? editor() : null;
    const groups = [...old.querySelectorAll("details[data-group]")].map((each) => [each.dataset.group, each.open]);
    const fresh = content.firstElementChild;
    if (open) {
      const place = content.getElementById ? content.getElementById(open.id) : null;
      if (place) place.replaceWith(open);
    }
    old.replaceWith(content);
    groups.forEach(([name, isOpen]) => {
      const group = fresh && fresh.querySelector(`details[data-group="${name}"]`);
      if (group && isOpen) group.open = true;
    });
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-part-form]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const body = new URLSearchParams(new FormData(form));
    if (event.submitter && event.submitter.name) body.set(event.submitter.name, event.submitter.value);
    const place = doubts().indexOf(form.closest("[data-doubt]"));
    form.setAttribute("aria-busy", "true");
    await store();
    const told = await inTurn(() => send(form.getAttribute("action"), body));
    form.removeAttribute("aria-busy");
    if (!told) return;
    take(told.html);
    toast(told.said || told.problem, told.isOk ? "success" : "error");
    await refresh();
    if (told.isOk && place >= 0) mark(doubts()[Math.min(place, doubts().length - 1)], false);
    if (document.activeElement === document.body) stand();
  }, true);

  /* --- the open item --- */

  function fragment(html) {
    const page = new DOMParser().parseFromString(`<template>${html}</template>`, "text/html");
    return page.querySelector("template").content;
  }

  /* The editor of an item, or its row; null without a connection. */
  async function drawn(key, isClosed) {
    try {
      const answer = await asked(`${desk.dataset.desk}?item=${encodeURIComponent(key)}${isClosed ? "&close=1" : ""}`);
      const told = await answer.json();
      if (!told.html) toast(told.problem, "error");
      return told.html || null;
    } catch (error) {
      toast(UNSENT, "error");
      return null;
    }
  }

  async function open(link) {
    const key = link.dataset.open;
    const row = link.closest("li");
    if (!(await close(false))) return;
    const html = await drawn(key, false);
    if (!html) return;
    row.replaceWith(fragment(html));
    prepare();
    const text = editorForm().elements.namedItem("text");
    text.focus();
    text.setSelectionRange(0, 0);
    editor().scrollIntoView({ block: "nearest" });
    show(editor().dataset.i);
  }

  /* False when what was typed could not be stored: the editor stays, with what is wrong. */
  async function close(isFocused) {
    const old = editor();
    if (!old) return true;
    if (!(await store())) return false;
    const html = await drawn(old.dataset.editor, true);
    if (!html) return false;
    const row = fragment(html).firstElementChild;
    old.replaceWith(row);
    mark(row, isFocused);
    return true;
  }

  /* The open item after something else was said of the draft: what was typed stays as it is. */
  async function refresh() {
    const form = editorForm();
    if (!form) return;
    const sent = typedIn(form, "refresh");
    const told = await inTurn(() => send(form.getAttribute("action"), sent));
    if (!told || form !== editorForm()) return;
    if (told.gone) toast(told.problem, "error");
    if (!told.editor) return;
    if (String(typedIn(form, "refresh")) !== String(sent)) {  // typed on meanwhile
      await refresh();
      return;
    }
    const at = form.contains(document.activeElement) ? document.activeElement : null;
    const isDirty = form.dataset.dirty;
    form.closest("li").replaceWith(fragment(told.editor));
    prepare();
    const now = editorForm();
    if (isDirty) now.dataset.dirty = isDirty;
    const same = at && at.name ? now.elements.namedItem(at.name) : null;
    if (!same || !same.focus) return;
    same.focus({ preventScroll: true });
    if ("selectionStart" in at && at.selectionStart !== null) same.setSelectionRange(at.selectionStart, at.selectionEnd);
  }

  function typedIn(form, act) {
    const body = new URLSearchParams(new FormData(form));
    body.set("act", act);
    const text = form.elements.namedItem("text").value;
    body.set("cut", String(Array.from(text.slice(0, cursor)).length));
    return body;
  }

  /* Stores what was typed, where something was. False when that could not be. */
  function store(isAsked) {
    clearTimeout(timer);
    return inTurn(() => storeNow(isAsked));
  }

  async function storeNow(isAsked) {
    const form = editorForm();
    if (!form || (!form.dataset.dirty && !isAsked)) return true;
    delete form.dataset.dirty;
    const sent = typedIn(form, "save");
    const told = await send(form.getAttribute("action"), sent);
    if (!told) {
      form.dataset.dirty = "1";
      return false;
    }
    if (!told.isOk) return refused(form, told, isAsked);
    form.elements.stamp.value = told.stamp;
    form.elements.base.value = told.base;
    clearErrors(form);
    renew(form, told, sent);
    take(told.html);
    form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
    if (isAsked) toast("已保存。", "success");
    return true;
  }

  function refused(form, told, isAsked) {
    if (told.gone) {
      toast(told.problem, "error");
    } else if (told.conflict || isAsked) {
      form.closest("li").replaceWith(fragment(told.editor));
      prepare();
      const bad = editorForm().querySelector('.is-bad, [aria-invalid="true"]');
      if (bad) bad.focus();
    } else {
      clearErrors(form);
      form.dataset.dirty = "1";
      Object.entries(told.errors).forEach(([name, words]) => showError(form, name, words[0]));
      if (!Object.keys(told.errors).length) toast(told.problem, "error");
    }
    return false;
  }

  function clearErrors(form) {
    form.querySelectorAll("[data-note]").forEach((each) => each.remove());
    form.querySelectorAll(".err").forEach((each) => each.remove());
    form.querySelectorAll(".is-bad").forEach((each) => each.classList.remove("is-bad"));
    form.querySelector("[data-told]").replaceChildren();
  }

  function showError(form, name, words) {
    const field = form.elements.namedItem(name);
    if (!field) return;
    const line = document.createElement("p");
    line.className = "err";
    line.dataset.note = name;
    line.textContent = `没有保存：${words}`;
    field.classList.add("is-bad");
    field.closest("td, .ie-c").append(line);
  }

  function dirty() {
    const form = editorForm();
    form.dataset.dirty = "1";
    clearTimeout(timer);
    timer = setTimeout(() => store(), DELAY);
  }

  desk.addEventListener("input", (event) => {
    if (event.target.form && event.target.form.matches("[data-editor-form]") && !event.isComposing) dirty();
  });
  desk.addEventListener("focusout", (event) => {
    const form = editorForm();
    if (form && event.target.form === form && form.dataset.dirty) setTimeout(() => store());
  });
  document.addEventListener("selectionchange", () => {
    const at = document.activeElement;
    if (at && at.name === "text" && at.form === editorForm()) cursor = at.selectionStart;
  });
  window.addEventListener("pagehide", () => {
    const form = editorForm();
    if (form && form.dataset.dirty) fetch(form.action, { method: "POST", body: typedIn(form, "save"), keepalive: true, headers: { "X-In-Place": "1" } });
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-editor-form]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const act = (event.submitter && event.submitter.value) || "save";
    if (act === "save") {
      await store(true);
      return;
    }
    clearTimeout(timer);
    const told = await inTurn(() => {
      delete form.dataset.dirty;
      return send(form.getAttribute("action"), typedIn(form, act));
    });
    if (!told) {
      form.dataset.dirty = "1";
      return;
    }
    if (!told.isOk) {
      refused(form, told, true);
      return;
    }
    const item = form.closest("li");
    const id = item.id;
    item.removeAttribute(KEPT_KEY);
    form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
    take(told.html);
    toast(told.said, "success");
    const row = document.getElementById(id);
    if (row) mark(row, true);
  }, true);

  function prepare() {
    cursor = 0;
    if (editor()) document.dispatchEvent(new CustomEvent("chips", { detail: editor() }));
  }

  /* --- numbers from the sentence --- */

  /* Rows of the editor: numbers ("rows", fields n0-…) and 分项 ("parts", fields p0-…). */
  const SIGNS = { rows: "n", parts: "p" };
  const rowsOf = (form, kind) => [...form.querySelectorAll(`[name^="${SIGNS[kind]}"][name$="-is_removed"]`)].map((each) => each.closest("tr"));
  const textsOf = (row) => [...row.querySelectorAll("input[type=text], textarea")];

  /* An empty one behind the last. */
  function newRow(form, kind) {
    const sign = SIGNS[kind];
    const last = rowsOf(form, kind).pop();
    const row = last.cloneNode(true);
    const at = Number(form.elements[kind].value);
    form.elements[kind].value = String(at + 1);
    row.querySelectorAll("[name]").forEach((each) => {
      each.name = each.name.replace(new RegExp(`^${sign}\\d+`), `${sign}${at}`);
      each.id = each.id.replace(new RegExp(`${sign}\\d+`), `${sign}${at}`);
      each.value = each.matches("button") ? `apart-${at}` : each.value;
      each.checked = false;
    });
    textsOf(row).forEach((each) => { each.value = ""; });
    last.after(row);
    return row;
  }

  function addRow() {
    const form = editorForm();
    const text = form.elements.namedItem("text");
    const words = text.value.slice(text.selectionStart, text.selectionEnd).trim();
    const last = rowsOf(form, "rows").pop();
    const row = last.querySelector('[name$="-name"]').value ? newRow(form, "rows") : last;
    const set = (name, value) => { row.querySelector(`[name$="-${name}"]`).value = value; };
    const found = words.match(/^(.*?)(\d[\d,.]*)(.*)$/);
    set("source", words);
    set("name", (found ? found[1] : words).trim());
    if (found) {
      set("value", found[2]);
      set("unit_of_measure", found[3].replace(/[。；，、]?$/, "").replace(/(以上|以内|左右)$/, "").trim());
    }
    row.querySelector('[name$="-name"]').focus();
    if (words) dirty();
  }

  /* --- what followed from what was stored --- */

  /* Fields that nobody typed into since they were sent show what stands now. */
  function renew(form, told, sent) {
    const set = (field, value) => {
      if (!isAsSent(field, sent)) return;
      if (field.type === "checkbox") field.checked = false;
      else field.value = value;
      field.dispatchEvent(new Event("renewed"));
    };
    ["new_area", "new_theme"].forEach((name) => set(form.elements.namedItem(name), ""));
    Object.entries(told.fields).forEach(([name, value]) => {
      const field = form.elements.namedItem(name);
      const isNew = name === "place" && ![...field.options].some((each) => each.value === value);
      if (isNew) field.add(new Option(told.place, value));
      set(field, value);
    });
    ["rows", "parts"].forEach((kind) => { if (told[kind]) renewRows(form, kind, told[kind], set); });
  }

  function isAsSent(field, sent) {
    if (field.type === "checkbox") return field.checked === sent.has(field.name);
    if (!sent.has(field.name)) return field.matches("select") || !field.value;
    return field.value === sent.get(field.name).replace(/\r\n?/g, "\n");
  }

  function renewRows(form, kind, now, set) {
    while (rowsOf(form, kind).length <= now.length) newRow(form, kind);
    rowsOf(form, kind).forEach((row, at) => row.querySelectorAll("[name]:not(button)").forEach((field) => {
      const value = (now[at] || {})[field.name.replace(/^[np]\d+-/, "")];
      if (value !== undefined || !field.matches("select")) set(field, value || "");
    }));
    for (const row of rowsOf(form, kind).slice(now.length + 1).reverse()) {
      if (textsOf(row).some((each) => each.value)) return;
      row.remove();
      form.elements[kind].value = String(Number(form.elements[kind].value) - 1);
    }
  }

  /* --- the two sides --- */

  function show(place) {
    desk.querySelectorAll(".ni-t .at").forEach((each) => each.classList.remove("at"));
    const found = [...desk.querySelectorAll(`.ni-t [data-i="${place}"]`)];
    found.forEach((each) => each.matches(".no") || each.classList.add("at"));
    if (found.length) scrollTo(found[0]);
  }

  function scrollTo(each) {
    const pane = each.closest(".ni-t, .ni-r");
    const box = pane.getBoundingClientRect(), at = each.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) pane.scrollTop += at.top - box.top - box.height / 3;
  }

  function mark(each, isFocused) {
    if (marked) marked.classList.remove("now", "at");
    marked = each || null;
    if (!marked) return;
    marked.classList.add(marked.matches("[data-doubt]") ? "now" : "at");
    const group = marked.closest("details");
    if (group) group.open = true;
    marked.scrollIntoView({ block: "nearest" });
    const item = marked.dataset.item && document.getElementById(marked.dataset.item);
    const place = marked.dataset.i || (item && item.dataset.i);
    const line = marked.dataset.line && document.getElementById(`l-${marked.dataset.line}`);
    if (line) scrollTo(line);
    if (place) show(place);
    if (isFocused) (marked.querySelector("a, button") || marked).focus();
  }

  /* The next Tab goes on from what is marked, not from the head of the page. */
  function stand() {
    if (!marked) return;
    marked.tabIndex = -1;
    marked.focus({ preventScroll: true });
  }

  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-open], [data-close], [data-focus], [data-add-row], [data-hides]");
    if (link && "hides" in link.dataset) {
      link.setAttribute("aria-pressed", String(link.getAttribute("aria-pressed") !== "true"));
      hideKinds(true);
    } else if (link && "focus" in link.dataset) {
      editorForm().elements.namedItem(link.dataset.focus).focus();
    } else if (link && "addRow" in link.dataset) {
      addRow();
    } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if ("open" in link.dataset) open(link);
      else close(true);
    } else if (event.target.closest(".ni-t [data-i]")) {
      const place = event.target.closest("[data-i]").dataset.i;
      show(place);
      const row = desk.querySelector(`.ni-r [data-i="${place}"]`);
      if (row) mark(row, false);
    } else if (event.target.closest(".it, [data-doubt]") && !event.target.closest("a, button, input, select, summary, label")) {
      mark(event.target.closest(".it, [data-doubt]"), false);
    }
  });

  const hidden = new Set();
  function hideKinds(isChosen) {
    desk.querySelectorAll("[data-hides]").forEach((each) => {
      if (isChosen) hidden[each.getAttribute("aria-pressed") === "true" ? "delete" : "add"](each.dataset.hides);
      else each.setAttribute("aria-pressed", String(!hidden.has(each.dataset.hides)));
      desk.classList.toggle(`off-${each.dataset.hides}`, hidden.has(each.dataset.hides));
    });
  }

  /* --- keys --- */

  const doubts = () => [...desk.querySelectorAll("[data-doubt]")];
  const stops = () => [...doubts(), ...desk.querySelectorAll(".il > li")];

  function step(by) {
    const all = stops();
    const at = all.indexOf(marked);
    mark(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)], false);
    stand();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      store(true);
    } else if (event.key === "Escape" && editor()) {
      event.preventDefault();
      close(true);
    } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) {
      press(event);
    }
  });

  function press(event) {
    if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if (/^[1-5]$/.test(event.key) && marked && marked.matches("[data-doubt]")) {
      const button = marked.querySelectorAll(".act > button")[Number(event.key) - 1];
      if (button) button.click();
    } else if (event.key === "Enter" && marked && !event.target.closest("a, button, summary")) {
      const item = marked.matches("[data-doubt]") ? document.getElementById(marked.dataset.item) : marked;
      const link = item && item.querySelector("[data-open]");
      if (link) link.click();
    } else {
      return;
    }
    event.preventDefault();
  }

  prepare();
})();
