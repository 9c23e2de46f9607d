import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { record } from '@/ui/facts/record.testing';
import { SourceMargin } from '@/ui/facts/SourceMargin';

const margin = (alteredAt: string | null): void => {
  const exhibit = { id: 'x', number: 'E-014', title: 'Ledger', alteredAt };
  render(<MemoryRouter><SourceMargin record={record('1', { source: { title: 'Ledger', locator: 'p.3', importId: null, exhibit } })} /></MemoryRouter>);
};

it('says beside the source that its file is altered', () => {
  margin('2026-06-02T10:00:00Z');
  expect(screen.getByText('file altered')).toBeVisible();
});

it('says nothing of a file that is whole', () => {
  margin(null);
  expect(screen.queryByText('file altered')).toBeNull();
});
