/* Room: none, every page */
/* The one confirmation dialog (templates/_dialog.html).
 *
 * On a form, on one of its submit buttons, or on an element with hx-…:
 *   data-confirm-if=".ql-b :checked" asks only while something matches; else the server says what is missing
 *   data-confirm="确认退回这份进展？"  data-confirm-body="退回后……"  data-confirm-verb="确认退回"  data-confirm-danger
 * Focus is on the verb, or on 取消 when data-confirm-danger is there. Esc cancels.
 * Without JavaScript the form is simply sent.
 */
(function () {
  "use strict";

  const dialog = document.getElementById("confirm");
  if (!dialog || typeof dialog.showModal !== "function") return;
  const title = dialog.querySelector(".cf-t");
  const body = dialog.querySelector(".cf-b");
  const verb = dialog.querySelector(".cf-ok");
  const cancel = dialog.querySelector('[value="cancel"]');
  const confirmed = new WeakSet();

  function ask(asker, proceed) {
    const danger = "confirmDanger" in asker.dataset;
    title.textContent = asker.dataset.confirm;
    body.textContent = asker.dataset.confirmBody || "";
    verb.textContent = asker.dataset.confirmVerb || asker.textContent.trim() || "确定";
    verb.className = danger ? "btn btn-late cf-ok" : "btn btn-pri cf-ok";
    dialog.returnValue = "";
    dialog.showModal();
    (danger ? cancel : verb).focus();
    dialog.addEventListener("close", () => dialog.returnValue === "ok" && proceed(), { once: true });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (confirmed.has(form)) {
      confirmed.delete(form);
      return;
    }
    const asker = button && button.dataset.confirm ? button : form;
    if (!asker.dataset.confirm || isHtmx(form, button)) return;
    if (asker.dataset.confirmIf && !document.querySelector(asker.dataset.confirmIf)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asker, () => {
      confirmed.add(form);
      form.requestSubmit(button || undefined);
    });
  }, true);

  function isHtmx(form, button) {
    return [form, button].some((element) => element && (element.hasAttribute("hx-post") || element.hasAttribute("hx-get")));
  }

  document.addEventListener("htmx:confirm", (event) => {
    const asker = event.detail.elt;
    if (!asker.dataset.confirm) return;
    event.preventDefault();
    ask(asker, () => event.detail.issueRequest(true));
  });
})();
