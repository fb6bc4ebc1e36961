"use strict";
// One WebSocket tells everything; what is shown is drawn from `chats` alone.
const chats = new Map();
let current = null;
let socket = null;
let typingUntil = 0;

const byId = (id) => document.getElementById(id);
const make = (tag, text = "", fields = {}) => Object.assign(document.createElement(tag), { textContent: text, ...fields });
const isConnected = () => socket.readyState === WebSocket.OPEN;
const tell = (act, fields) => { byId("refused").textContent = ""; if (isConnected()) socket.send(JSON.stringify({ act, person: chats.get(current).speaker, chat: current, ...fields })); };

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };

// Text and entities become nodes, never HTML: what people and bots write is not trusted.
function drawText(text, entities) {
  const root = document.createDocumentFragment();
  const draw = (parent, from, to, inside) => {
    let at = from;
    for (let index = 0; index < inside.length; ) {
      const entity = inside[index];
      const end = entity.offset + entity.length;
      const nested = [];
      for (index += 1; index < inside.length && inside[index].offset < end; index += 1) nested.push(inside[index]);
      parent.append(text.slice(at, entity.offset));
      const node = drawEntity(entity, text.slice(entity.offset, end));
      draw(node, entity.offset, end, nested);
      parent.append(node);
      at = end;
    }
    parent.append(text.slice(at, to));
  };
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  draw(root, 0, text.length, sorted);
  return root;
}

function drawEntity(entity, text) {
  if (entity.type === "text_link" || entity.type === "url") {
    const url = entity.url || text;
    const safe = /^https?:/.test(url) ? url : "about:blank";
    return make("a", "", { href: safe, target: "_blank", rel: "noreferrer noopener" });
  }
  if (entity.type === "bot_command") {
    const link = make("a", "", { href: "#" });
    link.addEventListener("click", (event) => { event.preventDefault(); tell("say", { text }); });
    return link;
  }
  return make(TAGS[entity.type] || "span");
}

function drawMessage(message) {
  const box = make("div", "", { className: message.mine ? "message mine" : "message", id: `message-${message.id}` });
  const head = [message.sender, message.topic && `# ${message.topic}`].filter(Boolean).join(" · ");
  if (head) box.append(make("span", head, { className: "time", dir: "auto" }));
  const bubble = make("div", "", { className: "bubble", dir: "auto" });
  if (message.quote) bubble.append(make("blockquote", message.quote));
  if (message.attachment && message.attachment !== "document") bubble.append(`[${message.attachment}] `);
  if (message.document) bubble.append(make("a", `📄 ${message.document.name}`, { href: message.document.url, download: message.document.name }), "\n");
  bubble.append(drawText(message.text, message.entities));
  box.append(bubble);
  for (const row of message.buttons) {
    const line = make("div", "", { className: "row" });
    for (const button of row) {
      const drawn = make("button", button.text, { dir: "auto" });
      drawn.addEventListener("click", () => button.url ? window.open(button.url, "_blank", "noreferrer") : tell("press", { message: message.id, button: button.callback_data }));
      line.append(drawn);
    }
    box.append(line);
  }
  const time = new Date(message.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  box.append(make("span", time + (message.edited ? " ✎" : ""), { className: "time" }));
  if (message.group && message.text) box.append(drawReply(message));
  if (message.mine && message.text && !message.text.startsWith("/")) box.append(drawWhy(message));
  return box;
}

// In a group one can reply to a message: what is written next is said to it.
function drawReply(message) {
  const words = chats.get(current).words;
  const reply = make("button", "↩", { title: words.reply, ariaLabel: words.reply, className: "reply" });
  reply.addEventListener("click", () => { chats.get(current).replyTo = message; drawComposer(); byId("text").focus(); });
  return reply;
}

// Who speaks in a group, and to which message.
function drawComposer() {
  const chat = chats.get(current);
  const speakers = chat.members.length > 1 ? chat.members : [];
  byId("speaker").hidden = !speakers.length;
  byId("speaker").setAttribute("aria-label", chat.words.speaker);
  byId("speaker").replaceChildren(...speakers.map((one) => make("option", one.name, { value: one.id, selected: one.id === chat.speaker })));
  byId("replying").textContent = chat.replyTo ? `↩ ${chat.replyTo.text.slice(0, 60)}` : "";
}

// What somebody typed can be asked about: how it was understood, and what spoke for each answer.
function drawWhy(message) {
  const why = make("div", "", { className: "why" });
  const ask = make("button", "?", { title: chats.get(current).words.why, ariaLabel: chats.get(current).words.why });
  const lines = chats.get(current).whys.get(message.id);
  ask.setAttribute("aria-expanded", String(Boolean(lines)));
  ask.addEventListener("click", () => {
    if (!lines) return tell("explain", { message: message.id });
    chats.get(current).whys.delete(message.id);
    showMessage(message);
  });
  why.append(ask);
  if (lines) why.append(make("pre", lines.join("\n"), { dir: "ltr" }));
  return why;
}

// The keys beside the text field, brought by a message and there until another takes them away.
function drawKeys() {
  byId("keys").replaceChildren(...chats.get(current).keyboard.map((row) => {
    const line = make("div", "", { className: "row" });
    for (const key of row) {
      const drawn = make("button", key, { dir: "auto" });
      drawn.addEventListener("click", () => tell("key", { key }));
      line.append(drawn);
    }
    return line;
  }));
}

function drawLog() {
  const chat = chats.get(current);
  if (!chat) return;
  const log = byId("log");
  const shown = [...chat.messages.values()].filter((message) => !message.deleted);
  log.replaceChildren(...(shown.length ? shown.map(drawMessage) : [drawStart(chat)]));
  log.scrollTop = log.scrollHeight;
}

function drawStart(chat) {
  const row = make("div", "", { className: "row", id: "begin" });
  const start = make("button", chat.words.start);
  start.addEventListener("click", () => tell("say", { text: "/start" }));
  row.append(start);
  return row;
}

// Only the message that changed is drawn again, so that what somebody reads or has the focus on stays where it is.
function showMessage(message) {
  const log = byId("log");
  const old = byId(`message-${message.id}`);
  if (message.deleted) return old?.remove();
  if (old) return old.replaceWith(drawMessage(message));
  byId("begin")?.remove();
  log.append(drawMessage(message));
  log.scrollTop = log.scrollHeight;
}

function drawPeople() {
  const chat = chats.get(current);
  const people = [...chats.values()].map((one) => {
    const button = make("button", one.name, { dir: "auto" });
    button.setAttribute("aria-pressed", String(one.chat === current));
    button.addEventListener("click", () => choose(one.chat));
    return button;
  });
  const form = make("form", "", { dir: chat.direction });
  const name = make("input", "", { placeholder: chat.words.name, ariaLabel: chat.words.name, required: true, maxLength: 64, dir: "auto", id: "new-name" });
  const language = make("select", "", { ariaLabel: chat.words.language, id: "new-language" });
  for (const [code, label] of Object.entries(chat.languages)) language.append(make("option", label, { value: code }));
  const group = make("button", chat.words.group, { type: "button", id: "new-group" });
  group.addEventListener("click", () => tell("group", { name: chat.words.team }));
  form.append(name, language, make("button", chat.words.add), group);
  form.addEventListener("submit", (event) => { event.preventDefault(); tell("add", { name: name.value, language: language.value }); });
  byId("people").setAttribute("aria-label", chat.words.people);
  byId("people").replaceChildren(...people, form);
}

function choose(id) {
  current = id;
  const chat = chats.get(id);
  document.documentElement.lang = chat.locale;
  const main = document.querySelector("main");
  main.dir = chat.direction;
  byId("text").placeholder = chat.words.write;
  byId("text").setAttribute("aria-label", chat.words.write);
  byId("send").setAttribute("aria-label", chat.words.send);
  closeMenu();
  drawPeople();
  drawKeys();
  drawLog();
  drawComposer();
  byId("text").focus();
}

function openMenu(opener, choices) {
  const wasOpen = opener.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (wasOpen) return;
  byId("menu").replaceChildren(...choices.map(([label, act]) => {
    const button = make("button", label, { dir: "auto" });
    button.addEventListener("click", () => { closeMenu(); act(); byId("text").focus(); });
    return button;
  }));
  byId("menu").hidden = false;
  opener.setAttribute("aria-expanded", "true");
  byId("menu").querySelector("button")?.focus();
}

function closeMenu() {
  byId("menu").hidden = true;
  for (const id of ["commands", "attach"]) byId(id).setAttribute("aria-expanded", "false");
}

function say() {
  const text = byId("text").value.trim();
  // What was typed stays in its place until there is somebody to take it.
  if (!text || !isConnected()) return;
  const chat = chats.get(current);
  tell("say", { text, reply_to: chat.replyTo ? chat.replyTo.id : null });
  chat.replyTo = null;
  drawComposer();
  byId("text").value = "";
}

const TAKE = {
  chat(given) {
    const known = chats.get(given.chat);
    chats.set(given.chat, { speaker: given.members[0].id, keyboard: [], ...known, ...given, messages: known ? known.messages : new Map(), whys: known ? known.whys : new Map() });
    current === null ? choose(given.chat) : drawPeople();
  },
  message(given) {
    chats.get(given.chat)?.messages.set(given.id, given);
    if (given.keyboard && chats.has(given.chat)) chats.get(given.chat).keyboard = given.keyboard;
    if (given.chat !== current) return;
    drawKeys();
    if (!given.mine) byId("typing").textContent = "";
    showMessage(given);
  },
  typing(given) {
    if (given.chat !== current) return;
    byId("typing").textContent = chats.get(current).words.typing;
    typingUntil = Date.now() + 5000;
    setTimeout(() => { if (Date.now() >= typingUntil) byId("typing").textContent = ""; }, 5100);
  },
  menus(given) {
    for (const [id, menu] of Object.entries(given.menus)) if (chats.has(Number(id))) chats.get(Number(id)).menu = menu;
  },
  explained(given) {
    const chat = chats.get(given.chat);
    chat.whys.set(given.id, given.lines);
    if (given.chat === current) showMessage(chat.messages.get(given.id));
  },
  refused(given) { byId("refused").textContent = given.why; },
  answered(given) { if (given.chat === current) byId("refused").textContent = given.text; },
};

function connect() {
  socket = new WebSocket(`ws://${location.host}/page/socket`);
  socket.addEventListener("message", (event) => { const given = JSON.parse(event.data); TAKE[given.kind](given); });
  socket.addEventListener("close", () => setTimeout(connect, 1000));
}

byId("composer").addEventListener("submit", (event) => { event.preventDefault(); say(); });
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(); }
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenu(); });
byId("speaker").addEventListener("change", () => { chats.get(current).speaker = Number(byId("speaker").value); });
byId("replying").addEventListener("click", () => { chats.get(current).replyTo = null; drawComposer(); });
byId("commands").addEventListener("click", () => openMenu(byId("commands"),
  chats.get(current).menu.map((one) => [`/${one.command} – ${one.description}`, () => tell("say", { text: `/${one.command}` })])));
byId("attach").addEventListener("click", () => openMenu(byId("attach"),
  ["photo", "voice", "sticker", "location"].map((kind) => [chats.get(current).words[kind], () => tell("send", { attachment: kind })])));
connect();
