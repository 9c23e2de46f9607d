import { beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, fingerprintOf } from '@/features/evidence/uploads/fingerprint';
import { dismiss, ownerOf, remember, unfinished } from '@/features/evidence/uploads/unfinished';

const owner = ownerOf('space', 'chiara');
const one = { file: 'f1', choices: 'c1', address: '/files/uploads/1?space=space', bytes: 12, at: '2026-11-27T00:00:00Z' };

beforeEach(() => localStorage.clear());

describe('what is not finished', () => {
  it('is kept for its person in its space alone, once', () => {
    remember(owner, one);
    remember(owner, one);
    expect(unfinished(owner)).toEqual([one]);
    expect(unfinished(ownerOf('space', 'maarten'))).toEqual([]);
    expect(unfinished(ownerOf('other', 'chiara'))).toEqual([]);
  });

  it('leaves nothing behind once it is done', () => {
    remember(owner, one);
    dismiss(owner, one.address);
    expect(localStorage).toHaveLength(0);
  });

  it.each(['no json', '{}', '[{"file":1}]', 'null'])('survives %s in its place', (kept) => {
    remember(owner, one);
    localStorage.setItem(localStorage.key(0) ?? '', kept);
    expect(unfinished(owner)).toEqual([]);
  });
});

describe('a fingerprint', () => {
  const file = (name: string, text: string, lastModified = 1): File => new File([text], name, { lastModified });

  it('is of name, date, content and owner', async () => {
    const all = await Promise.all([
      fingerprint(owner, file('a.pdf', 'one')), fingerprint(owner, file('b.pdf', 'one')), fingerprint(owner, file('a.pdf', 'two')),
      fingerprint(owner, file('a.pdf', 'one', 2)), fingerprint('other', file('a.pdf', 'one')),
    ]);
    expect(new Set(all).size).toBe(5);
    expect(await fingerprint(owner, file('a.pdf', 'one'))).toBe(all[0]);
    expect(all.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  it('of choices does not depend on their order', async () => {
    expect(await fingerprintOf(owner, { case: '1', handling: 'H0' })).toBe(await fingerprintOf(owner, { handling: 'H0', case: '1' }));
    expect(await fingerprintOf(owner, { case: '1' })).not.toBe(await fingerprintOf(owner, { case: '2' }));
  });
});
