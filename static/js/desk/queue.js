/* Adds to the queue what works without it: keys, a box that ticks all, a count of the ticked comments. */
"use strict";
(() => {
  const STORED = "newsroom.queue.keys";
  const box = (text, inside) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "checkbox";
    label.append(input, ` ${text}`);
    inside.append(label);
    return input;
  };
  const acts = document.querySelector(".acts");
  const approve = document.querySelector('.acts [data-act="approve"]');
  const reject = document.querySelector('.acts [data-act="reject"]');

  /* Single keys can be switched off: speech input would press them by accident. */
  if (approve || reject) {
    const line = document.createElement("p");
    acts.after(line);
    const keys = box(acts.dataset.keys, line);
    line.firstChild.className = "acts-keys";
    keys.checked = localStorage.getItem(STORED) !== "off";
    const show = () => acts.querySelectorAll("kbd").forEach((kbd) => (kbd.hidden = !keys.checked));
    keys.addEventListener("change", () => {
      localStorage.setItem(STORED, keys.checked ? "on" : "off");
      show();
    });
    show();
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
      if (!keys.checked || typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      const key = event.key.toLowerCase();
      if (key === "d" && approve) approve.querySelector("button").click();
      if (key === "t" && reject) {
        const reason = reject.querySelector("select");
        if (reason.value) reject.querySelector("button").click();
        else reason.focus();
      }
    });
  }

  const bulk = document.getElementById("bulk");
  const boxes = [...document.querySelectorAll('.queue-rows input[name="chosen"]')];
  if (bulk && boxes.length) {
    const all = box(bulk.dataset.all, bulk.querySelector(".queue-bulk-head"));
    const count = bulk.querySelector("[data-chosen-count]");
    const tell = () => {
      const chosen = boxes.filter((input) => input.checked).length;
      count.textContent = chosen ? `· ${bulk.dataset.chosen} ${chosen}` : "";
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    };
    all.addEventListener("change", () => {
      boxes.forEach((input) => (input.checked = all.checked));
      tell();
    });
    boxes.forEach((input) => input.addEventListener("change", tell));
  }

  /* Where the list scrolls by itself, the comment that is read stays in sight. */
  const list = document.querySelector(".queue-rows");
  const read = list && list.querySelector(".is-read");
  if (read && list.scrollHeight > list.clientHeight) list.scrollTop = read.offsetTop - list.offsetTop;
})();
