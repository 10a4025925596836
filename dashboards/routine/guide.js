// Counts a routine down in the browser, set by set, and says at the end what was done. The page may run again meanwhile: what is
// counted stays with the element. Nothing is sent before the end or before the runner asks to log what was done so far.

const TICK_MS = 200;
// A longer gap means that the screen was off or the page asleep: nobody was guided then, so it counts for nothing.
const MOST_GAP_MS = 10_000;
// So long after sending, the runner may send once more; the page takes each routine once.
const PATIENCE_MS = 6_000;
const SOUND = "tightlog_sound";
// Sentences by their English text, from the page; what it does not know stays English.
let SENTENCES = {};
const say = (text, values = {}) => (SENTENCES[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
const HEADINGS = { ready: "Get ready", work: "Go", rest: "Rest", switch: "Change sides" };

class Sound {
  constructor() {
    try { this.isOn = localStorage.getItem(SOUND) !== "off"; } catch { this.isOn = true; }
  }
  // A browser lets a page sound only after a tap.
  unlock() {
    const Context = window.AudioContext || window.webkitAudioContext;
    try { this.context ??= new Context(); this.context.resume(); } catch { this.context = null; }
  }
  toggle() {
    this.isOn = !this.isOn;
    try { localStorage.setItem(SOUND, this.isOn ? "on" : "off"); } catch { /* it holds for this page */ }
  }
  beep(pitch, seconds) {
    if (!this.isOn || !this.context) return;
    const tone = this.context.createOscillator(), volume = this.context.createGain();
    const until = this.context.currentTime + seconds;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, this.context.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, until);
    tone.connect(volume).connect(this.context.destination);
    tone.start();
    tone.stop(until);
  }
}

// Keeps the screen on; where the browser cannot, nothing happens.
class Screen {
  async keep() {
    try { this.lock = await navigator.wakeLock.request("screen"); } catch { this.lock = null; }
  }
  release() {
    try { this.lock?.release(); } catch { /* it was given back already */ }
    this.lock = null;
  }
}

class Guide {
  constructor(root, data) {
    this.find = name => root.querySelector("." + name);
    this.key = data.key;
    this.phases = data.phases;
    this.exercises = data.exercises;
    this.sound = new Sound();
    this.screen = new Screen();
    this.seen = () => { if (!document.hidden && this.state === "running") this.screen.keep(); };
    this.translate(root);
    this.listen();
    this.begin();
    // Shown once it is filled, so that nothing in it moves.
    this.find("guide").hidden = false;
  }

  // What stands in the markup: buttons, and the names of parts.
  translate(root) {
    for (const part of root.querySelectorAll("button")) part.textContent = say(part.textContent);
    for (const part of root.querySelectorAll("[aria-label]")) part.setAttribute("aria-label", say(part.getAttribute("aria-label")));
  }

  // From the beginning, as a routine of its own.
  begin() {
    this.token = Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");
    this.place = 0;
    this.left = this.phases[0].seconds * 1000;
    this.state = "waiting";
    // Per exercise: ms of work, and ms with its rests.
    this.worked = {};
    this.spent = {};
    this.sent = null;
    this.isSaved = false;
    this.find("said").textContent = "";
    document.addEventListener("visibilitychange", this.seen);
    this.draw();
  }

  listen() {
    const on = (name, act) => { this.find(name).onclick = () => { this.sound.unlock(); act(); }; };
    on("start", () => (this.state === "running" ? this.pause("") : this.run()));
    on("next", () => { this.last = performance.now(); this.go(this.place + 1); });
    on("sound", () => { this.sound.toggle(); this.draw(); });
    on("leave", () => this.ask());
    on("go_on", () => { this.find("leaving").hidden = true; this.find("start").focus(); });
    on("drop", () => this.end(say("Nothing was logged.")));
    on("log", () => this.send(this.done(0)));
    on("again", () => this.post());
    on("repeat", () => { this.begin(); this.find("start").focus(); });
  }

  run() {
    this.state = "running";
    this.find("leaving").hidden = true;
    this.find("said").textContent = "";
    this.last = performance.now();
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.screen.keep();
    this.draw();
  }

  pause(why) {
    this.state = "paused";
    clearInterval(this.timer);
    this.screen.release();
    this.find("said").textContent = why;
    this.draw();
  }

  tick() {
    if (!this.find("guide").isConnected) { this.stop(); return; }
    const now = performance.now(), gap = now - this.last;
    this.last = now;
    if (gap > MOST_GAP_MS) { this.pause(say("Paused while the screen was off.")); return; }
    const before = Math.ceil(this.left / 1000), counted = Math.min(gap, this.left), phase = this.phases[this.place];
    this.left -= gap;
    const add = (sums, ms) => { sums[phase.intervention] = (sums[phase.intervention] ?? 0) + ms; };
    if (phase.kind === "work") add(this.worked, counted);
    if (phase.kind !== "ready") add(this.spent, counted);
    const after = Math.ceil(this.left / 1000);
    if (after < before && after > 0 && after <= 3) this.sound.beep(660, 0.12);
    if (this.left <= 0) this.go(this.place + 1); else this.draw();
  }

  go(place) {
    this.place = place;
    if (place >= this.phases.length) { this.finish(); return; }
    this.left = this.phases[place].seconds * 1000;
    this.sound.beep(this.phases[place].kind === "work" ? 990 : 520, 0.35);
    this.draw();
  }

  // What was done for longer than a part of its planned work, with its minutes.
  done(part) {
    const planned = {};
    for (const phase of this.phases) {
      if (phase.kind === "work") planned[phase.intervention] = (planned[phase.intervention] ?? 0) + phase.seconds * 1000;
    }
    return Object.keys(planned)
      .filter(name => (this.worked[name] ?? 0) > 0 && this.worked[name] >= part * planned[name])
      .map(name => ({ intervention: name, minutes: Math.max(Math.round((this.spent[name] ?? 0) / 6000) / 10, 0.1) }));
  }

  // Half of an exercise counts as it done; what was skipped is not logged.
  finish() {
    const done = this.done(0.5);
    if (done.length) this.send(done); else this.end(say("Nothing was logged: every exercise was skipped."));
  }

  ask() {
    const done = this.done(0);
    this.pause("");
    if (!done.length) { this.end(say("Nothing was logged.")); return; }
    this.find("so_far").textContent = say("So far: {done}. Log it?", { done: this.words(done) });
    this.find("leaving").hidden = false;
    this.find("log").focus();
  }

  words(done) {
    return done.map(one => `${this.exercises[one.intervention].title} ${one.minutes} min`).join(", ");
  }

  send(done) {
    this.sent = done;
    this.end(say("Saving…"));
    this.post();
  }

  post() {
    this.find("again").hidden = true;
    this.trigger("finished", { token: this.token, done: this.sent });
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.unsaved(say("Not saved yet.")), PATIENCE_MS);
  }

  unsaved(words) {
    this.find("said").textContent = words;
    this.find("again").hidden = false;
  }

  // The page's answer to what was sent.
  hear(data) {
    if (this.state !== "ended" || !this.sent || this.isSaved) return;
    if (data.saved === this.token) {
      this.isSaved = true;
      clearTimeout(this.patience);
      this.find("again").hidden = true;
      this.find("said").textContent = say("Logged: {done}.", { done: this.words(this.sent) });
      this.draw();
    } else if (data.problem) {
      clearTimeout(this.patience);
      this.unsaved(data.problem);
    }
  }

  end(words) {
    this.stop();
    this.sound.beep(780, 0.6);
    this.find("said").textContent = words;
    this.draw();
  }

  stop() {
    this.state = "ended";
    clearInterval(this.timer);
    this.screen.release();
    document.removeEventListener("visibilitychange", this.seen);
  }

  draw() {
    const isEnded = this.state === "ended", set = (name, text) => {
      const element = this.find(name);
      if (element.textContent !== text) element.textContent = text;
    };
    const place = Math.min(this.place, this.phases.length - 1), phase = this.phases[place], exercise = this.exercises[phase.intervention];
    const order = Object.keys(this.exercises);
    set("where", order.length > 1 ? say("Exercise {number} of {count}", { number: order.indexOf(phase.intervention) + 1, count: order.length }) : "");
    set("title", exercise.title);
    set("how", exercise.how);
    set("caution", say("Caution: {caution}", { caution: exercise.caution }));
    if (this.drawn !== phase.intervention) {
      this.find("pictures").innerHTML = exercise.pictures;
      this.drawn = phase.intervention;
    }
    set("phase", say(isEnded ? "Done" : this.state === "paused" ? "Paused" : HEADINGS[phase.kind]));
    set("seconds", isEnded ? "" : String(Math.max(Math.ceil(this.left / 1000), 0)));
    set("detail", isEnded ? "" : this.detail(phase));
    set("start", say({ waiting: "Start", running: "Pause", paused: "Go on" }[this.state] ?? "Start"));
    set("sound", say(this.sound.isOn ? "Sound on" : "Sound off"));
    this.find("sound").setAttribute("aria-pressed", String(this.sound.isOn));
    this.find("bar").value = isEnded ? 1 : place / this.phases.length;
    this.find("start").parentElement.hidden = isEnded;
    if (isEnded) this.find("leaving").hidden = true;
    this.find("repeat").hidden = !isEnded || (this.sent !== null && !this.isSaved);
  }

  detail(phase) {
    const parts = [];
    if (phase.sets > 1) parts.push(say("Set {number} of {count}", { number: phase.set_number, count: phase.sets }));
    if (phase.side) parts.push(say(`${phase.side} side`));
    if (phase.kind === "work" && phase.repetitions > 1) {
      const each = (phase.seconds * 1000) / phase.repetitions;
      const number = Math.min(Math.floor((phase.seconds * 1000 - this.left) / each) + 1, phase.repetitions);
      parts.push(say("repetition {number} of {count}", { number, count: phase.repetitions }));
    }
    return parts.join(" · ");
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement;
  SENTENCES = data.sentences;
  if (root.guide?.key !== data.key) {
    root.guide?.stop();
    root.guide = new Guide(root, data);
  }
  root.guide.trigger = setTriggerValue;
  root.guide.hear(data);
}
