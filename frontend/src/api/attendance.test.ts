import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { staysFor } from '@/api/attendance';
import { ask, type Document } from '@/api/client';

const document = 'query Thing { thing }' as unknown as Document<{ thing: string }, Record<string, never>>;
const sent = async (): Promise<string | null> => {
  await ask(document, {});
  const [, init] = vi.mocked(fetch).mock.lastCall ?? [];
  return new Headers(init?.headers).get('Joinder-Unattended');
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('{"data":{"thing":"x"}}'))));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each(['keydown', 'pointerdown', 'wheel'])('asks for a person after %s', async (type) => {
  vi.advanceTimersByTime(staysFor * 2);
  dispatchEvent(new Event(type));
  expect(await sent()).toBeNull();
});

it('says so when nobody has touched the page for a while', async () => {
  dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(staysFor);
  expect(await sent()).toBe('1');
});
