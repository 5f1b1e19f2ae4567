/* What a person is told while typing: one line in the bar, and notes below it. */
(function () {
  "use strict";

  function button(text, run, isMain) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text });
    made.classList.toggle("main", Boolean(isMain));
    made.addEventListener("click", run);
    return made;
  }

  /* The sheet of all this comes when there is something to say. */
  function dress() {
    bodyEditor.dress(document.getElementById("typing-notes").dataset.sheet);
  }

  function clock(at) {
    return new Date(at).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
  }

  /* The line in the bar: `kind` is "good", "warn" or "bad". The same words are not read out again. */
  function say(kind, text, ...buttons) {
    const line = document.getElementById("typing-status");
    if (line.dataset.said === kind + text) {
      return;
    }
    line.dataset.said = kind + text;
    dress();
    line.className = "typing-status " + kind;
    line.replaceChildren(text, ...buttons);
  }

  /* Who else has the story open; with a way to take it over where somebody holds it. Who has just lost it is told so
     wherever they scroll. */
  function sayOthers(text, takeOver, isLost) {
    const note = document.getElementById("typing-others");
    const said = text + (takeOver ? "+" : "");
    if (note.dataset.said === said) {
      return;
    }
    note.dataset.said = said;
    dress();
    note.hidden = !text;
    note.classList.toggle("lost", Boolean(isLost));
    note.replaceChildren(text, ...(takeOver ? [button(gettext("Take over"), takeOver)] : []));
  }

  /* A copy that was never sent: `acts` are use(), compare() and drop(). Resolves when one of them has settled it. */
  function offer(copy, title, acts) {
    return new Promise(function (resolve) {
      dress();
      const note = document.createElement("section");
      const told = document.createElement("div");
      note.className = "unreleased typing-note typing-offer";
      note.id = "typing-offer";
      const at = new Date(copy.at);
      const day = `${String(at.getDate()).padStart(2, "0")}/${String(at.getMonth() + 1).padStart(2, "0")}`;
      const words = { time: clock(copy.at), day, title };
      const text = title
        ? gettext("There is unsent text of %(time)s, %(day)s: “%(title)s”.")
        : gettext("There is unsent text of %(time)s, %(day)s.");
      const settle = (act) => function () {
        note.remove();
        act();
        resolve();
      };
      const compare = async function () {
        told.replaceChildren(...(await acts.compare()));
      };
      note.append(
        interpolate(text, words, true) + " ",
        button(gettext("Use this copy"), settle(acts.use), true),
        ...(acts.compare ? [button(gettext("See what differs"), compare)] : []),
        button(gettext("Drop it"), settle(acts.drop)),
        told,
      );
      document.getElementById("typing-notes").prepend(note);
    });
  }

  /* What a copy would change, part by part; the marks come from the server, which has escaped the text. */
  function differences(found) {
    if (!found.length) {
      return [gettext("It says the same as what is saved.")];
    }
    return found.map(function ({ label, marked }) {
      const part = document.createElement("div");
      const heading = Object.assign(document.createElement("strong"), { textContent: label });
      const text = Object.assign(document.createElement("div"), { className: "marked", innerHTML: marked });
      part.append(heading, text);
      return part;
    });
  }

  storyTyping.notes = { button, clock, say, sayOthers, offer, differences };
})();
