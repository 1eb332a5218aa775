// The viewer of files: turning pages, size, panning, speed, and going on where one stopped. Without this module the
// pages simply stand one below the other, and recordings have the player of the browser.

const SMALLEST = 0.25;
const LARGEST = 5;
const STEP = 1.25;
const SHARP = 1.4; // from this size on a picture is shown from its larger file

const frames = []; // what keys act on: {element, turn, zoom, fit} or {element, toggle, skip}
let active = null;

// Pages and pictures --------------------------------------------------------------------------------------------------

function equip(pages, bar) {
  const sheets = [...pages.children];
  const field = bar.querySelector("[data-page]");
  const turns = [...bar.querySelectorAll("[data-turn]")];
  let current = 0;
  let size = 1;

  function show() {
    if (document.activeElement !== field) field.value = String(current + 1);
    for (const button of turns) {
      const wanted = current + Number(button.dataset.turn);
      button.disabled = wanted < 0 || wanted >= sheets.length;
    }
  }

  function go(wanted) {
    current = Math.min(Math.max(wanted, 0), sheets.length - 1);
    pages.scrollTo({ top: sheets[current].offsetTop - sheets[0].offsetTop });
    show();
  }

  // The point in the middle of the frame stays there while the size changes.
  function enlarge(wanted) {
    const middle = {
      x: (pages.scrollLeft + pages.clientWidth / 2) / pages.scrollWidth,
      y: (pages.scrollTop + pages.clientHeight / 2) / pages.scrollHeight,
    };
    size = Math.min(Math.max(wanted, SMALLEST), LARGEST);
    pages.style.setProperty("--size", size);
    pages.classList.toggle("zoomed", size > 1);
    bar.querySelector("[data-percent]").textContent = `${Math.round(size * 100)} %`;
    if (size >= SHARP) sharpen(sheets[current]);
    pages.scrollTo({
      left: middle.x * pages.scrollWidth - pages.clientWidth / 2,
      top: middle.y * pages.scrollHeight - pages.clientHeight / 2,
      behavior: "instant",
    });
  }

  function fit(what) {
    const picture = sheets[current].querySelector("img");
    const shown = picture.getBoundingClientRect();
    const room = pages.clientHeight - 2 * Number.parseFloat(getComputedStyle(pages).paddingTop);
    enlarge(what === "page" ? (size * room) / shown.height : 1);
    go(current);
  }

  bar.querySelector("[data-page-count]").textContent = String(sheets.length);
  bar.querySelector("[data-turning]").hidden = sheets.length < 2;
  for (const button of turns) button.addEventListener("click", () => go(current + Number(button.dataset.turn)));
  for (const button of bar.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => enlarge(size * STEP ** Number(button.dataset.zoom)));
  }
  for (const button of bar.querySelectorAll("[data-fit]")) {
    button.addEventListener("click", () => fit(button.dataset.fit));
  }
  field.addEventListener("focus", () => field.select());
  field.addEventListener("change", () => {
    const wanted = Number.parseInt(field.value, 10);
    field.value = "";
    go(Number.isNaN(wanted) ? current : wanted - 1);
    field.value = String(current + 1);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    field.dispatchEvent(new Event("change"));
    field.select();
  });
  pages.addEventListener(
    "scroll",
    () => {
      const middle = pages.scrollTop + pages.clientHeight / 3;
      const passed = sheets.filter((sheet) => sheet.offsetTop - sheets[0].offsetTop <= middle);
      current = Math.max(0, passed.length - 1);
      if (size >= SHARP) sharpen(sheets[current]);
      show();
    },
    { passive: true },
  );
  pages.before(bar);
  drag(pages);
  enlarge(1);
  show();
  remember({
    element: pages.closest("[data-viewed]"),
    turn: (by) => go(current + by),
    zoom: (by) => (by ? enlarge(size * STEP ** by) : fit("width")),
  });
}

function sharpen(sheet) {
  const picture = sheet.querySelector("img");
  if (picture.src !== sheet.href) picture.src = sheet.href;
}

// What is larger than the frame is moved with the mouse; a finger scrolls by itself.
function drag(pages) {
  let start = null;
  let moved = false;
  pages.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    start = { x: event.clientX, y: event.clientY, left: pages.scrollLeft, top: pages.scrollTop };
    moved = false;
  });
  addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x, y] = [event.clientX - start.x, event.clientY - start.y];
    if (!moved && Math.hypot(x, y) < 5) return;
    moved = true;
    pages.classList.add("dragged");
    pages.scrollTo({ left: start.left - x, top: start.top - y, behavior: "instant" });
  });
  addEventListener("pointerup", () => {
    start = null;
    pages.classList.remove("dragged");
  });
  pages.addEventListener("dragstart", (event) => event.preventDefault());
  pages.addEventListener(
    "click",
    (event) => {
      if (moved) event.preventDefault();
      moved = false;
    },
    true,
  );
}

// Sound and film ------------------------------------------------------------------------------------------------------

const POSITIONS = "viewer:positions";
const SPEED = "viewer:speed";
const MOST = 200; // recordings whose place is remembered on this device
const WORTH = 15; // seconds: nobody needs to be led back to less

const device = {
  read(name, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // Without storage a recording begins at its beginning.
    }
  },
};

function clockTime(seconds) {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60) % 60;
  const parts = [minutes, whole % 60].map((part) => String(part).padStart(2, "0"));
  return whole >= 3600 ? [Math.floor(whole / 3600), ...parts].join(":") : parts.join(":");
}

function listen(player, bar) {
  const media = player.querySelector("audio, video");
  const key = new URL(media.querySelector("source").src).pathname;
  const speed = bar.querySelector("[data-speed]");
  const resumed = bar.querySelector("[data-resumed]");
  const frame = { element: player.closest("[data-viewed]"), toggle, skip };
  let noted = 0;

  function note() {
    const positions = device.read(POSITIONS, {});
    delete positions[key];
    const finished = media.duration - media.currentTime < 3;
    if (media.currentTime >= WORTH && !finished) positions[key] = Math.floor(media.currentTime);
    device.write(POSITIONS, Object.fromEntries(Object.entries(positions).slice(-MOST)));
    noted = media.currentTime;
  }

  function goOn() {
    const at = device.read(POSITIONS, {})[key];
    if (!at || at >= media.duration - 3) return;
    media.currentTime = at;
    const words = resumed.querySelector("[data-resumed-words]");
    words.textContent = words.dataset.resumedWords.replace("{at}", clockTime(at));
    resumed.hidden = false;
  }

  function toggle() {
    if (media.paused) media.play();
    else media.pause();
  }

  function skip(by) {
    media.currentTime = Math.min(Math.max(media.currentTime + by, 0), media.duration || 0);
  }

  for (const button of bar.querySelectorAll("[data-skip]")) {
    button.addEventListener("click", () => skip(Number(button.dataset.skip)));
  }
  speed.value = String(device.read(SPEED, 1));
  if (!speed.value) speed.value = "1";
  media.playbackRate = Number(speed.value);
  speed.addEventListener("change", () => {
    media.playbackRate = Number(speed.value);
    device.write(SPEED, Number(speed.value));
  });
  bar.querySelector("[data-from-start]").addEventListener("click", () => {
    media.currentTime = 0;
    resumed.hidden = true;
    media.focus();
  });
  if (media.readyState >= 1) goOn();
  else media.addEventListener("loadedmetadata", goOn, { once: true });
  media.addEventListener("timeupdate", () => Math.abs(media.currentTime - noted) >= 5 && note());
  media.addEventListener("pause", note);
  media.addEventListener("ended", note);
  media.addEventListener("play", () => {
    active = frame;
    resumed.hidden = true;
    media.playbackRate = Number(speed.value);
    for (const other of document.querySelectorAll("[data-player] audio, [data-player] video")) {
      if (other !== media) other.pause();
    }
    frame.element.classList.add("playing");
  });
  media.addEventListener("pause", () => frame.element.classList.remove("playing"));
  player.append(bar);
  remember(frame);
}

// Keys ----------------------------------------------------------------------------------------------------------------

function remember(frame) {
  frames.push(frame);
  for (const event of ["focusin", "pointerdown"]) frame.element.addEventListener(event, () => (active = frame));
}

// The frame that was used last and does such a thing; else the first that is open.
function able(act) {
  if (active?.[act] && active.element.open) return active;
  return frames.find((frame) => frame[act] && frame.element.open);
}

const acts = {
  j: () => able("turn")?.turn(1),
  k: () => able("turn")?.turn(-1),
  "+": () => able("zoom")?.zoom(1),
  "=": () => able("zoom")?.zoom(1),
  "-": () => able("zoom")?.zoom(-1),
  0: () => able("zoom")?.zoom(0),
  p: () => able("toggle")?.toggle(),
  ",": () => able("skip")?.skip(-10),
  ".": () => able("skip")?.skip(10),
};

const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable]";

// Where the page shows its keys they work everywhere outside fields; elsewhere only inside a file.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (document.documentElement.hasAttribute("data-keys-off") || event.target.matches(TYPED_IN)) return;
  if (!document.querySelector("[data-keys]") && !event.target.closest("[data-viewed]")) return;
  const act = acts[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

for (const viewer of document.querySelectorAll("[data-viewer]")) {
  const tools = viewer.querySelector("template[data-viewer-tools]").content.firstElementChild;
  const playing = viewer.querySelector("template[data-player-tools]").content.firstElementChild;
  for (const pages of viewer.querySelectorAll("[data-pages]")) equip(pages, tools.cloneNode(true));
  for (const player of viewer.querySelectorAll("[data-player]")) listen(player, playing.cloneNode(true));
}
