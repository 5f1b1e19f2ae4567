// What script adds to a page that is whole without it: a button that copies the story's address.
"use strict";

for (const place of document.querySelectorAll("[data-copy-address]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  const answer = document.createElement("span");
  button.type = "button";
  button.className = "button";
  button.textContent = place.dataset.copyLabel;
  answer.className = "share-answer";
  answer.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(place.dataset.copyAddress);
      answer.textContent = place.dataset.copyDone;
    } catch {
      answer.textContent = place.dataset.copyAddress;
    }
  });
  place.append(button, answer);
}
