import { expect, it } from 'vitest';
import { assigneeInput, changesOf, emptyDraft } from '@/ui/tasks/draft';

it('sends only what was changed', () => {
  expect(changesOf({ ...emptyDraft, title: ' Ask ' }, emptyDraft)).toEqual({ title: 'Ask' });
  expect(changesOf(emptyDraft, emptyDraft)).toEqual({});
});

it('keeps the ticks of the steps that stay', () => {
  const before = { ...emptyDraft, steps: 'One\nTwo' };
  expect(changesOf({ ...before, steps: 'One\n\n Three ' }, before, new Set(['One']))).toEqual({ steps: [{ text: 'One', done: true }, { text: 'Three', done: false }] });
});

it('takes a due date away with its field', () => {
  const before = { ...emptyDraft, due: '2026-12-02T18:00' };
  expect(changesOf({ ...before, due: '' }, before).due).toMatchObject({ at: null });
});

it.each([['PERSON x', 'PERSON', 'x'], ['ROLE translator', 'ROLE', 'translator'], ['NOBODY ', 'NOBODY', '']])('reads %s', (value, sort, id) => {
  expect(assigneeInput(value)).toEqual({ sort, id });
});
