/* Shows which address a new name will get while the field is left empty; the server makes it, here and on saving. */
(function () {
  "use strict";

  function follow(field) {
    const name = document.getElementById("id_name");
    if (!name) {
      return;
    }
    let asked = 0;
    const show = async function () {
      const number = (asked += 1);
      const answer = await fetch(field.dataset.slugView + "?name=" + encodeURIComponent(name.value));
      // A slow answer to an earlier question must not stand over a newer one.
      if (answer.ok && number === asked) {
        field.placeholder = (await answer.json()).slug;
      }
    };
    name.addEventListener("change", show);
    if (name.value) {
      show();
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("input[data-slug-view]").forEach(follow);
  });
})();
