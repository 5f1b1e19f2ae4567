// What script adds to a page that is whole without it: a button that copies the story's address, videos that play in
// their place, relative times, and word to the counter of readings.
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

// The screen of a video becomes a button, and the button a player: its host is asked for nothing before that.
function playerOf(address, title) {
  const player = document.createElement("iframe");
  const asked = new URL(address);
  asked.searchParams.set("autoplay", "1");
  player.className = "video-screen";
  player.title = title;
  player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // YouTube plays nothing for a page that does not say whose it is.
  player.referrerPolicy = "strict-origin-when-cross-origin";
  player.src = asked;
  return player;
}

for (const video of document.querySelectorAll(".video[data-player]")) {
  const screen = video.querySelector(".video-screen");
  if (!screen) continue;
  const button = document.createElement("button");
  const hint = document.createElement("span");
  button.type = "button";
  button.className = screen.className;
  hint.className = "video-hint";
  hint.textContent = video.dataset.play;
  button.append(hint, " ", ...screen.childNodes);
  button.addEventListener("click", () => {
    const title = button.querySelector(".video-title")?.textContent ?? "";
    const player = playerOf(video.dataset.player, title);
    button.replaceWith(player);
    player.focus();
  });
  screen.replaceWith(button);
}

// "5 phút trước" over a printed time: the words of articles/dates.py, the days of Hà Nội wherever the reader is.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function dayOf(moment) {
  return Math.floor((moment + 7 * HOUR) / DAY);
}

function relative(moment, now) {
  const passed = now - moment;
  const days = dayOf(now) - dayOf(moment);
  if (passed < -MINUTE || days > 1) return "";
  if (passed < MINUTE) return "vừa xong";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} phút trước`;
  return days ? "hôm qua" : `${Math.floor(passed / HOUR)} giờ trước`;
}

// The desk looks at the front page of another minute.
const lead = Date.parse(document.body.dataset.now) - Date.now() || 0;

function tellTimes() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    // A day without an hour is all that is known: it stays as it is printed.
    if (!time.dateTime.includes("T")) continue;
    time.dataset.printed ??= time.textContent;
    time.textContent = relative(Date.parse(time.dateTime), Date.now() + lead) || time.dataset.printed;
  }
}

if (document.querySelector("time[data-relative]")) {
  tellTimes();
  setInterval(tellTimes, MINUTE);
}

// A story counts as read once it has stood before somebody's eyes for five seconds: long enough for its lead, and not
// for who came by mistake. A tab opened aside waits until it is looked at.
const READ_AFTER = 5;
const read = document.querySelector("[data-reading]");

if (read) {
  let seen = 0;
  const watch = setInterval(() => {
    if (document.visibilityState === "visible") seen += 1;
    if (seen < READ_AFTER) return;
    clearInterval(watch);
    fetch(read.dataset.reading, { method: "POST", keepalive: true }).catch(() => {});
  }, 1000);
}
