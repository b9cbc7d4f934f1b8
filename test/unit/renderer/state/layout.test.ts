// What is remembered of panels: sizes and what is folded, between two starts of the window.
import { describe, expect, it } from 'vitest';
import { Layout } from '../../../../renderer/src/state/layout.svelte.ts';

function storage(saved: string | null = null) {
  let kept = saved;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}

describe('the layout', () => {
  it('begins the next time as it was left', () => {
    const kept = storage();
    const layout = new Layout(kept);
    layout.toggle('reading');
    layout.resize('strip', 180.4);
    const next = new Layout(kept);
    expect(next.collapsed).toEqual({
      images: false,
      inspector: false,
      strip: false,
      reading: true,
    });
    expect(next.sizes.strip).toBe(180);
  });

  it('shows what an earlier layout says nothing of', () => {
    const saved = JSON.stringify({ sizes: {}, collapsed: { strip: true } });
    const { collapsed } = new Layout(storage(saved));
    expect([collapsed.strip, collapsed.reading]).toEqual([true, false]);
  });

  it('folds all panels at once and leaves the rest as it is', () => {
    const layout = new Layout(storage());
    layout.toggleAll();
    const { images, inspector, strip, reading } = layout.collapsed;
    expect([images, inspector, strip, reading]).toEqual([true, true, true, false]);
  });

  it('does without what is damaged', () => {
    for (const saved of ['{', '[]', 'null', '{"sizes":3}'])
      expect(new Layout(storage(saved)).collapsed.reading).toBe(false);
  });
});
