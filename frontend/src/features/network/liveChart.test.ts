import { afterEach, describe, expect, it, vi } from 'vitest';
import { reconcile } from '@/graphview/model/reconcile';
import { aLink, anItem, groupOf } from '@/graphview/model/testChart';
import type { Notice } from '@/live/messages';
import { ChartController } from '@/features/network/ChartController';
import { askAgain, belonging, MOST_NEW, sortNotices, takeIn } from '@/features/network/liveChart';

const notice = (kind: Notice['kind'], id: string, change: Notice['change'] = 'changed'): Notice =>
  ({ type: 'notice', space: 's', cursor: 'c', change, kind, id });

/** A controller with a – b, and a server that gives these answers by operation. */
function world(answers: Record<string, unknown>): ChartController {
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    const { operationName } = JSON.parse(body) as { operationName: string };
    const data = answers[operationName];
    return Promise.resolve(Response.json(data ? { data } : { errors: [{ message: 'x', extensions: { code: 'NOT_FOUND' } }] }));
  });
  const controller = new ChartController(groupOf);
  const content = { items: [anItem('a'), anItem('b')], links: [aLink('ab', 'a', 'b')] };
  controller.store.apply(reconcile(controller.store.content(), { type: 'whole' }, content));
  return controller;
}

const chartItems = (items: readonly unknown[], links: readonly unknown[]) => ({ ChartItems: { chartItems: { truncated: false, items, links } } });

afterEach(() => vi.unstubAllGlobals());

describe('sortNotices', () => {
  it('believes the last word about an id', () => {
    const batch = sortNotices([notice('entity', 'a'), notice('entity', 'a', 'gone'), notice('link', 'l', 'gone'), notice('link', 'l')]);
    expect([[...batch.items], [...batch.links], [...batch.gone]]).toEqual([[], ['l'], ['a']]);
  });

  it('leaves other kinds alone', () => {
    expect(sortNotices([notice('member', 'm'), notice('case', 'c')])).toMatchObject({ merged: false, items: new Set(), links: new Set() });
  });
});

describe('belonging', () => {
  const strangers = Array.from({ length: MOST_NEW + 5 }, (_, n) => anItem(`n${n}`));
  const onChart = (id: string): boolean => id === 'a';

  it('takes in new items only when linked to the chart', () => {
    const answer = { items: [anItem('x'), anItem('y')], links: [aLink('ax', 'a', 'x')] };
    expect(belonging(answer, onChart, false).items.map(({ id }) => id)).toEqual(['x']);
  });

  it('takes in no more than a batch may add', () => {
    expect(belonging({ items: strangers, links: [] }, onChart, true).items).toHaveLength(MOST_NEW);
  });
});

describe('takeIn', () => {
  it('shows a changed name and moves nothing', async () => {
    const controller = world(chartItems([anItem('a', { caption: 'Ana' })], [aLink('ab', 'a', 'b')]));
    const before = controller.store.place('b');
    await takeIn(controller, 's', [notice('entity', 'a')], false);
    expect(controller.store.item('a')?.caption).toBe('Ana');
    expect(controller.store.place('b')).toEqual(before);
  });

  it('takes off at once what is gone, before it asks what is left', async () => {
    const controller = world({});
    const asking = takeIn(controller, 's', [notice('entity', 'a', 'gone')], false);
    expect(controller.store.graph.nodes()).toEqual(['b']);
    await expect(asking).rejects.toThrow();
  });

  it('asks again for what lost a link by it: it has fewer now', async () => {
    const controller = world(chartItems([anItem('b', { degree: 0 })], []));
    await takeIn(controller, 's', [notice('entity', 'a', 'gone')], false);
    expect(controller.store.item('b')?.degree).toBe(0);
  });

  it('takes off a link that is gone and leaves its ends', async () => {
    const controller = world(chartItems([anItem('a'), anItem('b')], []));
    await takeIn(controller, 's', [notice('link', 'ab', 'gone')], false);
    expect([controller.store.graph.size, controller.store.graph.order]).toEqual([0, 2]);
  });

  it('takes off what may no longer be seen when asked again', async () => {
    const controller = world(chartItems([anItem('b')], []));
    await takeIn(controller, 's', [notice('entity', 'a')], false);
    expect(controller.store.graph.nodes()).toEqual(['b']);
  });

  it('draws a new link of a colleague with its other end', async () => {
    const controller = world({
      LinkEnds: { link: { id: 'bc', source: { id: 'b' }, target: { id: 'c' } } },
      ...chartItems([anItem('b'), anItem('c')], [aLink('ab', 'a', 'b'), aLink('bc', 'b', 'c')]),
    });
    await takeIn(controller, 's', [notice('link', 'bc')], false);
    expect(controller.store.graph.hasEdge('bc')).toBe(true);
  });

  it('draws a new link of somebody with whom an item of the chart was merged', async () => {
    const controller = world({
      LinkEnds: { link: { id: 'bc', source: { id: 'twin of b' }, target: { id: 'c' } } },
      ...chartItems([anItem('b', { merged: 2 }), anItem('c')], [aLink('bc', 'b', 'c')]),
    });
    await takeIn(controller, 's', [notice('link', 'bc')], false);
    expect(controller.store.graph.extremities('bc')).toEqual(['b', 'c']);
  });

  it('ignores a link that the reader may not see', async () => {
    const controller = world({});
    await takeIn(controller, 's', [notice('link', 'secret')], false);
    expect(controller.store.graph.size).toBe(1);
  });
});

describe('askAgain', () => {
  it('takes off whatever is no longer answered, items and links', async () => {
    const controller = world(chartItems([anItem('a')], []));
    await askAgain(controller, 's');
    expect([controller.store.graph.nodes(), controller.store.graph.size]).toEqual([['a'], 0]);
  });

  it('takes everything off when the server refuses', async () => {
    const controller = world({});
    await askAgain(controller, 's');
    expect(controller.store.graph.order).toBe(0);
  });
});
