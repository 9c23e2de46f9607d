import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Speaker } from '@/features/network/useSay';

describe('Speaker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says the first thing at once and the last of the rest after 5 s', () => {
    const speak = vi.fn();
    const speaker = new Speaker(speak);
    speaker.say('one');
    speaker.say('two');
    speaker.say('three');
    expect(speak.mock.calls).toEqual([['one']]);
    vi.advanceTimersByTime(5000);
    expect(speak.mock.calls).toEqual([['one'], ['three']]);
  });

  it('does not say what waited when it was hushed', () => {
    const speak = vi.fn();
    const speaker = new Speaker(speak);
    speaker.say('one');
    speaker.say('two');
    speaker.hush();
    vi.advanceTimersByTime(20_000);
    expect(speak.mock.calls).toEqual([['one']]);
  });

  it('says nothing more when nothing came', () => {
    const speak = vi.fn();
    new Speaker(speak).say('one');
    vi.advanceTimersByTime(20_000);
    expect(speak).toHaveBeenCalledTimes(1);
  });
});
