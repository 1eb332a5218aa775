// Talking to the server as one account, however long a page stays open.
//
// A token that has grown old is renewed unseen. A session that has ended is begun again in place: a dialog asks for the
// password of the same account, and what was about to be sent is sent then.

const page = document.documentElement;
let asking = null;

// What is being asked while somebody signs out would be answered to nobody.
let leaving = new AbortController();
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.sign-out, form[data-sign-out]")) return;
  leaving.abort();
  leaving = new AbortController();
}, { capture: true });

export class Session {
  // account: random id of the person; door: where a session is looked at and begun; token: of this page, if it has one
  constructor({ account, door, token = "", place }) {
    this.account = account;
    this.door = door;
    this.token = token;
    this.place = place;
    this.declined = false;
  }

  // The answer to a JSON question as { status, body }; null when there is no connection, or only half a server.
  async post(address, body, { headers = {}, keepalive = false, mayAsk = true } = {}) {
    const answer = await this.#ask(address, body, { headers, keepalive });
    if (!answer || ![400, 401].includes(answer.status)) return answer;
    const renewed = await this.renew({ mayAsk });
    if (renewed === null) return null;
    return renewed ? this.#ask(address, body, { headers, keepalive }) : { status: 401, body: answer.body };
  }

  async get(address) {
    return this.#fetch(address, { headers: { Accept: "application/json" }, signal: leaving.signal });
  }

  #ask(address, body, { headers = {}, keepalive = false } = {}) {
    return this.#fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token, ...headers },
      body: JSON.stringify(body),
      keepalive,
    });
  }

  async #fetch(address, options) {
    try {
      const response = await fetch(address, { cache: "no-store", redirect: "manual", ...options });
      if (response.type === "opaqueredirect") return { status: 401, body: null };
      if (response.status >= 500) return null;
      return { status: response.status, body: await response.json().catch(() => null) };
    } catch {
      return null;
    }
  }

  // Take the token of the present session, or begin one: true when there is one, null without a connection.
  async renew({ mayAsk = true } = {}) {
    const found = await this.get(this.door);
    if (!found?.body) return null;
    this.token = found.body.csrf_token;
    if (found.body.account === this.account) return true;
    if (found.body.account) return false; // somebody else has signed in at this browser
    if (!mayAsk || this.declined) return false;
    asking ??= this.#askPassword().finally(() => (asking = null));
    const token = await asking; // of whatever part of the page asked first
    this.token = token ?? this.token;
    this.declined = token === null;
    return token !== null;
  }

  // Ask for the password in place, until it is right or the person puts it off: the token of the session, or null.
  #askPassword() {
    const template = document.querySelector("template[data-sign-in-again]");
    const dialog = template.content.querySelector("dialog").cloneNode(true);
    const [form, password, code, problem] = ["form", "[name=password]", "[name=code]", "[data-problem]"].map((name) => dialog.querySelector(name));
    const before = document.activeElement;
    if (this.place) form.querySelector("[data-place]")?.setAttribute("href", this.place);
    document.body.append(dialog);
    dialog.showModal();
    password.focus();
    return new Promise((resolve) => {
      const close = (token) => {
        dialog.close();
        dialog.remove();
        before?.focus?.();
        if (token) {
          for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
          page.dispatchEvent(new CustomEvent("session", { detail: token }));
        }
        resolve(token);
      };
      const refuse = (sentence) => {
        problem.textContent = sentence;
        problem.hidden = false;
        password.setAttribute("aria-invalid", "true");
        password.focus();
        password.select();
      };
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        close(null);
      });
      dialog.querySelector("[data-later]").addEventListener("click", () => close(null));
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const button = form.querySelector("[type=submit]");
        button.disabled = true;
        const answer = await this.#ask(this.door, { account: this.account, password: password.value, code: code.value });
        button.disabled = false;
        if (!answer) return refuse(template.dataset.offline);
        if (answer.body?.code) {
          dialog.querySelector("[data-code]").hidden = false;
          refuse(answer.body.error);
          return code.focus();
        }
        if (answer.status !== 200) return refuse(answer.body?.error || template.dataset.offline);
        close(answer.body.csrf_token);
      });
    });
  }
}
