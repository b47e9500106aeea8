// Many files at once: each is sent in chunks, one after the other, and resumed where it stopped.
// Without this the form of the page sends them all together.
const form = document.querySelector("[data-incoming]");

if (form) {
  const { announce, item: itemAddress, review, chunk } = form.dataset;
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector("[data-drop]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const panel = document.querySelector("[data-incoming-progress]");
  const list = panel.querySelector("[data-incoming-list]");
  const status = panel.querySelector("[data-incoming-status]");
  const done = panel.querySelector("[data-incoming-done]");
  const template = document.querySelector("[data-incoming-row]");
  const size = Number(chunk);
  const queue = [];
  let working = false;
  let arrived = 0;
  let failed = 0;

  for (const part of form.querySelectorAll("[data-with-script]")) part.hidden = false;
  form.querySelector("[data-without-script]").hidden = true;

  const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const addressOf = (id, tail = "") => itemAddress.replace("/0/", `/${id}/`) + tail;

  const hex = async (blob) => {
    if (!crypto.subtle) return "";
    const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  class Refused extends Error {}

  // A connection that breaks is tried again, longer and longer apart, for about two minutes.
  const ask = async (row, address, options = {}) => {
    for (let attempt = 0; ; attempt += 1) {
      let answer = null;
      try {
        answer = await fetch(address, {
          credentials: "same-origin",
          redirect: "error",
          ...options,
          headers: { "X-CSRFToken": token, ...options.headers },
        });
      } catch {
        // The network is away, or the session ended.
      }
      if (answer && answer.status < 500) {
        const data = await answer.json().catch(() => ({}));
        if (answer.ok || answer.status === 409) return data;
        throw new Refused(data.error || "La richiesta non è stata accettata: ricarichi la pagina.");
      }
      if (attempt >= 6) throw new Error("connection");
      say(row, "Connessione interrotta: riproviamo da soli.");
      await pause(Math.min(2 ** attempt, 30));
    }
  };

  const say = (row, words) => {
    row.querySelector("[data-state]").textContent = words;
  };

  const advance = (row, received, total) => {
    const percent = Math.floor((received / total) * 100);
    row.querySelector("progress").value = percent;
    say(row, `${percent}%`);
  };

  const refuse = (row, words, again) => {
    const problem = row.querySelector("[data-problem]");
    problem.textContent = words;
    problem.hidden = false;
    say(row, "");
    row.querySelector("[data-retry-line]").hidden = !again;
  };

  const send = async ({ file, row }) => {
    let item = await ask(row, announce, {
      method: "POST",
      body: JSON.stringify({ name: file.name, size: file.size, modified: file.lastModified }),
    });
    row.querySelector("[data-weight]").textContent = item.weight;
    if (item.received) {
      // Is what arrived the beginning of this very file?
      const here = await hex(file.slice(0, item.received));
      const there = await ask(row, addressOf(item.id));
      if (here && here !== there.sha256)
        item = await ask(row, addressOf(item.id, "daccapo/"), { method: "POST" });
    }
    let damaged = 0;
    while (item.state === "receiving") {
      advance(row, item.received, file.size);
      const piece = file.slice(item.received, item.received + size);
      try {
        const answer = await ask(row, addressOf(item.id, `parte/?da=${item.received}`), {
          method: "POST",
          body: piece,
          headers: { "Content-Type": "application/octet-stream", "X-Checksum": await hex(piece) },
        });
        item = { ...item, ...answer };
        damaged = 0;
      } catch (problem) {
        damaged += 1;
        if (!(problem instanceof Refused) || damaged > 2) throw problem;
      }
    }
    if (item.state === "refused") {
      refuse(row, item.error, false);
      if (item.existing) {
        const link = document.createElement("a");
        link.href = item.existing;
        link.textContent = item.existing_title;
        row.querySelector("[data-problem]").append(" ", link);
      }
      return false;
    }
    row.querySelector("progress").value = 100;
    say(row, "Arrivato, da confermare.");
    return true;
  };

  const tell = () => {
    const left = queue.length + (working ? 1 : 0);
    const parts = [left ? `${left} in arrivo` : "", arrived ? `${arrived} arrivati` : "", failed ? `${failed} non accettati` : ""];
    status.textContent = `${parts.filter(Boolean).join(", ")}.`;
    done.hidden = left > 0 || !arrived;
  };

  const work = async () => {
    if (working) return;
    while (queue.length) {
      const job = queue.shift();
      working = true;
      tell();
      try {
        if (await send(job)) arrived += 1;
        else failed += 1;
      } catch (problem) {
        failed += 1;
        const words = problem instanceof Refused ? problem.message : "La connessione non torna: quello che è arrivato è conservato, si può riprendere.";
        refuse(job.row, words, !(problem instanceof Refused));
      }
      working = false;
    }
    tell();
    if (arrived && !failed) location.assign(review);
    else if (arrived) done.focus();
  };

  const add = (files) => {
    for (const file of files) {
      const row = template.content.firstElementChild.cloneNode(true);
      row.querySelector("[data-name]").textContent = file.name;
      row.querySelector("progress").setAttribute("aria-label", `Caricamento di ${file.name}`);
      const job = { file, row };
      row.querySelector("[data-retry]").addEventListener("click", () => {
        failed -= 1;
        row.querySelector("[data-problem]").hidden = true;
        row.querySelector("[data-retry-line]").hidden = true;
        queue.push(job);
        work();
      });
      say(row, "In attesa.");
      list.append(row);
      queue.push(job);
    }
    panel.hidden = false;
    work();
  };

  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["dragenter", "dragover"])
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("drop-zone--over");
    });
  for (const name of ["dragleave", "drop"])
    zone.addEventListener(name, () => zone.classList.remove("drop-zone--over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  addEventListener("beforeunload", (event) => {
    if (working) event.preventDefault();
  });
}
