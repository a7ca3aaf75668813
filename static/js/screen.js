/* Room: reports/overview */
/* 大屏: fetches itself every minute and puts the new page in the place of the old one. While the
 * network is lost, or the login has ended, the old one stays and says how old it is.
 */
(function () {
  "use strict";

  if (!document.getElementById("screen")) return;
  const MINUTE = 60000;
  const TIMEOUT = 20000;
  let loadedAt = Date.now();
  let trouble = "";

  function say() {
    const age = document.getElementById("age");
    const minutes = Math.floor((Date.now() - loadedAt) / MINUTE);
    const at = new Date(loadedAt).toTimeString().slice(0, 5);
    const old = minutes ? `，已过${minutes}分钟` : "";
    age.textContent = trouble ? `${trouble}，显示的是${at}的数据${old}` : `更新于${at}${old}`;
    age.classList.toggle("is-old", Boolean(trouble));
  }

  async function refresh() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT);
    try {
      const response = await fetch(location.href, { cache: "no-store", signal: stop.signal, headers: { "X-Polling": "1" } });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById("screen");
      if (fresh) {
        document.getElementById("screen").replaceWith(document.adoptNode(fresh));
        loadedAt = Date.now();
        trouble = "";
      } else {
        trouble = "登录已失效，请重新登录";
      }
    } catch (error) {
      trouble = "网络中断";
    } finally {
      clearTimeout(timer);
      say();
    }
  }

  say();
  setInterval(refresh, MINUTE);
  setInterval(say, 10000);
  window.addEventListener("online", refresh);
  window.addEventListener("offline", () => {
    trouble = "网络中断";
    say();
  });
})();
