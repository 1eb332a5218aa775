// Files go to the address of their plain form, one after another, each with a bar that shows how far it is.
// Without this script the same form sends one file and the page comes back.

const words = document.querySelector("[data-uploads]")?.dataset;
const findings = document.querySelector("[data-findings]");
const queue = [];
let running = false;

const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function line(place, text, failed = false) {
  const row = document.createElement("div");
  row.className = "file";
  const told = document.createElement("p");
  told.className = failed ? "invalid-text mb-0" : "mb-0";
  told.setAttribute("role", failed ? "alert" : "status");
  told.textContent = text;
  row.append(told);
  place.before(row);
  return { row, told };
}

function take(form, files) {
  const room = Number(form.dataset.room);
  const limit = Number(form.dataset.megabytes);
  if (files.length > room) line(form, put(words.tooMany, { count: room }), true);
  for (const file of [...files].slice(0, room)) {
    if (file.size > limit * 1000000) line(form, put(words.tooLarge, { name: file.name, limit }), true);
    else queue.push({ slot: form.closest("[data-slot]"), file });
  }
  next();
}

function next() {
  if (running || !queue.length) return;
  running = true;
  const { slot, file } = queue.shift();
  const form = slot.querySelector("form[data-upload]");
  if (!form) {
    running = false;
    next();
    return;
  }
  send(slot, form, file);
}

function send(slot, form, file) {
  const shown = line(form, put(words.progress, { name: file.name, percent: 0 }));
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "btn btn-link btn-sm";
  stop.textContent = words.stop;
  shown.row.append(stop, bar);

  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded / event.total) * 100);
    bar.value = percent;
    const text = percent < 100 ? words.progress : words.working;
    shown.told.textContent = put(text, { name: file.name, percent });
  });
  const fail = (text) => {
    shown.row.remove();
    line(slot.querySelector("form[data-upload]") ?? slot.lastElementChild, text, true);
  };
  request.addEventListener("load", () => {
    if (request.status === 200 && request.response) {
      renew(slot, request.response);
    } else {
      const reason = request.response?.error;
      fail(reason ? `${file.name}: ${reason}` : put(words.interrupted, { name: file.name }));
    }
  });
  request.addEventListener("error", () => fail(put(words.interrupted, { name: file.name })));
  request.addEventListener("abort", () => shown.row.remove());
  request.addEventListener("loadend", () => {
    running = false;
    next();
  });
  stop.addEventListener("click", () => request.abort());
  request.send(body);
}

function renew(slot, answer) {
  slot.innerHTML = answer.files;
  if (findings) findings.innerHTML = answer.findings;
  for (const state of document.querySelectorAll("[data-save-state]")) state.textContent = answer.saved;
  for (const form of slot.querySelectorAll("form[data-upload]")) open(form);
}

// The button is only for the plain way; here choosing or dropping files begins at once.
function open(form) {
  const input = form.elements.file;
  input.multiple = Number(form.dataset.room) > 1;
  input.className = "visually-hidden";
  const choose = document.createElement("label");
  choose.className = "btn btn-outline-dark";
  choose.htmlFor = input.id;
  choose.textContent = words.choose;
  const drop = document.createElement("span");
  drop.className = "soft small align-self-center";
  drop.textContent = words.drop;
  const pick = document.createElement("div");
  pick.className = "file-pick d-flex flex-wrap gap-2";
  form.querySelector("button[type=submit]").remove();
  input.parentElement.replaceWith(pick);
  pick.append(input, choose, drop);
  input.addEventListener("change", () => {
    take(form, input.files);
    input.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(form, event.dataTransfer.files);
  });
}

if (words) {
  for (const form of document.querySelectorAll("form[data-upload]")) open(form);
  addEventListener("beforeunload", (event) => {
    if (running) event.preventDefault();
  });
}
