/* Room: tasks/desk/editing */
/* textarea[data-units]: one name a line becomes chips with a search (#desk-unit-list); Alt+↑↓ moves one.
 * The field behind keeps the names, in their order. The event "chips" brings the part of the page that has
 * some (desk.js).
 */
(function () {
  "use strict";

  function chips(field) {
    const box = document.createElement("span");
    box.className = "ie-u";
    const input = document.createElement("input");
    input.setAttribute("aria-label", `添加${field.labels[0].textContent}`);
    input.placeholder = field.dataset.units === "leaders" ? "输入后按回车" : "名称、别名、拼音首字母";
    input.autocomplete = "off";
    if (field.dataset.units !== "leaders") input.setAttribute("list", "desk-unit-list");
    box.append(input);
    field.before(box);
    field.labels[0].htmlFor = input.id = `${field.id}-add`;
    const names = () => field.value.split(/\r?\n/).map((each) => each.trim()).filter(Boolean);

    function draw(focused) {
      box.querySelectorAll(".chip").forEach((each) => each.remove());
      names().forEach((name, at) => {
        const chip = document.createElement("span");
        chip.className = field.dataset.units === "lead" || field.dataset.units === "responsible" ? "chip is-lead" : "chip";
        chip.textContent = name.replace(/\(/g, "（").replace(/\)/g, "）");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = "×";
        button.setAttribute("aria-label", `去掉${name}；Alt加上下箭头移动`);
        button.addEventListener("click", () => set(names().filter((_, place) => place !== at), -1));
        button.addEventListener("keydown", (event) => move(event, at));
        chip.append(button);
        input.before(chip);
        if (at === focused) button.focus();
      });
    }

    function set(list, focused) {
      field.value = [...new Set(list)].join("\n");
      draw(focused);
      if (focused < 0) input.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function move(event, at) {
      const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
      if (!event.altKey || !step) return;
      event.preventDefault();
      const list = names();
      const to = at + step;
      if (to < 0 || to >= list.length) return;
      [list[at], list[to]] = [list[to], list[at]];
      set(list, to);
    }

    function add() {
      const typed = input.value.trim();
      if (!typed) return;
      input.value = "";
      set([...names(), typed], -1);
    }
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        add();
      } else if (event.key === "Backspace" && !input.value && names().length) {
        set(names().slice(0, -1), -1);
      }
    });
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      const list = document.getElementById("desk-unit-list");
      const isChosen = list && [...list.options].some((each) => each.value === input.value);
      if (isChosen && field.dataset.units !== "leaders" && event.inputType !== "insertText") add();
    });
    input.addEventListener("focusout", add);
    field.addEventListener("renewed", () => draw());  // by the server, not by hand
    draw();
  }

  document.addEventListener("chips", (event) => event.detail.querySelectorAll("textarea[data-units]").forEach(chips));
})();
