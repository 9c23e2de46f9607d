import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/errors';
import { afterFailure, nextOf, UploadQueue, type Item } from '@/features/evidence/uploads/queue';
import type { Choices, Errand, Told } from '@/features/evidence/uploads/transport';
import { ownerOf, unfinished } from '@/features/evidence/uploads/unfinished';

const choices: Choices = { case: 'NA-1', title: '', grade: '', handling: 'H0', markings: [], parent: '', derivation: '', language: '', zone: 'Europe/Rome' };
const file = (name: string): File => new File([name], name, { lastModified: 1 });
const owner = ownerOf('space', 'chiara');

interface Sent {
  readonly errand: Errand;
  readonly told: Told;
  stopped: boolean;
}

function made() {
  const sent: Sent[] = [];
  const remove = vi.fn(() => Promise.resolve());
  const arrived = vi.fn();
  const confirm = vi.fn(() => Promise.resolve(true));
  const send = (errand: Errand, told: Told): (() => void) => {
    const one = { errand, told, stopped: false };
    sent.push(one);
    return () => {
      one.stopped = true;
    };
  };
  const queue = new UploadQueue('space', owner, { transport: { send, remove }, confirm, arrived });
  const states = (): string[] => queue.snapshot().map(({ name, state }) => `${name} ${state}`);
  return { queue, sent, remove, arrived, confirm, states, last: (): Sent => sent.at(-1) ?? expect.fail('nothing was sent') };
}
const failure = (kind: ApiError['kind']): ApiError => new ApiError(kind, '');

beforeEach(() => {
  localStorage.clear();
  vi.useRealTimers();
});

it('sends three at once, in order', () => {
  const item = (id: string, state: Item['state']): Item => ({ id, name: id, bytes: 1, sent: 0, state, problem: null, exhibit: null });
  expect(nextOf([item('a', 'sending'), item('b', 'paused'), item('c', 'queued'), item('d', 'queued'), item('e', 'queued')])).toEqual(['c', 'd']);
});

it.each([['OFFLINE', 'waiting'], ['RESTARTING', 'waiting'], ['UNAUTHENTICATED', 'signedOut'], ['FORBIDDEN', 'refused'], ['INVALID', 'refused'], ['INTERNAL', 'refused']] as const)(
  'after %s an upload is %s', (kind, state) => expect(afterFailure(failure(kind))).toBe(state));

describe('the queue', () => {
  it('goes through its files and tells what each became', async () => {
    const { queue, sent, arrived, states } = made();
    await queue.add(['a', 'b', 'c', 'd'].map(file), choices);
    expect(states()).toEqual(['a sending', 'b sending', 'c sending', 'd queued']);
    sent[1]?.told.done('x1');
    expect(states()).toEqual(['a sending', 'b done', 'c sending', 'd sending']);
    expect(arrived).toHaveBeenCalledWith('x1');
    expect(queue.busy).toBe(true);
  });

  it('pauses one and goes on at its address', async () => {
    const { queue, sent, states, last } = made();
    await queue.add([file('a')], choices);
    last().told.begun('/files/uploads/1');
    const id = queue.snapshot()[0]?.id ?? '';
    queue.pause(id);
    expect([states(), sent[0]?.stopped]).toEqual([['a paused'], true]);
    queue.goOn(id);
    expect(last().errand.address).toBe('/files/uploads/1');
  });

  it('ends one at the server, and forgets it here', async () => {
    const { queue, remove, last } = made();
    await queue.add([file('a')], choices);
    last().told.begun('/files/uploads/1');
    queue.end(queue.snapshot()[0]?.id ?? '');
    expect(remove).toHaveBeenCalledWith('/files/uploads/1');
    expect([queue.snapshot(), unfinished(owner)]).toEqual([[], []]);
  });

  it('names who is refused and sends the others', async () => {
    const { queue, sent, states } = made();
    await queue.add(['a', 'b'].map(file), choices);
    sent[0]?.told.failed(new ApiError('INVALID', 'A file has at most 4 GiB.'));
    expect(states()).toEqual(['a refused', 'b sending']);
    expect(queue.snapshot()[0]?.problem?.message).toBe('A file has at most 4 GiB.');
  });

  it('waits for the connection and goes on by itself', async () => {
    const { queue, sent, states, last } = made();
    await queue.add([file('a')], choices);
    vi.useFakeTimers();
    last().told.begun('/files/uploads/1');
    last().told.failed(failure('OFFLINE'));
    expect(states()).toEqual(['a waiting']);
    vi.advanceTimersByTime(1000);
    expect([states(), sent.length, last().errand.address]).toEqual([['a sending'], 2, '/files/uploads/1']);
  });

  it('stays where it was when the sign-in ended', async () => {
    const { queue, states, last } = made();
    await queue.add([file('a')], choices);
    last().told.begun('/files/uploads/1');
    last().told.failed(failure('UNAUTHENTICATED'));
    expect(states()).toEqual(['a signedOut']);
    expect(unfinished(owner)).toHaveLength(1);
  });

  it('asks for a strong sign-in and goes on afterwards', async () => {
    const { queue, confirm, states, last } = made();
    await queue.add([file('a')], choices);
    last().told.failed(failure('STEP_UP'));
    await vi.waitFor(() => expect(states()).toEqual(['a sending']));
    expect(confirm).toHaveBeenCalledOnce();
  });
});

describe('after the browser was closed', () => {
  const begin = async (): Promise<void> => {
    const { queue, last } = made();
    await queue.add([file('a')], choices);
    last().told.begun('/files/uploads/1');
  };

  it('keeps neither name nor content', async () => {
    await begin();
    expect(JSON.stringify(localStorage)).not.toMatch(/"a"|NA-1/);
    expect(unfinished(owner)).toHaveLength(1);
  });

  it('goes on with the same file, and with no other', async () => {
    await begin();
    const { queue, last } = made();
    expect(await queue.resume(file('b'), unfinished(owner))).toBe(false);
    expect(await queue.resume(file('a'), unfinished(owner))).toBe(true);
    expect(last().errand).toMatchObject({ address: '/files/uploads/1', choices: null });
  });

  it('goes on where the same choices are made, and begins anew under others', async () => {
    await begin();
    const { queue, sent } = made();
    await queue.add([file('a')], { ...choices, zone: 'UTC' });
    expect(sent[0]?.errand.address).toBe('/files/uploads/1');
    queue.close();
    await queue.add([file('a')], { ...choices, markings: ['covert'] });
    expect(sent[1]?.errand.address).toBeNull();
  });

  it('begins anew where what had arrived has run out', async () => {
    await begin();
    const { queue, sent } = made();
    await queue.add([file('a')], choices);
    sent[0]?.told.failed(failure('NOT_FOUND'));
    expect(sent[1]?.errand.address).toBeNull();
    expect(unfinished(owner)).toEqual([]);
  });
});
