// What the judging desk keeps on this device, encrypted for the one account that is signed in.
//
// Every record is sealed with AES-GCM under a key that the browser made and never hands out; its name is part of the
// seal, so that no record can stand in for another. What this protects from and what not: decisions/0007-offline-desk.

const DATABASE = "judging-desk";
const MARK = "judging-desk"; // in localStorage: whose records lie here, so that other pages need not open the database
const CACHES = "judging-desk-";
const news = new BroadcastChannel("judging-device"); // says when everything was wiped

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("keys");
    request.result.createObjectStore("kept");
  };
  return done(request);
}

class Device {
  constructor(database, account, key) {
    this.account = account;
    this.#database = database;
    this.#key = key;
    database.onversionchange = () => database.close();
    news.addEventListener("message", () => (this.#wiped = true));
  }

  #database;
  #key;
  #wiped = false;

  #name(name) {
    return `${this.account}/${name}`;
  }

  async get(name) {
    const sealed = await done(this.#database.transaction("kept").objectStore("kept").get(this.#name(name)));
    return sealed ? this.#unseal(name, sealed) : null;
  }

  // All records whose names begin alike, in the order of their names.
  async all(prefix) {
    const store = this.#database.transaction("kept").objectStore("kept");
    const range = IDBKeyRange.bound(this.#name(prefix), this.#name(`${prefix}\uffff`));
    const [names, sealed] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
    const here = names.map((name) => name.slice(this.account.length + 1));
    return Promise.all(sealed.map((record, place) => this.#unseal(here[place], record)));
  }

  // Committed at once: a page that is left must not take the last word with it. Nothing is written once another window
  // has signed out, and what was being written at that moment goes too.
  async put(name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await crypto.subtle.encrypt(this.#cipher(name, iv), this.#key, data);
    if (this.#wiped) return;
    const transaction = this.#database.transaction("kept", "readwrite", { durability: "relaxed" });
    const whole = finished(transaction);
    transaction.objectStore("kept").put({ iv, sealed }, this.#name(name));
    transaction.commit();
    await whole;
    const key = await done(this.#database.transaction("keys").objectStore("keys").get(this.account));
    if (!key) await this.remove(name);
  }

  async remove(name) {
    const transaction = this.#database.transaction("kept", "readwrite");
    transaction.objectStore("kept").delete(this.#name(name));
    await finished(transaction);
  }

  #cipher(name, iv) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(this.#name(name)) };
  }

  async #unseal(name, { iv, sealed }) {
    const data = await crypto.subtle.decrypt(this.#cipher(name, iv), this.#key, sealed);
    return JSON.parse(new TextDecoder().decode(data));
  }
}

// The store of an account; null where the browser keeps nothing (no secure connection, a private window, no room).
// Whatever lies here for another account is wiped first.
export async function openDevice(account) {
  try {
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const database = await open();
    const transaction = database.transaction(["keys", "kept"], "readwrite");
    const whole = finished(transaction);
    const keys = transaction.objectStore("keys");
    const [key, others] = await Promise.all([done(keys.get(account)), done(keys.getAllKeys())]);
    if (others.some((other) => other !== account)) {
      keys.clear();
      transaction.objectStore("kept").clear();
    }
    if (!key) keys.put(made, account);
    else keys.put(key, account);
    await whole;
    localStorage.setItem(MARK, account);
    return new Device(database, account, key ?? made);
  } catch {
    return null;
  }
}

// Whose records lie here; for the page that is shown without a connection and does not know who reads it.
export async function keptAccount() {
  try {
    const database = await open();
    const [account] = await done(database.transaction("keys").objectStore("keys").getAllKeys());
    database.close();
    return account ?? null;
  } catch {
    return null;
  }
}

// Forget everything: keys first, so that what a broken machine might leave behind cannot be read.
export async function wipe() {
  localStorage.removeItem(MARK);
  try {
    const database = await open();
    const transaction = database.transaction(["keys", "kept"], "readwrite");
    const whole = finished(transaction);
    transaction.objectStore("keys").clear();
    transaction.objectStore("kept").clear();
    await whole;
    database.close();
    news.postMessage("wiped");
    for (const name of await caches.keys()) if (name.startsWith(CACHES)) await caches.delete(name);
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(workers.map((worker) => worker.unregister()));
  } catch {
    // The browser kept nothing.
  }
}

// A moment of the server's clock, as people write it; the device only measures how long a page has been open.
export function hour(ahead = 0) {
  const now = new Date(Date.now() + ahead);
  return now.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
}
