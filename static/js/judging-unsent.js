// The list of what has not reached the server, on every page of the desk.

export function showUnsent(place, desk) {
  const box = place.querySelector("[data-unsent]");
  const words = place.querySelector("template[data-unsent-words]");
  const waiting = desk.waiting;
  const sheets = waiting.length === 1 ? words.dataset.one : words.dataset.many.replace("{count}", waiting.length);
  const head = box.querySelector("[data-unsent-count]");
  if (head.textContent !== sheets) head.textContent = sheets;
  box.querySelector("ul").replaceChildren(...waiting.map((record) => line(record, words, desk)));
  box.hidden = waiting.length === 0;
  for (const row of document.querySelectorAll("tr[data-work]")) markRow(row, desk.unsent.get(Number(row.dataset.work)), words);
}

function line(record, words, desk) {
  const item = words.content.querySelector("li").cloneNode(true);
  const link = item.querySelector("a");
  link.href = `${desk.base}/${record.id}`;
  link.textContent = record.name;
  item.querySelector("[data-state]").textContent = said(record, words.dataset);
  const ask = item.querySelector("[data-ask]");
  if (record.refused?.kind === "closed") ask.href = `${desk.base}/${record.id}/xin-them-gio`;
  else ask.remove();
  const discard = item.querySelector("[data-discard]");
  if (record.refused?.kind === "gone") discard.addEventListener("click", () => desk.drop(record));
  else discard.remove();
  return item;
}

function said({ refused, queued }, words) {
  if (!refused) return queued ? words.queued : words.draft;
  if (refused.kind === "gone") return words.gone;
  return refused.kind === "changed" ? words.changed : refused.why;
}

function markRow(row, record, words) {
  const place = row.querySelector("[data-work-state]");
  place.querySelector("[data-local]")?.remove();
  if (!record || !(record.queued || record.refused || record.waiting)) return;
  const mark = words.content.querySelector("[data-local]").cloneNode(true);
  mark.textContent = record.refused ? words.dataset.stays : record.queued ? words.dataset.queued : words.dataset.draft;
  place.append(mark);
}
