// Verifies the square code of a certificate in this browser alone: no word of it leaves the page.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const page = document.querySelector("[data-seal]");
const sentence = page.dataset;

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

// The address as the square code holds it: https://…/tra-cuu/CODE#1.words.signature
function parts(text) {
  const [address, payload] = text.trim().split("#");
  const typed = address.replace(/\/+$/, "").split("/").pop().toUpperCase();
  const code = typed.replace(/[\s.\-‐-―−_]+/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const [version, words, signature, ...more] = (payload ?? "").split(".");
  const isCode = code.length === 20 && [...code].every((letter) => ALPHABET.includes(letter));
  if (!isCode || !signature || more.length) throw new SyntaxError("not a square code");
  return { code, version, words: bytes(words), signature: bytes(signature) };
}

function message({ code, version, words }) {
  const head = new TextEncoder().encode(`certificate\0${version}\0${code}\0`);
  const whole = new Uint8Array(head.length + words.length);
  whole.set(head);
  whole.set(words, head.length);
  return whole;
}

// The key that signed, or none of ours. Throws where the browser has no Ed25519.
async function signer(read, keys) {
  for (const key of keys) {
    const public_ = await crypto.subtle.importKey("raw", bytes(key.public), { name: "Ed25519" }, false, ["verify"]);
    if (await crypto.subtle.verify({ name: "Ed25519" }, public_, read.signature, message(read))) return key;
  }
  return null;
}

function say(kind, title, lines = []) {
  const answer = page.querySelector("output");
  answer.className = kind === "good" ? "verdict d-block" : "verdict revoked d-block";
  const head = document.createElement("h2");
  head.textContent = title;
  const list = document.createElement("ul");
  for (const line of lines) {
    const item = document.createElement("li");
    item.textContent = line;
    list.append(item);
  }
  answer.replaceChildren(head, ...(lines.length ? [list] : []));
}

function shown(code) {
  return code.match(/.{4}/g).join("-");
}

async function verify(text, keys) {
  let read;
  try {
    read = parts(text);
  } catch {
    return say("bad", sentence.unreadable);
  }
  let key;
  try {
    key = await signer(read, keys);
  } catch {
    return say("bad", sentence.lacking);
  }
  if (!key) return say("bad", sentence.forged);
  if (key.withdrawn_at) return say("bad", sentence.withdrawn);
  const words = new TextDecoder().decode(read.words).split("\n");
  return say("good", sentence.signed, [...words, `${sentence.code} ${shown(read.code)}`]);
}

const keys = JSON.parse(page.dataset.keys).codes;
const form = page.querySelector("form");
form.hidden = false;
page.querySelector("[data-plain]")?.remove();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  verify(form.elements.text.value, keys);
});
