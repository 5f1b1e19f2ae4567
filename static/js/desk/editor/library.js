/* The picture library over the network: what it holds, and one file at a time into it. */
bodyEditor.library = function (addresses) {
  "use strict";

  const UNREADABLE = () => gettext("The server gave no answer. Please check the connection and try again.");

  function address(name, id) {
    return addresses[name].replace("/0/", "/" + id + "/");
  }

  /* { pictures: […], next: key or null } for what is sought. Throws an Error with words for a person. */
  async function find(asked) {
    const given = Object.entries(asked).filter(([, value]) => value);
    let answer;
    try {
      const response = await fetch(addresses.library + "?" + new URLSearchParams(given), { credentials: "same-origin" });
      answer = await response.json();
    } catch {
      throw new Error(UNREADABLE());
    }
    if (answer.error) {
      throw new Error(answer.error);
    }
    return answer;
  }

  /* Sends a file; `progress` is told the share sent, 0 to 1. Resolves to { picture } for one taken in, { same } for
     one that the library has, { alike: […], error } for near ones (may be sent again with `keep`), or { error }, with
     `again` where the way was broken and not the file. */
  function send(file, keep, progress) {
    const form = new FormData();
    form.append("file", file, file.name);
    if (keep) {
      form.append("keep", "1");
    }
    return new Promise(function (resolve) {
      const request = new XMLHttpRequest();
      request.open("POST", addresses.upload);
      request.responseType = "json";
      request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      request.upload.addEventListener("progress", (event) => progress(event.loaded / event.total));
      request.addEventListener("load", () => resolve(request.response || { error: UNREADABLE(), again: true }));
      request.addEventListener("error", () => resolve({ error: UNREADABLE(), again: true }));
      request.send(form);
    });
  }

  return {
    find,
    send,
    thumbnail: (id) => address("thumbnail", id),
    form: (id) => address("form", id),
    sheet: addresses.sheet,
  };
};
