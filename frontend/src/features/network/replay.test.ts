import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChartAnswer, Item, Link } from '@/graphview/model/types';
import { groupOf } from '@/graphview/model/testChart';
import { parseMessage, type Notice } from '@/live/messages';
import { ChartController } from '@/features/network/ChartController';
import { takeIn } from '@/features/network/liveChart';
import replay from '../../../../tests/realtime/replay.json';

/** What a step of the sample that the server's tests wrote holds: what a reader was told, and what the server says afterwards. */
interface Step {
  readonly notices: readonly object[];
  readonly items: readonly Item[];
  readonly links: readonly Link[];
  /** Which item of the chart stands for an entity that the reader sees. */
  readonly standsFor: Readonly<Partial<Record<string, string>>>;
}

const STEPS = replay as unknown as readonly Step[];

/** What the server answers when these are asked for: the items that stand for them, and their links to what is on the chart. */
function answer({ items, links, standsFor }: Step, ids: readonly string[], among: readonly string[]): ChartAnswer {
  const asked = new Set(ids.map((id) => standsFor[id]));
  const there = new Set([...asked, ...among.map((id) => standsFor[id])]);
  return {
    items: items.filter(({ id }) => asked.has(id)),
    links: links.filter(({ source, target }) => (asked.has(source) || asked.has(target)) && there.has(source) && there.has(target)),
  };
}

function serve(step: Step): void {
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    const { operationName, variables } = JSON.parse(body) as { operationName: string; variables: { id: string; ids: string[]; among: string[] } };
    if (operationName === 'ChartItems') return Promise.resolve(Response.json({ data: { chartItems: { truncated: false, ...answer(step, variables.ids, variables.among) } } }));
    const link = step.links.find(({ id }) => id === variables.id);
    if (!link) return Promise.resolve(Response.json({ errors: [{ message: 'x', extensions: { code: 'NOT_FOUND' } }] }));
    return Promise.resolve(Response.json({ data: { link: { id: link.id, source: { id: link.source }, target: { id: link.target } } } }));
  });
}

const noticesOf = ({ notices }: Step): readonly Notice[] => notices.flatMap((said) => {
  const message = parseMessage(JSON.stringify({ n: 1, ...said }))?.message;
  return message?.type === 'notice' ? [message] : [];
});

const inOrder = <T extends { readonly id: string }>(rows: Iterable<T>): T[] => [...rows].toSorted((a, b) => a.id.localeCompare(b.id));
const holds = ({ store }: ChartController): object => {
  const { items, links } = store.content();
  return { items: inOrder(items.values()), links: inOrder(links.values()) };
};
const sorted = ({ items, links }: ChartAnswer): object => ({ items: inOrder(items), links: inOrder(links) });

/** A chart that holds what the first step shows of these items. */
function opened(first: Step, ids: readonly string[]): ChartController {
  const controller = new ChartController(groupOf);
  controller.merge({ type: 'whole' }, answer(first, ids, []));
  return controller;
}

afterEach(() => vi.unstubAllGlobals());

describe('replay of what the server told', () => {
  const [first, ...rest] = STEPS;
  if (!first) throw new Error('The sample holds no step.');

  it('leaves a chart of the whole space as a fresh one', async () => {
    const controller = opened(first, Object.keys(first.standsFor));
    for (const [at, step] of rest.entries()) {
      serve(step);
      await takeIn(controller, 'Saltmarsh', noticesOf(step), true);
      expect(holds(controller), `step ${at + 1}`).toEqual(sorted(step));
    }
  });

  it.each(first.items.map(({ id }) => id))('keeps a chart of %s alone right, and loses nobody who may be seen', async (start) => {
    const controller = opened(first, [start]);
    for (const [at, step] of rest.entries()) {
      serve(step);
      const before = controller.store.graph.nodes();
      await takeIn(controller, 'Saltmarsh', noticesOf(step), false);
      const nodes = controller.store.graph.nodes();
      expect(holds(controller), `step ${at + 1}`).toEqual(sorted(answer(step, nodes, nodes)));
      expect(nodes).toEqual(expect.arrayContaining(before.flatMap((id) => step.standsFor[id] ?? [])));
    }
  });
});
