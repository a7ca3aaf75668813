/* Room: units/people */
/* How strong a new password is, while it is typed (input[data-strength], its least length). It stays in
 * the page; names of units and passwords of before are judged by the server when it is sent.
 */
(function () {
  "use strict";

  const RUNS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"];
  const input = document.querySelector("input[data-strength]");
  if (!input) return;
  const least = Number(input.dataset.strength);
  const told = document.createElement("p");
  told.className = "help pw-s";
  told.setAttribute("aria-live", "polite");
  input.insertAdjacentElement("afterend", told);

  function without(text) {
    let left = text.toLowerCase().replace(/(19|20)\d\d/g, "").replace(/(.)\1{2,}/g, "");
    RUNS.concat(RUNS.map((row) => [...row].reverse().join(""))).forEach((row) => {
      for (let size = row.length; size >= 3; size -= 1) {
        for (let at = 0; at + size <= row.length; at += 1) left = left.split(row.substr(at, size)).join("");
      }
    });
    return left;
  }

  function missing(text) {
    const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9\s]/].filter((kind) => kind.test(text)).length;
    const found = [];
    if (text.length < least) found.push(`还差${least - text.length}个字符`);
    if (kinds < 3) found.push("大写字母、小写字母、数字、符号须有三类");
    if (text.length >= least && without(text).length < 6) found.push("键盘顺序、年份或重复字符太多");
    return found;
  }

  input.addEventListener("input", () => {
    const text = input.value;
    const problems = text ? missing(text) : [];
    const level = problems.length ? "弱" : without(text).length >= 12 ? "强" : "中";
    told.textContent = text ? `强度：${level}${problems.length ? `；${problems.join("；")}` : ""}` : "";
    told.classList.toggle("c-late", problems.length > 0);
    told.classList.toggle("c-ok", Boolean(text) && !problems.length);
  });
})();
