// The desk without a connection: the list and the sheets, drawn from what the device keeps.

import { openSheet } from "./judging-sheet.js";

export async function showShell(desk, leave) {
  const id = Number(/\/(\d+)$/.exec(location.pathname)?.[1]);
  const [about, works] = await Promise.all([desk.device?.get("desk"), desk.device?.all("work/")]);
  const work = works?.find((one) => one.id === id);
  if (!about || (id && !work)) document.querySelector("[data-nothing]").hidden = false;
  else if (work) await showSheet(work, desk, leave);
  else showList(about, works, desk);
}

function showList(about, works, desk) {
  const part = document.querySelector("template[data-list]").content.cloneNode(true);
  part.querySelector("[data-taken]").textContent = about.at;
  const rows = part.querySelector("tbody");
  const row = rows.querySelector("tr");
  row.remove();
  for (const id of about.order) {
    const work = works.find((one) => one.id === id);
    if (work) rows.append(filled(row.cloneNode(true), work, desk));
  }
  document.querySelector("[data-place]").replaceChildren(part);
  desk.read();
}

function filled(row, work, desk) {
  row.dataset.work = work.id;
  row.querySelector(".code").textContent = work.name;
  const link = row.querySelector("a");
  link.href = `${desk.base}/${work.id}`;
  link.textContent = work.title || work.name;
  row.querySelector("small").textContent = work.category;
  const state = work.sent ? "sent" : work.version ? "draft" : "none";
  for (const mark of row.querySelectorAll("[data-as]")) mark.hidden = mark.dataset.as !== state;
  row.querySelector("[data-total]").textContent = work.sent?.total ?? "";
  return row;
}

async function showSheet(work, desk, leave) {
  const part = document.querySelector("template[data-single]").content.cloneNode(true);
  part.querySelector("[data-name]").textContent = work.name;
  part.querySelector("h1").textContent = work.title || work.name;
  part.querySelector("[data-until]").textContent = work.until;
  const kept = await desk.device.get(`form/${work.form}`);
  const form = new DOMParser().parseFromString(kept?.html ?? "", "text/html").querySelector("form");
  const isDone = work.sent && !work.editable && !desk.unsent.has(work.id);
  part.querySelector("[data-done]").hidden = !isDone;
  document.querySelector("[data-place]").replaceChildren(part);
  document.title = document.title.replace(/^.* – /, `${work.name} – `);
  if (isDone || !form) return;
  Object.assign(form.dataset, { sheet: work.id, name: work.name });
  form.action = location.pathname;
  Object.assign(form.elements.version, { value: work.version });
  Object.assign(form.elements.seen, { value: work.seen });
  if (!work.sent) form.querySelector("[data-reason]").remove();
  for (const [name, text] of Object.entries(work.fields)) {
    const field = form.elements[name];
    if (field) field.value = field.defaultValue = text;
  }
  document.querySelector("[data-form]").append(document.adoptNode(form));
  await openSheet(form, desk, { offline: true, leave });
}
