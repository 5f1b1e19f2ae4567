/* Adds buttons that move a block up and down in its place; the numbers beside them are what is saved. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector("#result_list[data-up]");
  if (!table) return;
  const said = document.createElement("p");
  said.className = "help";
  said.setAttribute("role", "status");
  table.parentElement.before(said);

  const number = (row) => row.querySelector(".field-order input");
  const name = (row) => row.querySelector("th").textContent.trim();

  const move = (row, other, before) => {
    if (!other || !other.matches(".block-row")) return;
    if (before) other.before(row);
    else other.after(row);
    [...row.parentElement.querySelectorAll(".block-row")].forEach((each, index) => (number(each).value = (index + 1) * 10));
    said.textContent = `${name(row)}: ${table.dataset.moved}`;
  };

  const button = (row, sign, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", `${label}: ${name(row)}`);
    made.addEventListener("click", () => {
      act();
      made.focus();
    });
    number(row).parentElement.append(made);
  };

  table.querySelectorAll(".block-row").forEach((row) => {
    if (!number(row)) return;
    button(row, "↑", table.dataset.up, () => move(row, row.previousElementSibling, true));
    button(row, "↓", table.dataset.down, () => move(row, row.nextElementSibling, false));
  });
});
