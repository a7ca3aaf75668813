/* Room: progress/evidence */
/* Files go up one by one as soon as they are chosen or dropped, each with its progress.
 *
 *   <label class="drop" data-upload="form id"><input type="file" …></label>
 *   <div id="files-<form id>"> rows </div>
 *
 * The form is posted file by file with Accept: application/json; the answer is {row: html} or
 * {problem: sentence} (409). A file that was kept before ("重试" after its answer was lost) is answered
 * with its row and {again: sentence}. Without JavaScript the same form is posted whole.
 */
(function () {
  "use strict";

  const LIMIT = 20 * 1024 * 1024;
  const TOO_LARGE = "文件超过20MB，请压缩或拆分后上传。";
  const LOST = "网络中断，没有上传完。";
  const ELSEWHERE = "没有上传：页面状态已变化或登录已过期，请先保存内容，再刷新页面。";
  const waiting = [];
  let busy = false;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function drawn(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function drawBar() {
    const holder = element("span", "upl");
    const bar = drawn("svg", { width: 90, height: 6, "aria-hidden": "true" });
    bar.append(drawn("rect", { class: "t", width: "100%", height: 6 }), drawn("rect", { class: "f", width: "0%", height: 6 }));
    holder.append(bar, element("span"));
    return holder;
  }

  function addRow(list, file) {
    const none = list.querySelector("[data-none]");
    if (none) none.remove();
    const row = element("div", "file");
    row.append(element("span", "fn", file.name), drawBar());
    row.querySelector(".upl span").textContent = "等待上传";
    list.append(row);
    return row;
  }

  function showProgress(row, part) {
    const percent = `${Math.round(part * 100)}%`;
    row.querySelector(".upl .f").setAttribute("width", percent);
    row.querySelector(".upl span").textContent = part < 1 ? percent : "正在检查";
  }

  function refuse(job, sentence, mayRetry) {
    const row = element("div", "file file-bad");
    row.setAttribute("role", "alert");
    const said = sentence.startsWith(job.file.name) ? sentence : `${job.file.name}：${sentence}`;
    row.append(element("span", "fn", said));
    if (mayRetry) row.append(button("重试", () => { row.remove(); add(job.form, job.list, [job.file]); }));
    row.append(button("知道了", () => row.remove()));
    job.row.replaceWith(row);
  }

  function button(label, act) {
    const made = element("button", "btn btn-t", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function accept(job, answer) {
    const page = new DOMParser().parseFromString(answer.row, "text/html");
    const row = document.adoptNode(page.body.firstElementChild);
    const shown = job.list.querySelector(`[data-file="${row.dataset.file}"]`);
    if (shown) job.row.remove();
    else job.row.replaceWith(row);
    const detail = shown && answer.again ? { text: answer.again, level: "info" } : { text: `已上传：${job.file.name}。`, level: "success" };
    document.dispatchEvent(new CustomEvent("toast", { detail }));
  }

  function read(request) {
    try {
      return JSON.parse(request.responseText);
    } catch (error) {
      return {};
    }
  }

  function finish(job, request) {
    const answer = read(request);
    if (answer.row) accept(job, answer);
    else if (answer.problem) refuse(job, answer.problem, false);
    else if (request.status === 400 || request.status === 413) refuse(job, TOO_LARGE, false);
    else if (!job.isSecond && (request.status === 403 || request.responseURL.includes("/login/"))) logInAgain(job);
    else refuse(job, ELSEWHERE, true);
  }

  /* The file stays chosen: it goes up, once more, when the same person is in again (login-again.js). */
  function logInAgain(job) {
    const done = (isBack, words) => {
      if (!isBack) { refuse(job, words || ELSEWHERE, true); return; }
      job.row.remove();
      add(job.form, job.list, [job.file], true);
    };
    const asking = { cancelable: true, detail: { form: job.form, done } };
    if (document.dispatchEvent(new CustomEvent("session:over", asking))) done(false);  // nobody heard
  }

  function next() {
    const job = waiting.shift();
    busy = Boolean(job);
    if (!job) return;
    if (!job.row.isConnected) { next(); return; }
    const body = new FormData();
    body.append("csrfmiddlewaretoken", job.form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.append("file", job.file);
    const request = new XMLHttpRequest();
    request.open("POST", job.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) showProgress(job.row, event.loaded / event.total); });
    request.addEventListener("load", () => finish(job, request));
    request.addEventListener("error", () => refuse(job, LOST, true));
    request.addEventListener("abort", () => job.row.remove());
    request.addEventListener("loadend", next);
    job.row.append(button("取消", () => request.abort()));
    request.send(body);
  }

  function add(form, list, files, isSecond) {
    Array.from(files).forEach((file) => {
      const job = { form, list, file, isSecond, row: addRow(list, file) };
      if (file.size > LIMIT) refuse(job, TOO_LARGE, false);
      else waiting.push(job);
    });
    if (!busy) next();
  }

  function prepare(drop) {
    const form = document.getElementById(drop.dataset.upload);
    const list = document.getElementById(`files-${drop.dataset.upload}`);
    const input = drop.querySelector("input");
    if (!form || !list) return;
    input.addEventListener("change", () => { add(form, list, input.files); input.value = ""; });
    ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); }));
    ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("over")));
    drop.addEventListener("drop", (event) => { event.preventDefault(); add(form, list, event.dataTransfer.files); });
  }

  /* A file dropped beside the field would be opened in place of the page, and typed text lost. */
  ["dragover", "drop"].forEach((name) => window.addEventListener(name, (event) => { if (document.querySelector("[data-upload]")) event.preventDefault(); }));

  document.querySelectorAll("[data-upload]").forEach(prepare);

  window.addEventListener("beforeunload", (event) => {
    if (!busy) return;
    event.preventDefault();
    event.returnValue = "";
  });
})();
