/* Text that was never sent, offered when the form of its story is opened again. */
(function () {
  "use strict";

  const { fields, copies, server, notes } = storyTyping;

  /* Whether the server has the text of a copy by now: it was sent, and this person's version came after it. */
  async function isSettled(copy, place, form, saved) {
    if (copy.tab === place.tab || fields.key(copy.entries) === saved) {
      return true;
    }
    if (place.story === "new") {
      const answer = await server.look(place.presence + "?tab=" + encodeURIComponent(copy.tab));
      return copy.isSent && Boolean(answer.story);
    }
    return copy.isSent && place.lastBy === place.writer && Number(form.elements.based_on.value) > copy.basedOn;
  }

  async function compare(copy, place, form) {
    const data = fields.data(form, copy.entries);
    data.append("compare", "1");
    const answer = await server.tell(place, place.autosave, data);
    return answer.status === 200 ? notes.differences(answer.differences) : [gettext("No connection.")];
  }

  /* One copy after the other, newest first; `saved` is the text of the form as the server has it, `adopt(copy)` takes a
     copy back into the form. */
  async function make(place, form, saved, adopt) {
    const isNew = place.story === "new";
    for (const copy of copies.all(place)) {
      if (await isSettled(copy, place, form, saved)) {
        copies.drop(copy.key);
        continue;
      }
      const title = (copy.entries.find(([name]) => name === "title") || [])[1];
      await notes.offer(copy, isNew ? title : "", {
        use: () => adopt(copy),
        compare: isNew ? null : () => compare(copy, place, form),
        drop: () => copies.drop(copy.key),
      });
    }
  }

  storyTyping.offers = { make };
})();
