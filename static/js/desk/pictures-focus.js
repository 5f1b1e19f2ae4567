/* The focal point is set by a click on the picture or with the arrow keys; what the crops keep is shown at once. The two
   fields for numbers are what is saved, and work without this script. */
"use strict";
(() => {
  // One press of an arrow key moves the point by a hundredth, with Shift by a tenth.
  const STEP = 0.01;
  const LARGE_STEP = 0.1;
  const CROPS = { "crop-card": "3:2", "crop-square": "1:1" };
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const picture = document.querySelector(".field-shown picture, .field-shown img");
  const fields = ["id_focal_x", "id_focal_y"].map((id) => document.getElementById(id));
  if (!picture || !fields.every(Boolean)) return;
  const shown = picture.querySelector("img") || picture;

  const held = (value) => Math.min(1, Math.max(0, value));
  // 0,5 as it is written here, 0.5 as others write it.
  const read = (field) => {
    const value = Number.parseFloat(field.value.replace(",", "."));
    return Number.isFinite(value) ? held(value) : 0.5;
  };
  const write = (x, y) => {
    [x, y].forEach((value, index) => (fields[index].value = held(value).toFixed(2).replace(".", ",")));
    show();
  };

  const made = (tag, className, ...inside) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...inside);
    return element;
  };

  const point = made("button", "focus-point");
  point.type = "button";
  const frame = made("span", "focus-frame");
  picture.replaceWith(frame);
  frame.append(picture, point);
  const hint = made("p", "help");
  hint.textContent = gettext("Click on what a crop must keep, or move the point with the arrow keys.");
  const crops = made("div", "focus-crops");
  const previews = Object.entries(CROPS).map(([name, ratio]) => {
    const image = made("img", name);
    image.src = shown.currentSrc || shown.src;
    image.alt = "";
    const caption = document.createElement("figcaption");
    caption.textContent = ratio;
    crops.append(made("figure", "", image, caption));
    return image;
  });
  frame.after(hint, crops);

  const show = () => {
    const [x, y] = fields.map(read).map((value) => `${Math.round(value * 100)}%`);
    point.style.left = x;
    point.style.top = y;
    previews.forEach((image) => (image.style.objectPosition = `${x} ${y}`));
    point.setAttribute(
      "aria-label",
      interpolate(gettext("Focal point: %(x)s from the left, %(y)s from the top"), { x, y }, true),
    );
  };

  frame.addEventListener("click", (event) => {
    // A press of Enter on the point is a click without a place.
    if (event.detail === 0) return;
    const box = frame.getBoundingClientRect();
    write((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    point.focus({ preventScroll: true });
  });
  point.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    write(read(fields[0]) + move[0] * step, read(fields[1]) + move[1] * step);
  });
  fields.forEach((field) => field.addEventListener("input", show));
  shown.addEventListener("load", () => previews.forEach((image) => (image.src = shown.currentSrc || shown.src)));
  show();
})();
