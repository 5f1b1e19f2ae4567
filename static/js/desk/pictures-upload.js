/* Sends chosen or dropped pictures one by one, shows how far each has come, and saves what is typed beside them without
   leaving the page. Without this script the same forms work by ordinary pages. */
"use strict";
(() => {
  const area = document.querySelector("[data-upload]");
  if (!area) return;
  const drop = area.querySelector(".upload-drop");
  const chooser = drop.querySelector("[type=file]");
  const rows = area.querySelector("[data-files]");
  const cards = area.querySelector(".new-pictures");
  const said = area.querySelector(":scope > [data-said]");
  const template = area.querySelector("template");
  const token = drop.querySelector("[name=csrfmiddlewaretoken]").value;
  // What failed on the way, by the status that a server or a proxy before it gives; our own answers bring their words.
  const FAILURES = {
    0: gettext("The connection broke off. The file is still on your device; please try again."),
    403: gettext("You are signed out or may not do this. Please load the page anew."),
    413: gettext("The file is over 30 MB. Please export it smaller."),
    502: gettext("The server is busy. Please try again in a minute."),
    503: gettext("The server is busy. Please try again in a minute."),
    504: gettext("The server is busy. Please try again in a minute."),
  };
  const FAILED = gettext("The file could not be taken. Please try again.");
  // One at a time: the server works on a picture for a second or two, and a copy of a file finds the first one there.
  const waiting = [];
  let sending = null;

  area.querySelector("[data-plain]").hidden = true;

  const made = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const button = (text, act, ...about) => {
    const element = made("button", { type: "button", className: "button", textContent: text });
    if (about.length) element.setAttribute("aria-label", `${text}: ${about[0]}`);
    element.addEventListener("click", act);
    return element;
  };

  /* A row for one file: name, bar, words, buttons. */
  const rowFor = (file) => {
    const row = {
      file,
      bar: made("progress", { max: 100, value: 0 }),
      words: made("p", { className: "upload-said", textContent: gettext("Waiting") }),
      acts: made("p", { className: "upload-acts" }),
      below: made("div", { className: "upload-below" }),
    };
    row.bar.setAttribute("aria-label", file.name);
    row.item = made("li", { className: "upload-file" }, made("p", { className: "upload-name", textContent: file.name }));
    row.item.append(row.bar, row.words, row.acts, row.below);
    rows.append(row.item);
    return row;
  };

  const tell = (row, words) => {
    row.words.textContent = words;
    said.textContent = `${row.file.name}: ${words}`;
  };

  const fail = (row, words, mayRetry) => {
    row.bar.hidden = true;
    row.item.classList.add("is-refused");
    tell(row, words);
    row.acts.replaceChildren(button(gettext("Remove from the list"), () => row.item.remove(), row.file.name));
    if (mayRetry) row.acts.prepend(button(gettext("Try again"), () => enqueue(row, false), row.file.name));
  };

  const enqueue = (row, keep) => {
    row.keep = keep;
    row.item.classList.remove("is-refused", "is-question");
    row.bar.hidden = false;
    row.bar.value = 0;
    row.below.replaceChildren();
    row.acts.replaceChildren(button(gettext("Cancel"), () => cancel(row), row.file.name));
    row.words.textContent = gettext("Waiting");
    waiting.push(row);
    next();
  };

  const cancel = (row) => {
    if (row === sending) row.request.abort();
    else waiting.splice(waiting.indexOf(row), 1);
    row.item.remove();
  };

  const next = () => {
    if (sending || !waiting.length) return;
    sending = waiting.shift();
    send(sending);
  };

  const send = (row) => {
    const request = (row.request = new XMLHttpRequest());
    const data = new FormData();
    data.append("file", row.file);
    if (row.keep) data.append("keep", "1");
    request.open("POST", area.dataset.upload);
    request.setRequestHeader("X-CSRFToken", token);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      row.bar.value = (100 * event.loaded) / event.total;
      const percent = Math.floor(row.bar.value);
      row.words.textContent = percent < 100 ? `${percent}%` : gettext("The server looks at the picture…");
    });
    request.addEventListener("load", () => answered(row, request.status, request.response || {}));
    request.addEventListener("error", () => fail(row, FAILURES[0], true));
    request.addEventListener("loadend", () => {
      sending = null;
      next();
    });
    request.send(data);
  };

  const answered = (row, status, answer) => {
    if (status === 201) {
      row.item.remove();
      said.textContent = `${row.file.name}: ${gettext("uploaded")}`;
      addCard(answer.picture);
    } else if (answer.same || answer.alike) {
      ask(row, answer);
    } else {
      fail(row, answer.error || FAILURES[status] || FAILED, status >= 500);
    }
  };

  /* The library has the picture, or some like it: shown beside one's own, and the person decides. */
  const ask = (row, answer) => {
    row.bar.hidden = true;
    row.item.classList.add("is-question");
    tell(row, answer.error);
    const offered = answer.alike || [answer.same];
    const own = made("canvas", { className: "upload-own" });
    own.setAttribute("role", "img");
    own.setAttribute("aria-label", row.file.name);
    draw(row.file, own);
    row.below.replaceChildren(
      made("figure", {}, own, made("figcaption", { textContent: gettext("Your picture") })),
      ...offered.map((picture) => offer(row, picture)),
    );
    row.acts.replaceChildren();
    if (answer.alike) row.acts.append(button(gettext("Keep mine, too"), () => enqueue(row, true), row.file.name));
    row.acts.append(button(gettext("Remove from the list"), () => row.item.remove(), row.file.name));
  };

  const offer = (row, picture) => {
    const use = button(gettext("Use that one"), () => {
      row.item.remove();
      addCard(picture);
    }, picture.title);
    return made(
      "figure",
      {},
      made("img", { src: picture.thumbnail, alt: "", width: 240, height: 160 }),
      made("figcaption", { textContent: [picture.title, picture.credit].filter(Boolean).join(" · ") }),
      use,
    );
  };

  /* A file of one's own is drawn, since no address of it would pass the policy of the page. */
  const draw = async (file, canvas) => {
    try {
      const bitmap = await createImageBitmap(file, { resizeWidth: 480, resizeQuality: "medium" });
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
    } catch {
      canvas.remove();
    }
  };

  const addCard = (picture) => {
    const known = cards.querySelector(`[data-card="${picture.id}"]`);
    if (known) {
      known.scrollIntoView({ block: "nearest" });
      return;
    }
    const holder = made("ul", { innerHTML: template.innerHTML.replaceAll("__pk__", String(picture.id)) });
    const card = holder.firstElementChild;
    card.querySelector("img").src = picture.thumbnail;
    const link = card.querySelector("a");
    if (link) link.href = area.dataset.change.replace("/0/", `/${picture.id}/`);
    for (const name of ["title", "alt", "caption"]) {
      const field = card.querySelector(`[name="${picture.id}-${name}"]`);
      if (field) field.value = picture[name];
    }
    cards.hidden = false;
    cards.querySelector("[data-cards]").append(card);
  };

  /* Saving without leaving: the answer says what holds and what does not, field by field. */
  const showErrors = (errors) => {
    cards.querySelectorAll(".field-error").forEach((place) => (place.textContent = ""));
    cards.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
    for (const [key, sentences] of Object.entries(errors)) {
      const field = document.getElementById(`id_${key}`);
      const place = document.getElementById(field ? `id_${key}_error` : `${key}_error`);
      place.textContent = sentences.join(" ");
      if (!field) continue;
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", place.id);
    }
    const first = cards.querySelector("[aria-invalid]");
    if (first) first.focus();
  };

  cards.addEventListener("submit", async (event) => {
    event.preventDefault();
    const only = event.submitter && event.submitter.name === "only" ? event.submitter : null;
    const place = (only ? only.closest("[data-card]") : cards.querySelector(".new-pictures-acts")).querySelector("[data-said]");
    place.textContent = gettext("Saving…");
    try {
      const answer = await fetch(area.dataset.details, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        body: new FormData(cards, event.submitter),
      });
      const found = await answer.json();
      showErrors(found.errors || {});
      place.textContent = found.words || found.error;
      (found.saved || []).forEach((pk) => cards.querySelector(`[data-card="${pk}"]`).classList.add("is-saved"));
    } catch {
      place.textContent = gettext("Nothing was saved: the connection broke off. Please try again.");
    }
  });
  cards.addEventListener("input", (event) => {
    const card = event.target.closest("[data-card]");
    if (card) {
      card.classList.remove("is-saved");
      card.querySelector("[data-said]").textContent = "";
    }
  });

  const take = (files) => {
    for (const file of files) {
      const row = rowFor(file);
      if (file.size > Number(area.dataset.limit)) fail(row, FAILURES[413], false);
      else enqueue(row, false);
    }
  };

  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = "";
  });
  drop.addEventListener("submit", (event) => event.preventDefault());

  /* Files may be dropped anywhere on the page: beside the field the browser would open them and leave. */
  const holdsFiles = (event) => event.dataTransfer && event.dataTransfer.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.classList.remove("is-over");
    take(event.dataTransfer.files);
  });
  window.addEventListener("beforeunload", (event) => {
    if (sending || waiting.length) event.preventDefault();
  });
})();
