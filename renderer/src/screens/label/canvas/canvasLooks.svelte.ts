// How each object of the canvas looks now, and which lie among the idle ones: hovering changes none of
// those, selecting changes what is selected.
import type { Annotation, AnnotationId } from '../../../../../electron/api/types.ts';
import { hatchOf } from '../../../canvas/hatch.ts';
import { lookOf, makeLooks, type LiveLook, type ObjectLook } from '../../../canvas/look.ts';
import type { App } from '../../../state/app.svelte.ts';

/** More selected objects than these lie among the idle ones: painting them is no longer quick. */
const MOST_LIVE = 24;

interface Given {
  readonly colorOf: (annotation: Annotation) => string;
  readonly hidden: () => boolean;
}

export class CanvasLooks {
  readonly #app: App;
  readonly #given: Given;
  readonly #make = makeLooks();

  constructor(app: App, given: Given) {
    this.#app = app;
    this.#given = given;
  }

  /** The object that a stroke paints on is drawn by the overlay meanwhile. */
  readonly #painted: AnnotationId | null = $derived.by(() => {
    const { active } = this.#app.tools;
    return active.tool === 'brush' || active.tool === 'eraser'
      ? (active.state.stroke?.target?.id ?? null)
      : null;
  });
  readonly #edited: AnnotationId | null = $derived.by(() => {
    const { active } = this.#app.tools;
    return active.tool === 'polygon' && active.state.kind === 'editing' ? active.state.id : null;
  });
  readonly #hatches: ReadonlyMap<number, number> = $derived.by(() => {
    const { categories, settings } = this.#app.session;
    return new Map(categories.map(({ id }, place) => [id, hatchOf(place, settings.classHatch)]));
  });

  /** All that are shown, back to front; none of them hovered. */
  readonly objects: readonly ObjectLook[] = $derived.by(() =>
    this.#make(
      this.#given.hidden() ? [] : this.#app.document.visible,
      this.#given.colorOf,
      (annotation) => this.#flagsOf(annotation),
    ),
  );
  readonly #shown: readonly ObjectLook[] = $derived.by(() =>
    this.objects.filter((look) => look.key !== this.#edited),
  );
  readonly #selected: readonly ObjectLook[] = $derived.by(() =>
    this.#shown.filter((look) => look.selected),
  );
  readonly #areFew: boolean = $derived(this.#selected.length <= MOST_LIVE);

  /** Contours of idle objects; of many selected ones too, over the others. */
  readonly outlined: readonly ObjectLook[] = $derived.by(() => {
    const others = this.#shown.filter((look) => !look.selected);
    return this.#areFew ? others : [...others, ...this.#selected];
  });
  /** Fills of idle objects. */
  readonly filled: readonly ObjectLook[] = $derived.by(() =>
    this.#shown.filter((look) => look.key !== this.#painted && !(look.selected && this.#areFew)),
  );
  /** Selected objects, the hovered one last. */
  readonly live: { filled: readonly LiveLook[]; outlined: readonly LiveLook[] } = $derived.by(
    () => {
      const hovered = this.#hovered;
      const selected = this.#areFew ? this.#selected : [];
      const outlined: LiveLook[] = selected
        .filter((look) => look.key !== hovered?.look.key)
        .map((look) => ({ look, idle: null }));
      if (hovered) outlined.push(hovered);
      return { outlined, filled: outlined.filter(({ look }) => look.key !== this.#painted) };
    },
  );

  readonly #hovered: LiveLook | null = $derived.by(() => {
    const id = this.#app.document.hovered;
    const look = id === null ? undefined : this.#shown.find(({ key }) => key === id);
    if (!look) return null;
    const hovered = lookOf(look.annotation, look.color, {
      ...this.#flagsOf(look.annotation),
      hovered: true,
    });
    return { look: hovered, idle: look.selected && this.#areFew ? null : look };
  });

  #flagsOf(annotation: Annotation) {
    const { document } = this.#app;
    return {
      selected: document.selection.has(annotation.id),
      hovered: false,
      draft: document.draft?.proposals.includes(annotation) ?? false,
      aside: this.#edited !== null && annotation.id !== this.#edited,
      hatch: this.#hatches.get(annotation.categoryId) ?? 0,
    };
  }
}
