/* Room: none, every page */
/* Toasts, bottom right: 4 s for a success, 9 s for a failure, never for validation.
 *
 * Any script or server answer raises one with the event "toast":
 *   HX-Trigger: {"toast": {"text": "已通过，进入下一项。", "level": "success"}}     level: success, error
 * Success messages of a page (data-to-toast) become toasts; without JavaScript they stay banners.
 * What can be taken back for some seconds (data-held="10") becomes one with its button, counts down
 * in its [data-left], and goes when the time is over.
 */
(function () {
  "use strict";

  const SUCCESS_MS = 4000;
  const ERROR_MS = 9000;

  function show(text, level) {
    const box = document.getElementById("toasts");
    if (!box || !text) return;
    const isError = level === "error";
    const toast = document.createElement("div");
    toast.className = isError ? "tst bad" : "tst";
    toast.setAttribute("role", isError ? "alert" : "status");
    toast.textContent = text;
    box.appendChild(toast);
    setTimeout(() => toast.remove(), isError ? ERROR_MS : SUCCESS_MS);
  }

  /* The session has ended: a page with a form in it stays, whatever part of it was asked for. */
  function logIn(answer) {
    if (document.querySelector("form[data-guard], form[method=post] textarea")) show("登录已超时，没有办理；本页填写的内容都还在，可先复制，再刷新页面重新登录。", "error");
    else location.assign(answer.getResponseHeader("X-Log-In"));
  }

  document.addEventListener("toast", (event) => show(event.detail.text, event.detail.level));

  document.querySelectorAll("[data-to-toast]").forEach((banner) => {
    show(banner.textContent.trim(), "success");
    banner.remove();
  });

  function countDown(banner) {
    const left = banner.querySelector("[data-left]");
    const end = Date.now() + Number(banner.dataset.held) * 1000;
    banner.classList.add("tst");
    document.getElementById("toasts").appendChild(banner);
    const timer = setInterval(() => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      left.textContent = Math.max(seconds, 0);
      if (seconds > 0) return;
      clearInterval(timer);
      banner.remove();
    }, 250);
  }

  document.querySelectorAll("[data-held]").forEach(countDown);

  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 401) return logIn(event.detail.xhr);
    const expired = event.detail.xhr.getResponseHeader("X-Page-Expired");
    const refused = expired ? "页面已过期，没有办理。请复制填写的内容，刷新页面后重新办理。" : "没有办理这一步的权限，请刷新页面查看当前状态。";
    show(status === 403 ? refused : "服务器没有完成这次操作，请稍后重试。", "error");
  });

  document.addEventListener("htmx:sendError", () => show("网络中断，内容保留在本页，恢复后请再保存。", "error"));
})();
