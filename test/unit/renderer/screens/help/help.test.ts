// The help: every page has words, what stands beside a section belongs to one, and search finds it.
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../../renderer/src/keys/commands.ts';
import { Help } from '../../../../../renderer/src/screens/help/help.svelte.ts';
import {
  ASIDES,
  KEYS_OF_SCREEN,
  PAGE_OF_SCREEN,
  pagesNow,
} from '../../../../../renderer/src/screens/help/pages.ts';
import { findPlaces } from '../../../../../renderer/src/screens/help/search.ts';
import type { App } from '../../../../../renderer/src/state/app.svelte.ts';
import type { ScreenId } from '../../../../../renderer/src/state/session/screenId.ts';

const where = (typed: string) =>
  findPlaces(pagesNow(), typed).map(({ topic, section }) => `${topic}.${section}`);

describe('pages', () => {
  const sections = pagesNow().flatMap(({ topic, sections }) =>
    sections.map(({ id }) => `${topic}.${id}`),
  );

  it('have words, and what stands beside a section belongs to one', () => {
    for (const { title, lead, sections } of pagesNow())
      for (const words of [title, lead, ...sections.flatMap((one) => [one.heading, ...one.body])])
        expect(words.trim().length).toBeGreaterThan(2);
    expect(Object.keys(ASIDES).filter((id) => !sections.includes(id))).toEqual([]);
  });

  it('name keys of commands that have some, on pages and for screens', () => {
    const bound = new Set<string>(
      COMMANDS.filter(({ keys }) => keys.length > 0).map(({ id }) => id),
    );
    const named = [
      ...Object.values(ASIDES).flatMap((aside) => aside?.commands ?? []),
      ...Object.values(KEYS_OF_SCREEN).flat(),
    ];
    expect(named.filter((id) => !bound.has(id))).toEqual([]);
  });
});

describe('search', () => {
  it('puts headings before text, and needs every word', () => {
    expect(where('judge')[0]).toBe('words.judge');
    expect(where('judge')).toContain('engines.car');
    expect(where('stored SALIENCE')).toContain('classes.threshold');
    expect(where('salience zebra')).toEqual([]);
  });

  it('takes letters with and without accents as one, and finds nothing for nothing', () => {
    expect(where('expórt')).toEqual(where('export'));
    expect(where('  ')).toEqual([]);
  });
});

describe('help', () => {
  function window(screen: ScreenId, project: object | null = {}) {
    const session = { screen, project };
    const went: ScreenId[] = [];
    const go = (to: ScreenId) => {
      went.push(to);
      session.screen = to;
    };
    return { help: new Help({ session, go } as unknown as App), went };
  }

  it('opens on the page of the screen and goes back to it', () => {
    const { help, went } = window('review');
    help.open();
    expect(help.topic).toBe(PAGE_OF_SCREEN.review);
    help.open('words', 'margin');
    expect([help.topic, help.section]).toEqual(['words', 'margin']);
    help.back();
    expect(went).toEqual(['help', 'help', 'review']);
  });

  it('pressed again stays where one reads', () => {
    const { help } = window('label');
    help.open('files');
    help.open();
    expect(help.topic).toBe('files');
  });

  it('after a reload goes back to the image, or home without a project', () => {
    expect(window('help').help.from).toBe('label');
    expect(window('help', null).help.from).toBe('home');
  });
});
