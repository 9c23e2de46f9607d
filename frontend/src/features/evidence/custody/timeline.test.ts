import { expect, it } from 'vitest';
import { entriesOf, finding, hashHeld, openTransfer, shortHash, viewed, virusIn } from '@/features/evidence/custody/timeline';
import type { CustodyEvent, Viewing } from '@/features/evidence/queries';

const event = (id: string, verb: CustodyEvent['verb'], more: Partial<CustodyEvent> = {}): CustodyEvent => ({
  id, verb, at: '2026-04-08T07:20:00Z', zone: 'Europe/Rome', place: '', reason: '', condition: '', seal: '', hashBefore: null, hashAfter: null,
  refersTo: null, open: false, by: null, agency: null, from: null, to: null, ...more,
});

it('tells a receipt with the transfer that it confirms', () => {
  const events = [event('1', 'ACQUIRED'), event('2', 'TRANSFERRED_OUT'), event('3', 'RECEIVED', { refersTo: '2' }), event('4', 'TRANSFERRED_OUT', { open: true })];
  expect(entriesOf(events).map(({ event: { id }, receipt }) => [id, receipt?.id ?? null])).toEqual([['1', null], ['2', '3'], ['4', null]]);
  expect(openTransfer(events)?.id).toBe('4');
  expect(openTransfer(events.slice(0, 3))).toBeNull();
});

it('keeps a receipt whose transfer is not there', () => {
  expect(entriesOf([event('3', 'RECEIVED', { refersTo: '2' })])).toHaveLength(1);
});

it('says whether the hash held, where it was looked at', () => {
  const of = (hashBefore: string | null, hashAfter: string | null): boolean | null => hashHeld(event('1', 'VERIFIED', { hashBefore, hashAfter }));
  expect([of('a', 'a'), of('a', 'b'), of('a', null), of(null, 'a')]).toEqual([true, false, false, null]);
  expect(hashHeld(finding({ event: event('2', 'TRANSFERRED_OUT', { hashBefore: 'a' }), receipt: event('3', 'RECEIVED', { hashBefore: 'a', hashAfter: 'a' }) }))).toBe(true);
});

it('takes for a virus only what a scanner named', () => {
  expect([event('1', 'SCANNED', { reason: 'Eicar' }), event('2', 'SCANNED'), event('3', 'ACQUIRED', { reason: 'seized' })].map(virusIn)).toEqual(['Eicar', '', '']);
});

it('shortens a hash', () => expect(shortHash('9f3c71d0aaaab21e')).toBe('9f3c 71d0 … b21e'));

it('counts views and viewers', () => {
  const row = (id: string, times: number): Viewing => ({ person: { id, name: id, agency: { id: 'x', country: 'IT' } }, firstAt: '', lastAt: '', times });
  expect(viewed([row('a', 2), row('b', 1), row('a', 4)])).toEqual({ times: 7, people: 2 });
});
