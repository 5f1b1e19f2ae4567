/* Leaving the form of a story: by a button, by closing the window, by going elsewhere. */
(function () {
  "use strict";

  // A page that is still here so long after a press has stayed: the server answered with a file, or was stopped.
  const DEPARTURE_MS = 15000;

  /* `typing` tells { isUnsaved, hasMore, isClear, isReached, keepCopy, sayGoodbye, goOn }: whether anything is unsaved
     in the text or beside it, whether a press may go out as it is, and whether the server is reached now (a promise). */
  function watch(form, typing) {
    let isLeaving = false;

    function depart() {
      isLeaving = true;
      if (typing.isUnsaved()) {
        typing.keepCopy();
      }
      setTimeout(stay, DEPARTURE_MS);
    }

    function stay() {
      isLeaving = false;
      typing.goOn();
    }

    async function askFirst(button) {
      if (await typing.isReached()) {
        depart();
        form.requestSubmit(button);
      }
    }

    form.addEventListener("submit", function (event) {
      const button = event.submitter;
      // What opens elsewhere, such as a preview, leaves nothing.
      if (isLeaving || (button && (button.hasAttribute("formtarget") || button.hasAttribute("formaction")))) {
        return;
      }
      if (typing.isClear()) {
        depart();
        return;
      }
      // The text stays here until the server is there to take it: nothing is sent into the void.
      event.preventDefault();
      askFirst(button);
    });
    window.addEventListener("beforeunload", function (event) {
      if (!isLeaving && (typing.isUnsaved() || typing.hasMore())) {
        event.preventDefault();
      }
    });
    window.addEventListener("pagehide", function () {
      if (!isLeaving && typing.isUnsaved()) {
        typing.keepCopy();
      }
      typing.sayGoodbye();
    });
    window.addEventListener("pageshow", (event) => event.persisted && stay());

    return { isLeaving: () => isLeaving, depart };
  }

  storyTyping.leaving = { watch };
})();
