import { render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { ConflictBlock } from '@/ui/facts/ConflictBlock';
import { record } from '@/ui/facts/record.testing';

const fact = { property: 'birthDate', label: 'Date of birth', standing: 'CONFLICT' as const, values: [
  { value: '1979-04-12', records: [record('1'), record('2', { source: { title: 'E-022', locator: 'p.1', importId: null, exhibit: null } })] },
  { value: '1981-04-12', records: [record('3', { grade: 'C3' })] },
  { value: '1990-01-01', records: [record('4', { status: 'RETRACTED' })] },
] };

it('shows every standing value with all its sources, and none that was retracted', () => {
  render(<MemoryRouter><ConflictBlock fact={fact} type="date" /></MemoryRouter>);
  expect(screen.getByText('Date of birth: 3 records, 2 values')).toBeVisible();
  expect(screen.getByText('12 Apr 1979')).toBeVisible();
  expect(screen.getByText('12 Apr 1981')).toBeVisible();
  expect(screen.getByText('E-022 p.1')).toBeVisible();
  expect(screen.queryByText('1 Jan 1990')).toBeNull();
});

it('is clean for axe', async () => {
  const { container } = render(<MemoryRouter><ConflictBlock fact={fact} type="date" onAssess={() => undefined} /></MemoryRouter>);
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations).toEqual([]);
});
