/* Copies of unsent text in the browser's storage: one for each person, story and window. */
(function () {
  "use strict";

  const START = "newsroom-copy:";
  // Nobody looks for a copy after a month; a machine in the newsroom is used by many.
  const KEPT_DAYS = 30;

  function keyOf(place) {
    return [START + place.writer, place.story, place.tab].join(":");
  }

  /* { at, tab, entries, basedOn, seen, isSent }; says whether there was room for it. */
  function keep(place, copy) {
    const text = JSON.stringify({ ...copy, tab: place.tab, at: Date.now() });
    if (text.length > place.limit) {
      return false;
    }
    try {
      localStorage.setItem(keyOf(place), text);
      return true;
    } catch {
      // The storage is full, or forbidden by the browser.
      return false;
    }
  }

  function drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Where storage is forbidden there is no copy either.
    }
  }

  function parsed(key) {
    try {
      return { ...JSON.parse(localStorage.getItem(key)), key };
    } catch {
      return null;
    }
  }

  function keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(START));
    } catch {
      return [];
    }
  }

  /* The copies of a person and a story, newest first; the ones that are too old go. */
  function all(place) {
    const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
    keys()
      .filter((key) => !(parsed(key) && parsed(key).at > oldest))
      .forEach(drop);
    const start = [START + place.writer, place.story, ""].join(":");
    return keys()
      .filter((key) => key.startsWith(start))
      .map(parsed)
      .sort((one, other) => other.at - one.at);
  }

  storyTyping.copies = { keyOf, keep, drop, all };
})();
