/* Room: progress/filing */
/* Autosave of <form data-autosave="address">: two seconds after the last input, and on leaving a field
 * or the page. While an input method composes (pinyin before it is Chinese) nothing is saved; who leaves
 * in the middle of it saves what stood in the field before.
 *
 * The form keeps its hidden "base" (what it showed). The answer brings the next one, what others typed,
 * and <template data-part="…"> for the parts of the page that depend on what is stored.
 * Nothing is kept outside the page: without a connection the fields are the memory, and it tries again.
 *   [data-save-state] > [data-state]   one of stored, saving, saved, offline, refused is shown
 *   [data-choose] [data-field] [data-mark]   settles a field that two people changed; it is held until then
 * Sends "session:over" when the login has ended (login-again.js) and "autosaved" when nothing is left.
 */
(function () {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const DELAY = 2000;
  const RETRIES = [3000, 5000, 10000, 30000];
  const PATIENCE = 20000;
  const OVER = "登录已超时，尚未保存，内容保留在本页；点“保存草稿”重新登录";
  const UNHEARD = "unheard";
  const UNREADABLE = "这一处没有保存";
  const held = new Set();
  let timer = 0, failures = 0, isDirty = false, isStale = false, isAway = false, isPassing = false, isBusy = false;
  let queue = Promise.resolve();
  let wanted = null;
  let composing = null;  // the field an input method is writing in, and what stood there before

  const field = (name) => form.elements.namedItem(name);
  const current = (each) => (each.type === "checkbox" ? String(each.checked) : each.value);

  function put(each, value) {
    if (each.type === "checkbox") each.checked = value === true || value === "1";
    else each.value = value;
    (each instanceof RadioNodeList ? each[0] : each).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(name, words) {
    form.querySelectorAll("[data-save-state] > [data-state]").forEach((each) => {
      each.hidden = each.dataset.state !== name;
      const place = each.querySelector("[data-words]");
      if (!each.hidden && place) place.textContent = words || "";
    });
  }

  function snapshot() {
    const typed = new Map();
    for (const each of form.elements) if (each.name && each.type !== "hidden") typed.set(each.name, current(field(each.name)));
    return typed;
  }

  function posted() {
    const fields = new URLSearchParams(new FormData(form));
    if (composing) fields.set(composing.name, composing.before);
    held.forEach((name) => {
      fields.delete(name);
      fields.append("held", name);
    });
    return fields;
  }

  /* --- one save after another; each says how it went: saved, offline, over, refused --- */

  function save(asked) {
    clearTimeout(timer);
    if (composing && !asked) return queue;  // compositionend begins again
    queue = queue.then(() => send(asked, true)).catch(() => wait());
    return queue;
  }

  async function send(asked, mayComeBack) {
    const sent = snapshot();
    isDirty = false;
    show("saving");
    const answer = await post();
    if (!answer || answer.status >= 500) return wait();
    if (answer.ok) return accept(await answer.json(), sent);
    isDirty = true;
    if (answer.status === 401 || (answer.status === 403 && mayComeBack)) {
      const [isBack, words] = isAway && !asked ? [false] : await comeBack();
      if (words === UNHEARD && asked) return UNHEARD;
      isAway = !isBack;
      if (isBack) return send(asked, false);
      show("refused", !words || words === UNHEARD ? OVER : words);
      return "over";
    }
    const told = answer.status === 409 ? (await answer.json()).problem : "";
    show("refused", told || "没有保存：当前身份不能填写本页，或内容过大");
    return "refused";
  }

  async function post() {
    const patience = new AbortController();
    const bell = setTimeout(() => patience.abort(), PATIENCE);
    try {
      return await fetch(form.dataset.autosave, { method: "POST", body: posted(), headers: { "X-In-Place": "1" }, signal: patience.signal });
    } catch (error) {
      return null;
    } finally {
      clearTimeout(bell);
    }
  }

  function wait() {
    isDirty = true;
    show("offline");
    timer = setTimeout(save, RETRIES[Math.min(failures++, RETRIES.length - 1)]);
    return "offline";
  }

  /* Where nobody hears it (login-again.js is not there yet), the answer is no: nothing waits for ever. */
  function comeBack() {
    return new Promise((done) => {
      const asking = { cancelable: true, detail: { form, done: (...told) => done(told) } };
      if (document.dispatchEvent(new CustomEvent("session:over", asking))) done([false, UNHEARD]);
    });
  }

  /* The page goes: one last save that the browser finishes without it. The session may have ended. */
  function leave() {
    if (!isDirty || isPassing) return;
    clearTimeout(timer);
    isDirty = false;
    fetch(form.dataset.autosave, { method: "POST", body: posted(), headers: { "X-In-Place": "1" }, keepalive: true }).catch(() => { isDirty = true; });
  }

  /* --- what the answer says --- */

  function accept(answer, sent) {
    failures = 0;
    isAway = false;
    const before = JSON.parse(form.elements.base.value || "{}");
    const base = JSON.parse(answer.base);
    Object.entries(answer.theirs).forEach(([name, value]) => {
      if (takeTheirs(name, value, sent, answer.their_name)) return;
      delete base[name];  // typed in meanwhile: it is compared again with the next save
      if (name in before) base[name] = before[name];
    });
    form.elements.base.value = JSON.stringify(base);
    showParts(answer.html);
    showErrors(answer.errors);
    answer.conflicts.forEach((name) => held.add(name));
    const left = Object.keys(answer.errors).length + held.size;
    show("saved", answer.saved_at + (left ? `，${left}处没有保存` : ""));
    if (!isDirty) form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
    return "saved";
  }

  function takeTheirs(name, value, sent, who) {
    const each = field(name);
    if (!each) return true;
    if (current(each) !== sent.get(name)) return false;
    if (String(value) === current(each)) return true;
    put(each, value);
    note(each, "theirs", "help c-warn", `${who}改过这一处，已更新为对方填写的内容`);
    return true;
  }

  function note(each, kind, css, words) {
    const first = each instanceof RadioNodeList ? each[0] : each;
    const place = first.closest(".fg, td, li") || first.parentElement;
    const old = place.querySelector(`[data-note="${kind}"]`);
    const line = old || document.createElement("p");
    line.className = css;
    line.dataset.note = kind;
    line.textContent = words;
    if (!old) place.append(line);
  }

  function showErrors(errors) {
    form.querySelectorAll('[data-note="error"]').forEach((line) => line.remove());
    form.querySelectorAll("[data-bad]").forEach((each) => {
      each.classList.remove("is-bad");
      each.removeAttribute("aria-invalid");
      delete each.dataset.bad;
    });
    Object.entries(errors).forEach(([name, words]) => {
      const each = field(name);
      if (!each) return;
      note(each, "error", "err", `${UNREADABLE}：${words}`);
      if (each instanceof RadioNodeList) return;
      each.classList.add("is-bad");
      each.setAttribute("aria-invalid", "true");
      each.dataset.bad = "";
    });
  }

  function showParts(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = new Map([...page.querySelectorAll("template")].map((each) => [each.dataset.part, each]));
    isStale = false;
    document.querySelectorAll("[data-part]").forEach((part) => {
      const name = part.dataset.part;
      if (fresh.has(name)) fill(part, fresh.get(name).content);
      else if (name.startsWith("found:")) fill(part, new DocumentFragment());
    });
  }

  function fill(part, content) {
    if (part.contains(document.activeElement) && document.activeElement !== document.body) {
      isStale = true;  // nobody's cursor is taken away; the next save brings it
      return;
    }
    content.querySelectorAll("[name]").forEach((each) => {
      const old = part.querySelector(`[name="${CSS.escape(each.name)}"]`);
      if (old) each.value = old.value;
    });
    part.replaceChildren(content);
    const row = part.parentElement;
    if (!row.matches("tr.er")) return;
    row.hidden = !part.children.length;
    const more = row.nextElementSibling && row.nextElementSibling.querySelector("details");
    if (more && !row.hidden) more.open = true;
  }

  /* --- when to save --- */

  function saveSoon() {
    isDirty = true;
    clearTimeout(timer);
    if (!composing) timer = setTimeout(save, DELAY);
  }

  form.addEventListener("compositionstart", (event) => {
    if (event.target.form !== form) return;
    composing = { name: event.target.name, before: event.target.value };
    clearTimeout(timer);
  });
  form.addEventListener("compositionend", () => {
    composing = null;
    saveSoon();
  });
  form.addEventListener("input", (event) => event.target.form === form && saveSoon());

  form.addEventListener("focusout", () => setTimeout(() => (isDirty || isStale) && !isAway && !failures && save()));
  document.addEventListener("visibilitychange", () => document.hidden && isDirty && save());
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", () => failures && save());

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    if (!button) return;
    const { choose, field: name, mark, value } = button.dataset;
    const base = JSON.parse(form.elements.base.value || "{}");
    base[name] = mark;
    form.elements.base.value = JSON.stringify(base);
    held.delete(name);
    if (choose === "theirs") put(field(name), value);
    button.closest("[data-part]").replaceChildren();
    save(true);
  });

  /* A button sends the form only when it can be sent: nothing typed is lost to a login or a network. */
  form.addEventListener("submit", async (event) => {
    if (isPassing) return;
    event.preventDefault();
    wanted = event.submitter;  // the button pressed last, however often
    if (isBusy) return;
    isBusy = true;
    const outcome = await save(true);
    isBusy = false;
    if (outcome !== "saved" && outcome !== UNHEARD) return;  // the login page carries on what it is sent
    isPassing = true;
    form.requestSubmit(wanted);
  });

  window.addEventListener("pageshow", () => { isPassing = false; });
  document.querySelectorAll("[data-choose]").forEach((button) => held.add(button.dataset.field));

  /* Typed before this script was there, or put back by the browser. */
  function isTyped(each) {
    if (!each.name || each.matches("[type=hidden], [type=file], fieldset, button, output")) return false;
    if (each.matches("[type=checkbox], [type=radio]")) return each.checked !== each.defaultChecked;
    if (!each.options) return each.value !== each.defaultValue;
    const served = [...each.options].findIndex((option) => option.defaultSelected);
    return each.selectedIndex !== Math.max(served, 0);
  }
  if ([...form.elements].some(isTyped)) saveSoon();
})();
