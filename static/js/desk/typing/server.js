/* Speaking to the server. An answer is { status, … }: status 0 says that it cannot be reached, 401 that one is signed
   out. The form's token follows what the server answers: signing in beside it makes the old one worthless. */
(function () {
  "use strict";

  // A server that says nothing for so long is not reached.
  const PATIENCE_MS = 15000;

  function token() {
    return document.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function renew(fresh) {
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) {
      field.value = fresh;
    });
  }

  async function fetched(address, options) {
    try {
      const response = await fetch(address, {
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...options,
      });
      const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
      const said = isJson ? await response.json() : {};
      if (said.token) {
        renew(said.token);
      }
      return { ...said, isJson, status: response.status >= 500 ? 0 : response.status };
    } catch {
      return { status: 0 };
    }
  }

  function look(address) {
    return fetched(address, {});
  }

  async function tell(place, address, data) {
    data.append("writer", place.writer);
    const send = function () {
      data.set("csrfmiddlewaretoken", token());
      return fetched(address, { method: "POST", body: data });
    };
    const answer = await send();
    if (answer.status !== 403 || answer.isJson) {
      return answer;
    }
    // The token is not the one of this session: with a fresh one it is asked again, once.
    const fresh = await look(place.presence);
    return fresh.status === 200 ? send() : fresh;
  }

  function sayGoodbye(place) {
    const data = new FormData();
    [["act", "leave"], ["tab", place.tab], ["csrfmiddlewaretoken", token()]].forEach(([name, value]) => data.append(name, value));
    navigator.sendBeacon(place.presence, data);
  }

  storyTyping.server = { look, tell, sayGoodbye };
})();
