// The desk of one juror on this device: what was typed and not yet confirmed, and its way to the server.
//
// A record leaves the device only when the server has confirmed it. Sheets that were sent without a connection go by
// themselves, in the order in which they were sent; what the server refuses stays, with the sentence it gave.

import { turnHeader } from "./core-turns.js";

const AGAIN = 10000;

export class Desk {
  constructor({ base, session, device }) {
    this.base = base;
    this.session = session;
    this.device = device;
    this.unsent = new Map(); // by assignment
    this.#channel = new BroadcastChannel(`judging-desk:${session.account}`);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#listeners = [];
  }

  #channel;
  #listeners;
  #writing = new Map();
  #unwritten = new Set();
  #timer = 0;

  // Listeners are told { kind: "unsent" } when the list of what waits has changed, and what other windows say.
  listen(listener) {
    this.#listeners.push(listener);
  }

  #tell(news) {
    for (const listener of this.#listeners) listener(news);
  }

  announce(news) {
    this.#channel.postMessage(news);
  }

  async #hear(news) {
    if (news.kind === "unsent") await this.read();
    else this.#tell(news);
  }

  // Read again what waits on the device.
  async read() {
    const records = (await this.device?.all("sheet/").catch(() => [])) ?? [];
    const found = new Map(records.map((record) => [record.id, record]));
    for (const id of this.#unwritten) {
      if (this.unsent.has(id)) found.set(id, this.unsent.get(id));
      else found.delete(id);
    }
    this.unsent = found;
    this.#tell({ kind: "unsent" });
  }

  // What the juror should know of: what was sent or typed without a connection, and what was refused.
  get waiting() {
    const told = [...this.unsent.values()].filter((record) => record.queued || record.refused || record.waiting);
    return told.sort((one, other) => one.order - other.order);
  }

  // Keep a record; of several in a row the last is written.
  async keep(record) {
    this.unsent.set(record.id, record);
    this.#tell({ kind: "unsent" });
    await this.#write(record.id);
  }

  // Forget a record that the server has confirmed, unless something else was typed meanwhile.
  async drop(record) {
    if (!this.#isKept(record)) return;
    this.unsent.delete(record.id);
    this.#tell({ kind: "unsent" });
    await this.#write(record.id);
  }

  // Whether nothing else was typed since: a window may have opened the sheet while it was on its way.
  #isKept(record) {
    return this.unsent.get(record.id)?.mark === record.mark;
  }

  // Until everything that was kept so far is written.
  async written() {
    await Promise.all(this.#writing.values());
  }

  async #write(id) {
    if (!this.device) return;
    this.#unwritten.add(id);
    const before = this.#writing.get(id) ?? Promise.resolve();
    const write = before.then(async () => {
      const record = this.unsent.get(id);
      if (record) await this.device.put(`sheet/${id}`, record);
      else await this.device.remove(`sheet/${id}`);
    });
    this.#writing.set(id, write.catch(() => {}));
    const mine = this.#writing.get(id);
    await mine;
    if (this.#writing.get(id) === mine) this.#unwritten.delete(id);
    this.announce({ kind: "unsent" });
  }

  // Bring a record to the server, and say what came of it.
  async deliver(record, { follow = false, mayAsk = true } = {}) {
    const { id, fields, version, seen, reason, rubric, queued } = record;
    const sent = queued ? { ...fields, version, seen, reason, rubric, follow: follow ? 1 : 0 } : { ...fields, version };
    const answer = await this.session.post(`${this.base}/${id}/${queued ? "gui" : "nhap"}`, sent, {
      headers: record.window ? turnHeader(record) : {},
      keepalive: true,
      mayAsk,
    });
    if (!answer) return { kind: "waiting" };
    const { status, body } = answer;
    if (status === 200 && body) {
      if (queued || body.turn <= (record.turn ?? 0)) await this.#remember(record, body);
      return { kind: queued ? "sent" : "saved", ...body };
    }
    if (status === 409 && body?.stored) return { kind: "changed", why: body.error, stored: body.stored };
    if (status === 404 || status === 403) return { kind: "gone" };
    if ([400, 401, 429].includes(status) || !body) return { kind: "ended" };
    return { kind: body.kind ?? "refused", why: body.error, version: body.version };
  }

  // What a sheet is opened with next time without a connection.
  async #remember(record, { version, revision, received_at: receivedAt, total }) {
    const work = await this.device?.get(`work/${record.id}`).catch(() => null);
    if (!work) return;
    work.fields = record.fields;
    if (version !== undefined) work.version = version;
    if (revision !== undefined) Object.assign(work, { seen: revision, sent: { at: receivedAt, total } });
    await this.device.put(`work/${record.id}`, work).catch(() => {});
  }

  // Send what waits, one after the other. Sheets that are open in a window see to themselves.
  async flush({ mayAsk = true } = {}) {
    clearTimeout(this.#timer);
    if (!this.device) return;
    await navigator.locks.request("judging-desk", { ifAvailable: true }, async (mine) => {
      if (!mine) return;
      await this.read();
      const records = [...this.unsent.values()].sort((one, other) => one.order - other.order);
      for (const record of records.filter((one) => !one.refused)) {
        if (!(await this.#bring(record, mayAsk))) break;
      }
    });
    if ([...this.unsent.values()].some((record) => !record.refused)) this.#timer = setTimeout(() => this.flush(), AGAIN);
  }

  async #bring(record, mayAsk) {
    return navigator.locks.request(`judging-sheet-${record.id}`, { ifAvailable: true }, async (closed) => {
      if (!closed) return true;
      const outcome = await this.deliver(record, { mayAsk });
      if (outcome.kind === "waiting" || outcome.kind === "ended") return false;
      if (outcome.kind === "sent" || outcome.kind === "saved") await this.drop(record);
      else if (this.#isKept(record)) await this.keep({ ...record, version: outcome.version ?? record.version, refused: outcome });
      return true;
    });
  }

  // While this is held, the sheet is open in a window and that window alone speaks for it.
  hold(id) {
    navigator.locks?.request(`judging-sheet-${id}`, { mode: "shared" }, () => new Promise(() => {}));
  }

  // What the server keeps of one sheet at present.
  async stored(id) {
    const answer = await this.session.get(`${this.base}/mang-theo`);
    return answer?.body?.works?.find((work) => work.id === id) ?? null;
  }

  // Take along what the desk needs without a connection: the works by name, the rubrics, the juror's own drafts.
  async takeAlong() {
    const answer = await this.session.get(`${this.base}/mang-theo`);
    if (!answer || answer.status !== 200 || !answer.body) return false;
    const { works, forms, csrf_token: token, ...desk } = answer.body;
    this.session.token = token;
    if (!this.device) return true;
    const kept = new Map((await this.device.all("work/")).map((work) => [work.id, work]));
    await Promise.all(
      works.map((work) => {
        const before = kept.get(work.id);
        kept.delete(work.id);
        return before && before.version > work.version ? null : this.device.put(`work/${work.id}`, work);
      }),
    );
    await Promise.all([...kept.keys()].map((id) => this.device.remove(`work/${id}`)));
    await Promise.all(Object.entries(forms).map(([key, html]) => this.device.put(`form/${key}`, { html })));
    await this.device.put("desk", { ...desk, order: works.map((work) => work.id) });
    return true;
  }
}
