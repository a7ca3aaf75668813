/* Room: units/people */
/* Logging in again without leaving the page (templates/units/people/_login_again.html).
 *
 * Asked for by "session:over"; `detail.done(isBack, words)` says whether the same person is in again.
 * Somebody else is never logged in here, and nothing of the page is sent for them.
 */
(function () {
  "use strict";

  const dialog = document.getElementById("login-again");
  if (!dialog || typeof dialog.showModal !== "function") return;
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector(".err");
  const OTHER = "当前登录的是另一账号，本页没有保存。请用打开本页时的账号重新登录";
  const second = dialog.querySelector("[data-second]");
  let waiting = null;

  function renew(token) {
    document.querySelectorAll('[name="csrfmiddlewaretoken"]').forEach((each) => { each.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  function say(words) {
    problem.hidden = !words;
    problem.textContent = words || "";
  }

  function end(isBack, words) {
    form.elements.password.value = form.elements.code.value = "";
    second.hidden = true;
    say("");
    if (dialog.open) dialog.close();
    const done = waiting;
    waiting = null;
    if (done) done(isBack, words);
  }

  document.addEventListener("session:over", async (event) => {
    event.preventDefault();  // heard
    waiting = event.detail.done;
    try {
      const query = new URLSearchParams({ acting_as: form.elements.acting_as.value });
      const asked = await (await fetch(`${form.action}?${query}`)).json();
      renew(asked.token);
      if (asked.is_same) return end(true);
      if (asked.is_in) return end(false, OTHER);
    } catch (error) {
      return end(false, "未连接，内容保留在本页");
    }
    dialog.showModal();
    form.elements.password.focus();
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-In-Place": "1" } });
      const told = await answer.json();
      if (!answer.ok) {
        if (told.needs_code) {
          second.hidden = false;
          form.elements.code.value = "";
          form.elements.code.focus();
        }
        return say(told.problem);
      }
      renew(told.token);
      end(true);
    } catch (error) {
      say("未连接，请稍后再试。");
    }
  });

  dialog.querySelector("[data-later]").addEventListener("click", () => end(false));
  dialog.addEventListener("cancel", () => end(false));
})();
