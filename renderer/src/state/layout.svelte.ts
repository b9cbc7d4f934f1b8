// Sizes of panels and what is folded: set by the user, remembered on this computer, never in the project.

export interface PanelSizes {
  images: number;
  inspector: number;
  strip: number;
}

export const PANEL_LIMITS: { readonly [name in keyof PanelSizes]: readonly [number, number] } = {
  images: [180, 520],
  inspector: [280, 440],
  strip: [108, 260],
};

/** What can be folded away: the panels, and how a tile of the review is read. */
type Foldable = keyof PanelSizes | 'reading';

const STORE = 'salience.layout';

export class Layout {
  sizes = $state<{ -readonly [name in keyof PanelSizes]: number | null }>({
    images: null,
    inspector: null,
    strip: null,
  });
  collapsed = $state<{ [name in Foldable]: boolean }>({
    images: false,
    inspector: false,
    strip: false,
    reading: false,
  });
  imageGrid = $state(false);
  /** What lies over the canvas in a small window; never remembered. */
  drawer = $state<keyof PanelSizes | null>(null);
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | null;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.#storage = storage;
    const saved = parse(storage?.getItem(STORE) ?? null);
    if (saved) {
      Object.assign(this.sizes, saved.sizes);
      Object.assign(this.collapsed, saved.collapsed);
    }
  }

  /** Width or height in design pixels: the user's, else what the window suggests. */
  size(name: keyof PanelSizes, windowWidth: number): number {
    return this.sizes[name] ?? suggested(name, windowWidth);
  }

  resize(name: keyof PanelSizes, value: number): void {
    const [least, most] = PANEL_LIMITS[name];
    this.sizes[name] = Math.round(Math.min(most, Math.max(least, value)));
    this.#save();
  }

  toggle(name: Foldable): void {
    this.collapsed[name] = !this.collapsed[name];
    this.#save();
  }

  toggleAll(): void {
    const hide = !(this.collapsed.images && this.collapsed.inspector && this.collapsed.strip);
    for (const name of ['images', 'inspector', 'strip'] as const) this.collapsed[name] = hide;
    this.#save();
  }

  #save(): void {
    this.#storage?.setItem(STORE, JSON.stringify({ sizes: this.sizes, collapsed: this.collapsed }));
  }
}

function suggested(name: keyof PanelSizes, width: number): number {
  if (name === 'images') return width < 1400 ? 200 : width >= 2400 ? 420 : 224;
  if (name === 'inspector')
    return width < 1200 ? 280 : width < 1400 ? 300 : width < 1900 ? 324 : width < 2400 ? 360 : 400;
  return width < 1200 ? 108 : width < 1900 ? 136 : width < 2400 ? 168 : 216;
}

function parse(saved: string | null): { sizes: object; collapsed: object } | null {
  if (!saved) return null;
  try {
    const value: unknown = JSON.parse(saved);
    if (typeof value !== 'object' || value === null) return null;
    const { sizes, collapsed } = value as { sizes?: unknown; collapsed?: unknown };
    return typeof sizes === 'object' && sizes && typeof collapsed === 'object' && collapsed
      ? { sizes, collapsed }
      : null;
  } catch {
    // A damaged layout is not worth a word: the suggested sizes are used.
    return null;
  }
}
