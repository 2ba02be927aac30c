// Suggestions below a search field: an editable combobox with a list box (ARIA Authoring Practices).
// Arrow keys walk, Enter opens what is marked or searches, Escape closes. Without this script the form works as it is.

const PAUSE = 150; // milliseconds without typing before asking
const SHORTEST = 2; // letters

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.active = -1;
    this.entries = [];
    this.build();
    this.listen();
  }

  build() {
    this.list = document.createElement("ul");
    this.list.id = `${this.input.id}-list`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.form.dataset.listLabel);
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.input.after(this.list, this.status);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(attributes).forEach(([name, value]) => this.input.setAttribute(name, value));
  }

  listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  async ask() {
    this.request?.abort();
    const query = this.input.value.trim();
    if (query.length < SHORTEST) {
      this.close();
      return;
    }
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?${new URLSearchParams({ q: query })}`, { signal: this.request.signal });
      if (answer.ok) {
        this.show((await answer.json()).suggestions);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.close(); // offline: the form still searches
      }
    }
  }

  show(entries) {
    if (document.activeElement !== this.input) {
      return;
    }
    this.entries = entries;
    this.list.replaceChildren(...entries.map((entry, number) => this.option(entry, number)));
    this.mark(-1);
    this.expand(entries.length > 0);
    const { countOne, countMany } = this.form.dataset;
    this.status.textContent = entries.length === 1 ? countOne : countMany.replace("{count}", entries.length);
  }

  option({ label, kind }, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const note = document.createElement("span");
    note.className = "caption";
    note.textContent = kind;
    option.append(label, " ", note);
    return option;
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.entries.length > 0) {
      event.preventDefault();
      this.expand(true);
      const size = this.entries.length + 1; // the field itself is one stop
      this.mark(((this.active + 1 + steps[event.key] + size) % size) - 1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.active]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  mark(number) {
    this.active = number;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === number)));
    const option = this.list.children[number];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  open(option) {
    if (option) {
      window.location.assign(this.entries[[...this.list.children].indexOf(option)].url);
    }
  }

  expand(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.mark(-1);
    this.expand(false);
    this.status.textContent = "";
  }
}

document.querySelectorAll("form[data-suggest]").forEach((form) => new Suggestions(form));
