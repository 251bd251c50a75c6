// Elements of the page, and new ones.

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element #${id}`);
  return found as T;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// Our own texts have no other markup than `code`.
export function withCode(text: string): (Node | string)[] {
  return text.split(/`([^`\n]+)`/).map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// A list of tabs: one is selected, the arrow keys select the next, and Tab leaves the list.
export class TabList {
  private readonly tabs: HTMLButtonElement[];

  constructor(
    list: HTMLElement,
    private readonly selected: (name: string) => void,
  ) {
    this.tabs = [...list.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
    for (const tab of this.tabs) tab.onclick = () => this.choose(tab);
    list.onkeydown = (event) => this.move(event);
  }

  select(name: string): void {
    for (const tab of this.tabs) {
      const chosen = tab.dataset.name === name;
      tab.ariaSelected = String(chosen);
      tab.tabIndex = chosen ? 0 : -1;
    }
  }

  show(names: string[]): void {
    for (const tab of this.tabs) tab.hidden = !names.includes(tab.dataset.name ?? "");
  }

  private choose(tab: HTMLButtonElement): void {
    this.select(tab.dataset.name ?? "");
    this.selected(tab.dataset.name ?? "");
  }

  private move(event: KeyboardEvent): void {
    const visible = this.tabs.filter((tab) => !tab.hidden);
    const at = visible.findIndex((tab) => tab.ariaSelected === "true");
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : visible.at(to % visible.length);
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
    next.focus();
  }
}
