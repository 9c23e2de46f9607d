import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '@/api/client';
import { reconcile } from '@/graphview/model/reconcile';
import { aLink, anItem, groupOf } from '@/graphview/model/testChart';
import { ChartController } from '@/features/network/ChartController';
import { makeActions } from '@/features/network/useActions';

vi.mock('@/api/client', async (original) => ({ ...(await original<typeof import('@/api/client')>()), ask: vi.fn() }));

function page() {
  const controller = new ChartController(groupOf);
  const content = { items: ['a', 'b'].map((id) => anItem(id)), links: [aLink('ab', 'a', 'b')] };
  controller.store.apply(reconcile(controller.store.content(), { type: 'whole' }, content));
  const onFailed = vi.fn();
  const actions = makeActions({
    controller, space: 's', writes: false, naming: () => ({ name: '', kind: null }), say: vi.fn(), onOverlay: vi.fn(), onPaths: vi.fn(), onLegend: vi.fn(), onFailed,
  }, vi.fn());
  const chosen = (): string[][] => [[...controller.store.snapshot().view.selected], [...controller.store.snapshot().view.selectedLinks]];
  return { controller, actions, onFailed, chosen };
}

describe('show', () => {
  beforeEach(() => {
    vi.mocked(ask).mockReset();
  });

  it('selects what is on the chart without asking', async () => {
    const { actions, chosen } = page();
    await actions.show(['b', 'ab']);
    expect(ask).not.toHaveBeenCalled();
    expect(chosen()).toEqual([['b'], ['ab']]);
  });

  it('brings what is not there, with its links, and undo takes it off again', async () => {
    const { actions, chosen, controller } = page();
    vi.mocked(ask).mockResolvedValue({ chartItems: { items: [anItem('c')], links: [aLink('bc', 'b', 'c')], truncated: false } });
    await actions.show(['bc', 'b', 'c', 'nowhere']);
    expect(ask).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ ids: ['bc', 'c', 'nowhere'], among: ['a', 'b'] }));
    expect(chosen()).toEqual([['b', 'c'], ['bc']]);
    controller.undo();
    expect(controller.store.graph.nodes()).toEqual(['a', 'b']);
  });

  it('says that the server was not there', async () => {
    const { actions, onFailed } = page();
    const problem = new Error('offline');
    vi.mocked(ask).mockRejectedValue(problem);
    await actions.show(['c']);
    expect(onFailed).toHaveBeenCalledWith(problem);
  });
});

describe('bring', () => {
  beforeEach(() => {
    vi.mocked(ask).mockReset();
  });

  it('asks again for what is there and takes its new links in, which nobody can undo', async () => {
    const { actions, chosen, controller } = page();
    vi.mocked(ask).mockResolvedValue({ chartItems: { items: [anItem('a')], links: [aLink('ab2', 'a', 'b')], truncated: false } });
    await actions.bring('a');
    expect(controller.store.graph.hasEdge('ab2')).toBe(true);
    expect(chosen()).toEqual([['a'], []]);
    expect(controller.undo()).toBeNull();
  });

  it('brings what was merged meanwhile under the id that it has now', async () => {
    const { actions, chosen } = page();
    vi.mocked(ask).mockResolvedValue({ chartItems: { items: [anItem('kept')], links: [], truncated: false } });
    await actions.bring('merged');
    expect(chosen()).toEqual([['kept'], []]);
  });
});
