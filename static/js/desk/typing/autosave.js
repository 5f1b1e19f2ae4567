/* The form of a story saves itself, keeps a copy on this machine where it cannot, and reports who has it open.

   One exchange with the server at a time: what is unsaved is sent, else the window only reports. */
(function () {
  "use strict";

  const { fields, copies, server, notes } = storyTyping;

  let form = null;
  let place = null;
  // What the server has, as fields.key tells it, and what stood beside the text when the page came.
  let saved = "";
  let asides = "";
  let isTouched = false;
  let isBusy = null;
  let heard = Date.now();
  // Why the story does not save itself at the moment, as a sentence: somebody else saved it, or holds it.
  let outdated = "";
  let standing = { holds: false, held: false, told: "" };
  let hasTrouble = false;
  let leaving = null;
  // What was sent but for parts that could not be read: sent again when something changes.
  let partly = "";
  // The copy that was taken back into the form; it goes when the server has its text.
  let adopted = null;

  function text() {
    return fields.key(fields.read(form));
  }

  function isUnsaved() {
    return isTouched && fields.isReady() && text() !== saved;
  }

  // --- Copies on this machine

  function keepCopy(isSent) {
    const { based_on: basedOn, seen } = form.elements;
    return copies.keep(place, {
      entries: fields.read(form),
      basedOn: basedOn ? Number(basedOn.value) : 0,
      seen: seen ? seen.value : "",
      isSent: Boolean(isSent),
    });
  }

  function dropCopies() {
    copies.drop(copies.keyOf(place));
    if (adopted) {
      copies.drop(adopted);
      adopted = null;
    }
  }

  /* Why the story does not save itself now, and where what is unsaved is meanwhile. */
  function sayWhy(kind, why, ...buttons) {
    notes.say(kind, isUnsaved() ? why + " " + keptWords() : why, ...buttons);
  }

  function keptWords() {
    return keepCopy()
      ? gettext("A copy is kept on this machine.")
      : gettext("There is no room for a copy on this machine: please do not close this window.");
  }

  // --- What the server says

  function signIn() {
    window.open(place.signedIn, "desk-sign-in", "popup,width=520,height=720");
  }

  /* Tells what is wrong; true if nothing is. */
  function isWell(answer) {
    hasTrouble = answer.status === 0 || answer.status === 401;
    if (!hasTrouble) {
      heard = Date.now();
    }
    if (answer.status === 200) {
      return true;
    }
    const said = (answer.sentences || []).join(" ") || gettext("The server did not take the text.");
    if (answer.status === 0) {
      sayWhy("bad", gettext("No connection."));
    } else if (answer.status === 401) {
      sayWhy("bad", said, notes.button(gettext("Sign in again"), signIn));
    } else {
      sayWhy("warn", said);
    }
    return false;
  }

  function stand(answer) {
    if (answer.holds === undefined) {
      return;
    }
    const isLost = standing.holds && !answer.holds && answer.held;
    const lost = isLost || (standing.lost && !answer.holds) ? lostWords(answer, isLost) : "";
    standing = { holds: answer.holds, held: answer.held, told: answer.told, lost };
    notes.sayOthers(lost || answer.told, answer.held ? takeOver : null, lost);
    if (isLost) {
      notes.say("warn", answer.taken);
    }
  }

  function lostWords(answer, isNew) {
    if (!isNew) {
      return standing.lost;
    }
    const rest = isUnsaved()
      ? gettext("What you typed last is kept as a copy on this machine.")
      : gettext("What you typed is kept as a version that saved itself.");
    return answer.taken + " " + rest;
  }

  /* The form of a new story goes on as that of the draft which it has become. */
  function move(answer) {
    if (String(answer.story) === place.story) {
      return;
    }
    copies.drop(copies.keyOf(place));
    Object.assign(place, answer.addresses, { story: String(answer.story) });
    history.replaceState(null, "", place.address);
    form.action = place.address;
  }

  // --- Exchanges

  async function save() {
    if (place.story === "new" && !form.elements.title.value.trim()) {
      sayWhy("warn", gettext("The story saves itself as soon as it has a title."));
      return;
    }
    const sent = text();
    const answer = await server.tell(place, place.autosave, fields.data(form));
    if (answer.status === 409) {
      outdated = answer.sentences.join(" ");
    }
    if (!isWell(answer)) {
      return;
    }
    fields.setHidden(form, "based_on", answer.number);
    if (answer.seen) {
      fields.setHidden(form, "seen", answer.seen);
    }
    move(answer);
    stand(answer);
    sayTaken(answer, sent);
  }

  function sayTaken(answer, sent) {
    const told = interpolate(gettext("Saved by itself at %(at)s."), answer, true);
    if (answer.kept_back.length) {
      partly = sent;
      sayWhy("warn", told + " " + gettext("Not yet:") + " " + answer.kept_back.join(" "));
      return;
    }
    saved = sent;
    dropCopies();
    notes.say("good", told);
    showChecks();
  }

  /* What is still missing, for the text that has just saved itself. */
  async function showChecks() {
    const panel = document.querySelector(".desk-checks");
    const answer = panel && (await fetch(place.autosave.replace("autosave/", "checks/")).catch(() => null));
    if (answer && answer.ok && !answer.redirected) {
      panel.innerHTML = await answer.text();
    }
  }

  async function report(act) {
    const data = new FormData();
    data.append("tab", place.tab);
    if (act) {
      data.append("act", act);
    }
    const hadTrouble = hasTrouble;
    const answer = await server.tell(place, place.presence, data);
    if (isWell(answer) && hadTrouble) {
      notes.say("good", gettext("The connection is back."));
    }
    stand(answer);
    return answer;
  }

  async function takeOver() {
    await isBusy;
    const answer = await report("take");
    const basedOn = form.elements.based_on ? Number(form.elements.based_on.value) : 0;
    if (answer.status === 200 && answer.latest > basedOn && !isUnsaved()) {
      leaving.depart();
      location.reload();
      return;
    }
    beat();
  }

  async function exchange() {
    if (!isUnsaved() || text() === partly) {
      if (hasTrouble || Date.now() - heard >= place.report * 1000) {
        await report();
      }
      return;
    }
    if (outdated) {
      sayWhy("warn", outdated);
      await report();
    } else if (standing.held) {
      sayWhy("warn", gettext("The story does not save itself while it is held elsewhere."));
      await report();
    } else {
      await save();
    }
  }

  function beat() {
    if (!isBusy && !leaving.isLeaving()) {
      isBusy = exchange().finally(function () {
        isBusy = null;
      });
    }
    return isBusy;
  }

  // --- Leaving

  /* Whether a press of a button may go out as it is: the server was there a moment ago, and nothing is under way. */
  function isClear() {
    return !isBusy && !hasTrouble && navigator.onLine !== false && Date.now() - heard < 3 * place.report * 1000;
  }

  async function isReached() {
    await isBusy;
    return isWell(await server.look(place.presence));
  }

  /* For a text that is on its way by the button: the server will have it, and the copy goes at the next opening. */
  function keepSentCopy() {
    if (keepCopy(true) && adopted) {
      copies.drop(adopted);
    }
  }

  // --- Opening

  function adopt(copy) {
    adopted = copy.key;
    touch();
    if (copy.basedOn) {
      // What came after the copy's own beginning is not written over: saving shows both.
      fields.setHidden(form, "based_on", copy.basedOn);
      fields.setHidden(form, "seen", copy.seen);
    }
    if (place.story === "new") {
      // What was sent under the window's old key, and perhaps arrived, is the same story.
      place.tab = form.elements.tab.value = copy.tab;
    }
    fields.fill(form, copy.entries);
    beat();
  }

  function touch() {
    isTouched = true;
  }

  function begin(found) {
    // What the editor makes of the text on loading is no change; a form that came back with errors is all unsaved.
    const body = (name, value) => (name === "body" && fields.editor() ? fields.editor().getData() : value);
    saved = place.isUnsaved ? "" : fields.key(found.map(([name, value]) => [name, body(name, value)]));
    isTouched = isTouched || place.isUnsaved;
    asides = fields.key(found, true);
    const editor = fields.editor();
    if (editor) {
      editor.on("change", touch);
    }
    setInterval(beat, place.every * 1000);
    storyTyping.offers.make(place, form, saved, adopt);
  }

  function watch() {
    ["input", "change", "formset:added", "formset:removed"].forEach((name) => document.addEventListener(name, touch));
    // select2 and the admin's windows speak through jQuery.
    django.jQuery(form).on("change", touch);
    leaving = storyTyping.leaving.watch(form, {
      isUnsaved,
      hasMore: () => fields.key(fields.read(form), true) !== asides,
      isClear,
      isReached,
      keepCopy: () => (leaving.isLeaving() ? keepSentCopy() : keepCopy()),
      sayGoodbye: () => server.sayGoodbye(place),
      goOn: beat,
    });
    window.addEventListener("online", beat);
    window.addEventListener("focus", () => hasTrouble && beat());
    // Hidden windows are woken once a minute only: what is typed goes out before.
    document.addEventListener("visibilitychange", beat);
  }

  function whenReady(run) {
    if (fields.isReady()) {
      run();
    } else if (fields.editor()) {
      fields.editor().once("instanceReady", run);
    } else {
      setTimeout(() => whenReady(run), 100);
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const held = document.getElementById("typing-notes");
    if (!held) {
      return;
    }
    form = held.closest("form");
    place = { ...held.dataset, tab: form.elements.tab.value, isUnsaved: Boolean(held.dataset.unsaved) };
    ["every", "report", "limit"].forEach(function (name) {
      place[name] = Number(place[name]);
    });
    const found = fields.read(form);
    watch();
    report();
    whenReady(() => begin(found));
  });
})();
